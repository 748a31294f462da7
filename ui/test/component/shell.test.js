// Owns the proof of the shell: rail, screens, keys of the window.
import assert from "node:assert/strict";
import test, { after, before } from "node:test";

import { assertAccessible } from "../harness/axe.js";
import { startBrowser } from "../harness/browser.js";

let browser;
before(async () => (browser = await startBrowser()));
after(() => browser?.close());

async function started(cards = "fourCards") {
  const page = await browser.open();
  await page.evaluate((name) => harness.start(harness.scenes.answers(name ? harness.scenes[name]() : [])), cards);
  await page.locator("connections-screen").waitFor();
  return page;
}

test("the rail names what works, and Ctrl with a number goes there", async () => {
  const page = await started();
  const rail = page.locator("navigation-rail");
  assert.deepEqual(await rail.locator(".entry .label").allInnerTexts(), ["Connections", "Controls", "Accounts"]);
  await page.keyboard.press("Control+2");
  await page.locator("controls-screen").waitFor();
  await page.keyboard.press("Control+3");
  await page.locator("accounts-screen").waitFor();
  assert.equal(await rail.locator('[aria-current="page"]').innerText(), "Accounts");
  assert.deepEqual(page.faults, []);
});

test("the rail is one tab stop in which the arrows move", async () => {
  const page = await started();
  await page.locator("navigation-rail .entry").first().focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.locator("controls-screen").waitFor();
});

test("Ctrl B folds the rail, whose entries keep their names", async () => {
  const page = await started();
  await page.keyboard.press("Control+b");
  const entry = page.locator('navigation-rail [data-id="controls"]');
  assert.equal(await entry.getAttribute("aria-label"), "Controls");
  assert.equal((await page.locator("navigation-rail").boundingBox()).width, 48);
});

test("without a connection the other screens say what to do next", async () => {
  const page = await started(null);
  await page.keyboard.press("Control+2");
  await page.getByRole("button", { name: "Go to Connections" }).click();
  await page.locator("connections-screen").waitFor();
});

test("a backend that cannot start is told with its remedy", async () => {
  const page = await browser.open();
  await page.evaluate(() =>
    harness.start({
      app_status: () => {
        throw harness.scenes.failure("settings-failed");
      },
    }),
  );
  await page.getByText("Check free space and permissions").waitFor();
  await assertAccessible(page);
});
