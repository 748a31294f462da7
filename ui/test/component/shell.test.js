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
  const names = ["Connections", "Controls", "Accounts", "Requests", "Activity", "Doctor"];
  assert.deepEqual(await rail.locator(".entry .label").allInnerTexts(), names);
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

test("a wait that a service asked for is told once, for as long as it takes", async () => {
  const page = await started();
  await page.clock.install({ time: 0 });
  await page.clock.pauseAt(1_000);
  const tell = (connection, seconds) => page.evaluate((wait) => harness.platform.tell("wait", wait), { connection, seconds });
  const { id, label } = await page.evaluate(() => harness.scenes.fourCards()[0]);
  await tell(id, 20);
  await tell(id, 20);
  const words = page.getByText(`${label}: the service asked for a wait of 20 s. Countersign goes on by itself, unless you stop it.`);
  await words.waitFor();
  assert.equal(await page.locator("toast-stack .toast").count(), 1);
  await tell("of a form not saved yet", 3);
  await page.getByText("The service asked for a wait of 3 s. Countersign goes on by itself, unless you stop it.").waitFor();
  await page.clock.runFor(19_000);
  assert.equal(await words.count(), 1, "it still waits");
  await page.clock.runFor(2_000);
  assert.equal(await page.locator("toast-stack .toast").count(), 0);
  await tell(id, 7);
  await page.getByText("wait of 7 s").waitFor();
  await tell(id, 60);
  await page.getByText("wait of 1 min 0 s").waitFor();
  assert.equal(await page.locator("toast-stack .toast").count(), 1, "a longer wait takes the place of a shorter one");
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

test("Ctrl K finds a connection and a command by their words, and runs them", async () => {
  const page = await started();
  await page.keyboard.press("Control+k");
  const field = page.getByRole("combobox", { name: "Find a command or a connection" });
  await field.waitFor();
  await assertAccessible(page);
  await field.fill("nowhere at all");
  await page.getByText("No command has these words.").waitFor();
  await field.fill("examine łódzki");
  await page.keyboard.press("Enter");
  await page.locator("doctor-screen").getByText("hypothes.is was not checked yet").waitFor();
  await page.keyboard.press("Control+k");
  await field.fill("add conn");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: "Add connection" }).waitFor();
  assert.deepEqual(page.faults, []);
});

test("the palette gives the keyboard back when it closes", async () => {
  const page = await started();
  await page.locator("navigation-rail .entry").first().focus();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("combobox").waitFor({ state: "detached" });
  assert.equal(await page.evaluate(() => document.querySelector("countersign-app").shadowRoot.activeElement.localName), "navigation-rail");
});

test("F1 lists the keys, Ctrl comma opens the settings, whose contrast holds at once", async () => {
  const page = await started();
  await page.keyboard.press("F1");
  await page.getByRole("dialog", { name: "Keys" }).waitFor();
  await assertAccessible(page);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+,");
  await page.getByRole("checkbox", { name: "High contrast" }).check();
  await assertAccessible(page);
  assert.equal(await page.evaluate(() => document.documentElement.dataset.contrast), "more");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByRole("checkbox", { name: "High contrast" }).uncheck();
  assert.equal(await page.evaluate(() => document.documentElement.dataset.contrast), "system");
});

test("the native menu does what the keys do, once a press, and nothing while a sheet is open", async () => {
  const page = await started();
  await page.evaluate(() => harness.platform.tell("menu", "go:activity"));
  await page.locator("activity-screen").waitFor();
  await page.keyboard.press("Control+b");
  await page.evaluate(() => harness.platform.tell("menu", "rail"));
  await page.locator("navigation-rail[narrow]").waitFor();
  await page.evaluate(() => harness.platform.tell("menu", "keys"));
  await page.getByRole("dialog", { name: "Keys" }).waitFor();
  await page.evaluate(() => harness.platform.tell("menu", "go:connections"));
  assert.equal(await page.locator("connections-screen").count(), 0);
});

test("the width of a pane is kept while other screens are shown", async () => {
  const page = await started();
  await page.getByRole("separator").focus();
  await page.keyboard.press("ArrowRight");
  const width = () => page.getByRole("separator").getAttribute("aria-valuenow");
  const dragged = await width();
  await page.keyboard.press("Control+2");
  await page.locator("controls-screen").waitFor();
  await page.keyboard.press("Control+1");
  await page.locator("connections-screen").waitFor();
  assert.equal(await width(), dragged);
});

test("without a connection each tool says what to do next", async () => {
  const page = await started(null);
  for (const [key, screen] of [["4", "requests"], ["5", "activity"], ["6", "doctor"]]) {
    await page.keyboard.press(`Control+${key}`);
    await page.locator(`${screen}-screen`).getByText("Nothing is connected yet").waitFor();
    await assertAccessible(page);
  }
});
