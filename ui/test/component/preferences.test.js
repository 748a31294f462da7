// Owns the proof of the preferences: what is chosen of the look is saved, holds at the next start, and is never lost.
import assert from "node:assert/strict";
import test, { after, before } from "node:test";

import { assertAccessible } from "../harness/axe.js";
import { startBrowser } from "../harness/browser.js";

let browser;
before(async () => (browser = await startBrowser()));
after(() => browser?.close());

/** Runs the program, whose last run left these preferences. */
async function begun(page, chosen = {}, screen = "connections") {
  await page.evaluate(
    ([preferences, shown]) => {
      const cards = harness.scenes.allKinds();
      const kept = harness.scenes.preferences(preferences);
      const backends = [harness.controls.backend({ cards }), harness.accounts.library().answers, harness.tools.answers()];
      return harness.start(Object.assign({}, ...backends, harness.scenes.answers(cards, "unlocked", kept)), { screen: shown });
    },
    [chosen, screen],
  );
  await page.locator(`${screen}-screen`).waitFor();
}

async function started({ chosen, screen, ...size } = {}) {
  const page = await browser.open(size);
  await begun(page, chosen, screen);
  return page;
}

const saves = (page) => page.evaluate(() => harness.platform.callsOf("preferences_save").map(({ preferences }) => preferences));
const saved = (page, times) => page.waitForFunction((count) => harness.platform.callsOf("preferences_save").length >= count, times);

/** Ends the program and starts it again with what it saved last. */
async function startedAgain(page, screen) {
  const last = (await saves(page)).at(-1);
  await page.reload();
  await page.waitForFunction(() => "harness" in globalThis);
  await begun(page, last, screen);
}

const contrast = (page) => page.evaluate(() => document.documentElement.dataset.contrast);
const divider = (page) => page.getByRole("separator");
const width = async (page, which = divider(page)) => Number(await which.getAttribute("aria-valuenow"));
const toasts = (page) => page.locator("toast-stack .toast").count();

async function grab(page) {
  const { x, y, height } = await divider(page).boundingBox();
  await page.mouse.move(x, y + height / 2);
  await page.mouse.down();
  return x;
}

test("the first thing drawn is drawn as it was chosen, so that nothing moves", async () => {
  const page = await browser.open();
  const first = await page.evaluate(async () => {
    const chosen = harness.scenes.preferences({ contrast: "more", railNarrow: true, paneWidths: { connections: 300 } });
    const answers = harness.scenes.answers(harness.scenes.fourCards(), "unlocked", chosen);
    const seen = new Promise((resolve) => {
      const watching = new MutationObserver(() => {
        const rail = document.querySelector("countersign-app")?.shadowRoot?.querySelector("navigation-rail");
        if (rail) resolve({ narrow: rail.narrow, contrast: document.documentElement.dataset.contrast });
      });
      const draw = Element.prototype.attachShadow;
      Element.prototype.attachShadow = function attachShadow(options) {
        const root = draw.call(this, options);
        if (this.localName === "countersign-app") watching.observe(root, { childList: true, subtree: true });
        return root;
      };
    });
    await harness.start({ ...answers, app_status: () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(answers.app_status())))) });
    return seen;
  });
  assert.deepEqual(first, { narrow: true, contrast: "more" });
  assert.equal(await width(page), 300);
  assert.deepEqual(await saves(page), [], "what was only read is not written");
  assert.deepEqual(page.faults, []);
});

test("high contrast is saved when it is chosen, and holds at the next start until it is chosen no more", async () => {
  const page = await started();
  const box = page.getByRole("checkbox", { name: "High contrast" });
  await page.keyboard.press("Control+,");
  await box.check();
  await saved(page, 1);
  assert.deepEqual(await saves(page), [{ contrast: "more", railNarrow: false, paneWidths: {} }]);
  await startedAgain(page);
  assert.equal(await contrast(page), "more");
  await assertAccessible(page);
  await page.keyboard.press("Control+,");
  assert.equal(await box.isChecked(), true);
  await box.uncheck();
  await saved(page, 1);
  await startedAgain(page);
  assert.equal(await contrast(page), "system");
});

test("a folded rail stays folded at the next start", async () => {
  const page = await started();
  await page.keyboard.press("Control+b");
  await saved(page, 1);
  await startedAgain(page);
  await page.locator("navigation-rail[narrow]").waitFor();
  await page.keyboard.press("Control+b");
  await saved(page, 1);
  assert.equal((await saves(page))[0].railNarrow, false);
});

test("a dragged pane is saved once, when the drag ends, and has its width at the next start", async () => {
  const page = await started();
  const usual = await width(page);
  const x = await grab(page);
  await page.mouse.move(x - 60, 300, { steps: 12 });
  assert.equal(await width(page), usual - 60);
  assert.deepEqual(await saves(page), [], "nothing is written while it moves");
  await page.mouse.up();
  await saved(page, 1);
  assert.deepEqual(await saves(page), [{ contrast: "system", railNarrow: false, paneWidths: { connections: usual - 60 } }]);
  await startedAgain(page);
  assert.equal(await width(page), usual - 60);
  await grab(page);
  await page.mouse.up();
  await divider(page).focus();
  await page.keyboard.press("Home");
  assert.deepEqual(await saves(page), [], "a press that moves nothing writes nothing");
});

test("a divider moved with a key held down is saved once, when the key comes up", async () => {
  const page = await started();
  await divider(page).focus();
  for (let step = 0; step < 4; step += 1) await page.keyboard.down("ArrowLeft");
  assert.deepEqual(await saves(page), []);
  await page.keyboard.up("ArrowLeft");
  await saved(page, 1);
  assert.deepEqual((await saves(page)).map(({ paneWidths }) => paneWidths.connections), [304]);
});

test("a drag that ends with its screen is saved as well", async () => {
  const page = await started();
  // Chromium tells a divider that is taken away; not every web view does.
  await page.evaluate(() => {
    for (const name of ["blur", "lostpointercapture"]) addEventListener(name, (event) => event.stopImmediatePropagation(), true);
  });
  const x = await grab(page);
  await page.mouse.move(x - 40, 300, { steps: 4 });
  await page.keyboard.press("Control+5");
  await page.locator("activity-screen").waitFor();
  await saved(page, 1);
  assert.equal((await saves(page)).at(-1).paneWidths.connections, 328);
  await page.mouse.up();
});

/** A connection that searches annotations. */
const ME = "0f0f0f0f-0000-4000-8000-000000000005";

/** Every pane that can be dragged: where it stands, and in a window how wide. */
const PANES = [
  ["connections", "connections", 1280],
  ["controlsFacets", "controls", 1280],
  ["controlsDetail", "controls", 1280],
  ["controlsDetailSmall", "controls", 900],
  ["accounts", "accounts", 1280],
  ["requests", "requests", 1280],
  ["annotations", "requests", 1280],
  ["doctor", "doctor", 1280],
];

for (const [pane, screen, window] of PANES) {
  test(`the pane ${pane} begins as wide as it was dragged, within its limits, and is saved under its name`, async () => {
    const page = await started({ chosen: { paneWidths: { [pane]: 260 } }, screen, width: window });
    /** Does what brings the pane up. */
    const shown = async () => {
      if (pane.startsWith("controlsDetail")) await page.locator("data-table .row").nth(1).click();
      if (pane === "annotations") {
        await page.evaluate((requestsConnection) => harness.app.store.update({ requestsConnection }), ME);
        await page.getByRole("radio", { name: "Annotations" }).click();
        await page.getByRole("button", { name: "Search", exact: true }).click();
        await page.getByRole("row").nth(2).click();
        await page.locator("annotations-pane [role=separator]").waitFor();
      }
    };
    await shown();
    assert.equal(await width(page), 260);
    await divider(page).focus();
    await page.keyboard.press("ArrowLeft");
    await saved(page, 1);
    const moved = await width(page);
    assert.ok([244, 276].includes(moved), String(moved));
    assert.deepEqual((await saves(page)).at(-1).paneWidths, { [pane]: moved });
    await begun(page, { paneWidths: { [pane]: 1200 } }, screen);
    await shown();
    assert.equal(await width(page), Number(await divider(page).getAttribute("aria-valuemax")));
    assert.deepEqual(page.faults, []);
  });
}

test("a save that fails is told once, the choice holds, and the next save brings all of it", async () => {
  const page = await started();
  await page.evaluate(() => {
    harness.platform.script({
      preferences_save: () => {
        throw harness.scenes.failure("settings-failed");
      },
    });
  });
  await page.keyboard.press("Control+b");
  await page.getByText("Not saved: the choice holds until Countersign closes. Check free space and permissions, then try again.").waitFor();
  await page.locator("navigation-rail[narrow]").waitFor();
  await divider(page).focus();
  await page.keyboard.press("ArrowLeft");
  await saved(page, 2);
  assert.equal(await toasts(page), 1, "not once a press");
  await page.evaluate(() => harness.platform.script({ preferences_save: () => null }));
  await page.keyboard.press("Control+,");
  await page.getByRole("checkbox", { name: "High contrast" }).check();
  await saved(page, 3);
  assert.deepEqual((await saves(page)).at(-1), { contrast: "more", railNarrow: true, paneWidths: { connections: 352 } });
  assert.deepEqual(page.faults, []);
});

test("what is chosen while a save is under way is saved after it, all at once and as it is then", async () => {
  const page = await started();
  await page.evaluate(() => {
    harness.waiting = [];
    harness.platform.script({ preferences_save: () => new Promise((resolve) => harness.waiting.push(() => resolve(null))) });
  });
  await page.keyboard.press("Control+b");
  await divider(page).focus();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Control+b");
  await page.keyboard.press("ArrowLeft");
  assert.equal((await saves(page)).length, 1, "one at a time");
  await page.evaluate(() => harness.waiting[0]());
  await saved(page, 2);
  await page.evaluate(() => harness.waiting[1]());
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  assert.deepEqual((await saves(page)).slice(1), [{ contrast: "system", railNarrow: false, paneWidths: { connections: 336 } }]);
});

test("a choice before the first answer never replaces what was saved earlier", async () => {
  const page = await browser.open();
  await page.evaluate(() => {
    const chosen = harness.scenes.preferences({ contrast: "more", paneWidths: { connections: 300 } });
    const answers = harness.scenes.answers(harness.scenes.fourCards(), "unlocked", chosen);
    let asked = 0;
    return harness.start({
      ...answers,
      app_status: () => {
        asked += 1;
        if (asked === 1) throw harness.scenes.failure("internal");
        return answers.app_status();
      },
    });
  });
  await page.keyboard.press("Control+b");
  await page.locator("navigation-rail[narrow]").waitFor();
  assert.deepEqual(await saves(page), []);
  await page.getByRole("button", { name: "Try again" }).click();
  await page.locator("connections-screen").waitFor();
  assert.deepEqual([await contrast(page), await width(page)], ["more", 300]);
  await page.keyboard.press("Control+b");
  await saved(page, 1);
  assert.deepEqual(await saves(page), [{ contrast: "more", railNarrow: true, paneWidths: { connections: 300 } }]);
});
