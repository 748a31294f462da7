// Owns the proof of each component: what it says, what its keys do, and that axe finds nothing.
import assert from "node:assert/strict";
import test, { after, before } from "node:test";

import { assertAccessible } from "../harness/axe.js";
import { startBrowser } from "../harness/browser.js";

let browser;
before(async () => (browser = await startBrowser()));
after(() => browser?.close());

/** Every component in one of its states, light and dark. */
const GALLERY = () =>
  harness.show(harness.html`<main>
    <push-button variant="primary">Save</push-button><push-button>Plain</push-button>
    <push-button variant="danger">Forget</push-button><push-button variant="quiet" icon="pencil">Rename</push-button>
    <push-button .busy=${true} .busyWord=${"Saving…"}>Save</push-button>
    <push-button bare icon="cross" .name=${"Close"}></push-button>
    <text-field label="Label" .value=${"Nordvik"} .hint=${"A hint"} .good=${"Fits"} .limit=${30}></text-field>
    <text-field label="In error" .value=${"x"} .error=${"Too many."} .serverWords=${"too long"}></text-field>
    <text-field label="Locked" .value=${"jweiss"} .locked=${true}></text-field>
    <search-field label="Search" .value=${"account"} .count=${"29 of 370"}></search-field>
    <segmented-choice label="Region" .choices=${[{ value: "us", label: "US" }, { value: "eu", label: "EU" }]} value="eu"></segmented-choice>
    <tick-box label="Keep" .hint=${"For this run"}></tick-box>
    <filter-chip field="Health" relation="is" value="critical"></filter-chip><filter-chip .add=${true}>Filter</filter-chip>
    <state-badge tone="ok" icon="check">Finished</state-badge><state-badge tone="warn">At risk</state-badge>
    <state-badge tone="bad">Refused</state-badge><state-badge tone="accent">Applying</state-badge><state-badge>Paused</state-badge>
    <pane-banner tone="bad" fact="Refused." advice="Replace it."></pane-banner>
    <pane-banner tone="warn" fact="500 rows." advice="Perhaps cut." .closable=${true}></pane-banner>
    <pane-banner tone="info" fact="Offline." advice="Reading goes on." stacked></pane-banner>
    <item-list label="Things" value="a" marks="large" .groups=${[
      { id: "g", label: "Group", items: [
        { id: "a", title: "One", detail: "first", icon: "key", state: { icon: "circle-tick", word: "Working", tone: "ok" } },
        { id: "b", title: "Two", detail: "second", icon: "key", state: { icon: "octagon-cross", word: "Refused", tone: "bad" } },
      ] },
    ]}></item-list>
    <tool-bar heading="Title"></tool-bar><status-bar>status<span slot="end">end</span></status-bar>
    <empty-state heading="Nothing" sentence="Do this." icon="lock" tone="bad"></empty-state>
    <definition-list .rows=${[{ name: "Client ID", value: "abc", mono: true, copy: "abc" }, { name: "Age", value: "99 days", note: "saved" }]}></definition-list>
    <facet-group label="Health" .chosen=${["critical"]} .values=${[
      { value: "critical", label: "Critical", count: 3, icon: "octagon-cross", tone: "bad" },
      { value: null, label: "Not provided", count: 0 },
    ]}></facet-group>
    <choice-menu label="Connection" value="a" .choices=${[{ value: "a", label: "One" }, { value: "b", label: "Two" }]}></choice-menu>
    <toast-stack .toasts=${[{ id: 1, words: "View saved", undo: () => {} }]}></toast-stack>
  </main>`);

for (const dark of [false, true]) {
  test(`axe finds nothing in any component, ${dark ? "dark" : "light"}`, async () => {
    const page = await browser.open({ dark });
    await page.evaluate(GALLERY);
    await assertAccessible(page, { component: true });
    assert.deepEqual(page.faults, []);
  });
}

test("a busy button keeps its width and swallows presses", async () => {
  const page = await browser.open();
  await page.evaluate(() => harness.show(harness.html`<push-button .busyWord=${"Saving…"}>Save and test</push-button>`, "click"));
  const button = page.locator("push-button");
  const before = (await button.boundingBox()).width;
  await button.evaluate((element) => (element.busy = true));
  await page.getByText("Saving…").waitFor();
  assert.equal((await button.boundingBox()).width, before);
  await button.click();
  assert.equal(await page.evaluate(() => harness.seen.length), 0);
});

test("a field refuses ten megabytes whole and says so", async () => {
  const page = await browser.open();
  await page.evaluate(() => harness.show(harness.html`<text-field label="Client ID" .value=${"kept"}></text-field>`, "value-changed"));
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData("text/plain", "x".repeat(10_000_000));
    const { input } = document.querySelector("text-field");
    input.focus();
    input.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await page.getByText("10,000,000 characters").waitFor();
  assert.equal(await page.locator("input").inputValue(), "kept");
  assert.equal(await page.locator("input").getAttribute("aria-invalid"), "true");
  assert.equal(await page.evaluate(() => harness.seen.length), 0, "nothing was told to the form");
});

test("a value put in by other means than pasting is refused as well", async () => {
  const page = await browser.open();
  await page.evaluate(() => harness.show(harness.html`<text-field label="Name" .value=${"kept"}></text-field>`, "value-changed"));
  await page.locator("input").fill("x".repeat(10_000));
  await page.getByText("10,000 characters").waitFor();
  assert.equal(await page.locator("input").inputValue(), "kept");
});

test("a line break inside a pasted value is refused, one at its end is not", async () => {
  const page = await browser.open();
  await page.evaluate(() => harness.show(harness.html`<text-field label="Secret" type="password"></text-field>`));
  const paste = (words) =>
    page.evaluate((value) => {
      const data = new DataTransfer();
      data.setData("text/plain", value);
      const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
      document.querySelector("text-field").input.dispatchEvent(event);
      return event.defaultPrevented;
    }, words);
  assert.equal(await paste("one\ntwo"), true);
  await page.getByText("line break inside").waitFor();
  assert.equal(await paste("copied\r\n"), false);
});

test("in a list the arrows choose, letters jump and Enter opens", async () => {
  const page = await browser.open();
  await page.evaluate(() => {
    const items = ["Alpha", "Beta", "Gamma"].map((title) => ({ id: title, title, detail: "" }));
    return harness.show(harness.html`<item-list label="Things" value="Alpha" .groups=${[{ id: "g", label: "", items }]}></item-list>`, "chosen", "opened");
  });
  await page.getByRole("listbox").focus();
  for (const key of ["ArrowDown", "g", "Enter", "Home"]) await page.keyboard.press(key);
  const seen = await page.evaluate(() => harness.seen.map(({ name, detail }) => `${name} ${detail.id}`));
  assert.deepEqual(seen, ["chosen Beta", "chosen Gamma", "opened Gamma", "chosen Alpha"]);
});

test("a segmented choice moves with the arrows, once around", async () => {
  const page = await browser.open();
  await page.evaluate(() =>
    harness.show(
      harness.html`<segmented-choice label="Region" value="us" .choices=${[{ value: "us", label: "US" }, { value: "eu", label: "EU" }]}></segmented-choice>`,
      "value-changed",
    ),
  );
  await page.getByRole("radio", { name: "US" }).focus();
  await page.keyboard.press("ArrowLeft");
  assert.deepEqual(await page.evaluate(() => harness.seen.map(({ detail }) => detail.value)), ["eu"]);
  assert.equal(await page.getByRole("radio", { name: "EU" }).getAttribute("aria-checked"), "true");
});

test("a menu opens on its choice, Esc closes it and gives the focus back", async () => {
  const page = await browser.open();
  await page.evaluate(() =>
    harness.show(
      harness.html`<choice-menu label="Connection" value="b" .choices=${[{ value: "a", label: "One" }, { value: "b", label: "Two" }]}></choice-menu>`,
      "value-changed",
    ),
  );
  const trigger = page.getByRole("button", { name: "Connection: Two" });
  await trigger.click();
  await page.getByRole("menuitemradio", { name: "Two" }).waitFor();
  await assertAccessible(page, { component: true });
  await page.keyboard.press("Escape");
  assert.equal(await trigger.evaluate((element) => element.getRootNode().activeElement === element), true);
  await trigger.click();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  assert.deepEqual(await page.evaluate(() => harness.seen.map(({ detail }) => detail.value)), ["a"]);
});

test("a sheet keeps the focus inside, asks before it closes and gives the focus back", async () => {
  const page = await browser.open();
  await page.evaluate(() =>
    harness.show(harness.html`<push-button id="opener">Open</push-button><div id="place"></div>`, "close-requested"),
  );
  await page.getByRole("button", { name: "Open" }).focus();
  await page.evaluate(() => {
    const sheet = document.createElement("modal-sheet");
    sheet.heading = "Sheet";
    sheet.innerHTML = "<text-field></text-field>";
    sheet.querySelector("text-field").label = "Name";
    document.querySelector("#place").append(sheet);
    return sheet.updateComplete;
  });
  await page.getByRole("dialog", { name: "Sheet" }).waitFor();
  await assertAccessible(page, { component: true });
  for (let press = 0; press < 5; press += 1) {
    await page.keyboard.press("Tab");
    const inside = await page.evaluate(() => document.querySelector("modal-sheet").contains(document.activeElement));
    assert.equal(inside, true, `Tab number ${press + 1} left the sheet`);
  }
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  assert.equal(await page.evaluate(() => harness.seen.length), 2, "each Esc asks, none closes by itself");
  assert.equal(await page.getByRole("dialog").count(), 1);
  await page.evaluate(() => document.querySelector("modal-sheet").remove());
  await page.waitForFunction(() => document.activeElement?.id === "opener");
});

test("a toast is held while pointed at and ends by itself otherwise", async () => {
  const page = await browser.open();
  await page.clock.install({ time: 0 });
  await page.clock.pauseAt(1_000);
  await page.evaluate(() => harness.show(harness.html`<toast-stack .toasts=${[{ id: 7, words: "Saved" }]}></toast-stack>`, "toast-ended"));
  await page.getByText("Saved").hover();
  await page.clock.runFor(6_000);
  assert.equal(await page.evaluate(() => harness.seen.length), 0);
  await page.mouse.move(0, 0);
  await page.clock.runFor(6_000);
  assert.deepEqual(await page.evaluate(() => harness.seen.map(({ detail }) => detail.id)), [7]);
});

test("the busy bar shows nothing for 200 ms and takes no room", async () => {
  const page = await browser.open();
  await page.clock.install({ time: 0 });
  await page.clock.pauseAt(1_000);
  await page.evaluate(() => harness.show(harness.html`<busy-bar .busy=${true}></busy-bar>`));
  await page.clock.runFor(150);
  assert.equal(await page.getByRole("progressbar").count(), 0);
  await page.clock.runFor(100);
  await page.getByRole("progressbar").waitFor();
  assert.equal((await page.locator("busy-bar").boundingBox()).height, 0);
});

test("a facet tells what is ticked and hides the rest behind a count", async () => {
  const page = await browser.open();
  await page.evaluate(() => {
    const values = [..."abcdefgh"].map((value) => ({ value, label: value.toUpperCase(), count: 1 }));
    return harness.show(harness.html`<facet-group label="Domain" .values=${values} .chosen=${["a"]}></facet-group>`, "chosen-changed");
  });
  assert.equal(await page.getByRole("checkbox").count(), 5);
  await page.getByRole("button", { name: "3 more…" }).click();
  await page.getByRole("checkbox", { name: "H" }).check();
  assert.deepEqual(await page.evaluate(() => harness.seen[0].detail.chosen), ["a", "h"]);
});

test("panes are moved with the arrows, within their limits", async () => {
  const page = await browser.open();
  await page.evaluate(() =>
    harness.show(harness.html`<split-panes .start=${{ width: 200, least: 190, most: 230 }}><p slot="start">a</p><p>b</p></split-panes>`, "resized", "resize-ended"),
  );
  await page.getByRole("separator").focus();
  for (const key of ["ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft"]) await page.keyboard.press(key);
  const seen = await page.evaluate(() => harness.seen.map(({ name, detail }) => detail?.width ?? name));
  // At its limit a press moves nothing, so nothing ends.
  assert.deepEqual(seen, [216, "resize-ended", 230, "resize-ended", 214, "resize-ended"]);
  await assertAccessible(page, { component: true });
});
