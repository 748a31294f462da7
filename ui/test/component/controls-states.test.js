// Owns the proof of the Controls screen's states: nothing yet, sync, failures, doubts, detail, hostile text.
import assert from "node:assert/strict";
import test, { after, before } from "node:test";

import { assertAccessible } from "../harness/axe.js";
import { startBrowser } from "../harness/browser.js";

let browser;
before(async () => (browser = await startBrowser()));
after(() => browser?.close());

async function started(options = {}, size = {}) {
  const page = await browser.open(size);
  await page.evaluate((given) => harness.controls.startControls(given), options);
  await page.locator("controls-screen").waitFor();
  return page;
}

/** Makes the next syncs fail so. */
const syncFails = (page, code, more = {}) =>
  page.evaluate(([code, more]) => harness.platform.script({ controls_sync: () => { throw harness.scenes.failure(code, more); } }), [code, more]);

/** Makes the next sync wait: `step` and `finish` in the page move it. */
const syncWaits = (page) =>
  page.evaluate(() => {
    const { controls_sync: run } = harness.commands;
    harness.platform.script({
      controls_sync: ({ progress }) =>
        new Promise((resolve, reject) => {
          Object.assign(globalThis, { step: progress, finish: () => resolve(run({ progress })), fail: (code) => reject(harness.scenes.failure(code)) });
        }),
      operation_cancel: () => (globalThis.fail("cancelled"), true),
    });
  });

const syncButton = (page) => page.getByRole("button", { name: "Sync now" });

test("without a connection that reads controls the screen says what to do next", async () => {
  const page = await started({ cards: [] });
  await page.getByRole("heading", { name: "No connection reads controls yet" }).waitFor();
  await assertAccessible(page);
  await page.getByRole("button", { name: "Go to Connections" }).click();
  await page.locator("connections-screen").waitFor();
});

test("a register never synced offers one thing: to sync, which then lists it", async () => {
  const page = await started({ snapshot: null });
  await page.getByRole("heading", { name: "This register has not been read yet" }).waitFor();
  assert.equal(await page.locator("search-field").count(), 0, "nothing to search yet");
  await assertAccessible(page);
  await syncWaits(page);
  await syncButton(page).click();
  await page.evaluate(() => globalThis.step({ rows: 120, bytes: 1_200_000 }));
  await page.getByText("120 controls so far, 1.2 MB.").waitFor();
  await page.getByRole("button", { name: "Stop the sync" }).waitFor();
  await page.evaluate(() => globalThis.finish());
  await page.locator("data-table .row").first().waitFor();
  await page.waitForFunction(() => /370 controls read/.test(harness.app.state.announcement));
});

test("a sync shows how far it is, keeps the old rows readable, and can be stopped", async () => {
  const page = await started();
  await syncWaits(page);
  await syncButton(page).click();
  await page.evaluate(() => globalThis.step({ rows: 231, bytes: 420_000 }));
  await page.getByText("Syncing · 231 of about 370").waitFor();
  await page.locator("busy-bar [aria-valuenow='62']").waitFor();
  await page.getByText("until this sync is whole").waitFor();
  assert.ok((await page.locator("data-table .row").count()) > 10);
  await assertAccessible(page);
  await page.getByRole("button", { name: "Stop the sync" }).click();
  await page.getByText("Sync stopped.").waitFor();
  await syncButton(page).waitFor();
  assert.deepEqual(await page.evaluate(() => harness.platform.callsOf("operation_cancel")), [{ operation: "sync:0f0f0f0f-0000-4000-8000-000000000001" }]);
  assert.equal(await page.locator("pane-banner[tone='bad']").count(), 0, "what a person stopped is no error");
});

test("a sync goes on while another screen is shown", async () => {
  const page = await started();
  await syncWaits(page);
  await syncButton(page).click();
  await page.keyboard.press("Control+1");
  await page.locator("connections-screen").waitFor();
  await page.evaluate(() => globalThis.step({ rows: 99, bytes: 1 }));
  await page.keyboard.press("Control+2");
  await page.getByText("Syncing · 99 of about 370").waitFor();
});

test("without the network the old register is read on", async () => {
  const page = await started();
  await syncFails(page, "unreachable");
  await syncButton(page).click();
  await page.getByText(/Offline\.\s+You see the register of (today|yesterday), \d\d:\d\d\./).waitFor();
  assert.ok((await page.locator("data-table .row").count()) > 10);
  assert.match(await page.locator("status-bar").innerText(), /unreachable/);
  await page.getByRole("button", { name: "Copy details" }).click();
  await page.waitForFunction(() => harness.platform.copied[0]?.startsWith("unreachable"));
  await assertAccessible(page);
});

test("a refused sync quotes the server and leads to the connection", async () => {
  const page = await started({ snapshot: null });
  await syncFails(page, "credential-refused", { action: "replaceSecret", serverWords: "<b>invalid_client</b>" });
  await syncButton(page).click();
  const banner = page.locator("pane-banner[tone='bad'] .banner");
  assert.match(await banner.innerText(), /does not accept this credential[\s\S]*<b>invalid_client<\/b>/);
  assert.match(await page.locator("status-bar").innerText(), /credential-refused/);
  await page.getByRole("button", { name: "Go to the connection" }).click();
  await page.locator("connections-screen").waitFor();
});

test("a locked keychain is said in the pane, and unlocking opens the register", async () => {
  const page = await browser.open();
  await page.evaluate(() => {
    globalThis.locked = true;
    const answers = {
      controls_window: (args) => {
        if (globalThis.locked) throw harness.scenes.failure("keychain-locked", { action: "unlockKeychain" });
        return harness.commands.controls_window(args);
      },
      keychain_probe: () => ((globalThis.locked = false), { state: "unlocked", store: "Secret Service" }),
    };
    return harness.controls.startControls({ answers });
  });
  await page.getByRole("heading", { name: "The keychain is locked" }).waitFor();
  assert.match(await page.locator("status-bar").innerText(), /keychain-locked/);
  await assertAccessible(page);
  await page.getByRole("button", { name: "Unlock keychain…" }).click();
  await page.locator("data-table .row").first().waitFor();
});

test("a register that cannot be read says why, with its code and its details", async () => {
  const page = await browser.open();
  await page.evaluate(() =>
    harness.controls.startControls({ answers: { controls_window: () => { throw harness.scenes.failure("register-damaged", { action: "askAdministrator" }); } } }),
  );
  await page.getByRole("heading", { name: /cannot be read with its key/ }).waitFor();
  assert.match(await page.locator("status-bar").innerText(), /register-damaged/);
  await assertAccessible(page);
});

test("nothing that matches is told from nothing there, and is cleared by one press", async () => {
  const page = await started();
  await page.keyboard.press("Control+f");
  await page.keyboard.type("zebra");
  await page.getByRole("heading", { name: "No control matches" }).waitFor();
  await page.getByText("None of 370 holds every word of “zebra”.").waitFor();
  await assertAccessible(page);
  await page.getByRole("button", { name: "Clear search" }).click();
  await page.locator("data-table .row").first().waitFor();
  assert.equal(await page.locator("search-field input").inputValue(), "");
});

test("an empty register says so", async () => {
  const page = await started({ documents: [] });
  await page.getByRole("heading", { name: "The server sent no controls" }).waitFor();
});

test("partial rows are marked, counted in a banner, and shown by its button", async () => {
  const page = await started();
  const banner = page.locator("[data-banner='partial']");
  const words = banner.locator("div.words");
  assert.match(await words.innerText(), /16 rows arrive without their states/);
  await banner.getByRole("button", { name: "Show them" }).click();
  await page.locator("filter-chip", { hasText: "Health is not provided" }).waitFor();
  const row = page.locator("data-table .row").first();
  assert.match(await row.innerText(), /Not provided\s+–\s+–\s+–/);
  await banner.getByRole("button", { name: "Close" }).click();
  assert.equal(await banner.count(), 0);
});

test("a suspicious count and skipped elements are said after a sync", async () => {
  const page = await started();
  await page.evaluate(() =>
    harness.platform.script({ controls_sync: () => ({ snapshot: harness.controls.snapshot({ rows: 500 }), skipped: 3, suspiciousCount: true }) }),
  );
  await syncButton(page).click();
  assert.match(await page.locator("[data-banner='suspicious'] div.words").innerText(), /Exactly 500 rows\. Perhaps not all/);
  assert.match(await page.locator("[data-banner='skipped'] div.words").innerText(), /3 elements were no controls and left out/);
  await assertAccessible(page);
});

test("the detail gives every field in the server's order, known ones in words, missing ones as missing", async () => {
  const page = await started();
  await page.locator("data-table .row").first().focus();
  await page.keyboard.press("Enter");
  const detail = page.locator("control-detail");
  await detail.getByRole("heading", { name: "Policy and Procedures" }).waitFor();
  const leading = await detail.locator("dl").first().innerText();
  assert.match(leading, /Fresh for\s+30 days · PT720H/);
  assert.match(leading, /Framework\s+NIST SP 800-53 r5/);
  const names = await detail.locator("dl").nth(1).locator("dt").evaluateAll((cells) => cells.map((cell) => cell.title));
  assert.deepEqual(names.slice(0, 6), ["id", "controlType", "controlIdentifier", "name", "description", "domainName"]);
  await detail.getByRole("tab", { name: "Raw" }).click();
  assert.match(await detail.locator("pre").innerText(), /"controlIdentifier": "AC-01"/);
  await assertAccessible(page);
  await page.keyboard.press("Control+i");
  assert.equal(await detail.count(), 0);
});

test("a detail that comes late does not replace that of another control", async () => {
  const page = await started();
  await page.evaluate(() => {
    globalThis.late = [];
    const { control_detail: answer } = harness.commands;
    harness.platform.script({ control_detail: (args) => (args.id === "control-0" ? new Promise((resolve) => globalThis.late.push(() => resolve(answer(args)))) : answer(args)) });
  });
  await page.locator("data-table .row").first().click();
  await page.keyboard.press("ArrowDown");
  const head = page.locator("control-detail .identifier");
  await page.waitForFunction(() => globalThis.late.length === 1);
  await page.locator("control-detail .identifier", { hasText: "AC-02" }).waitFor();
  await page.evaluate(async () => {
    globalThis.late.forEach((answer) => answer());
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
  assert.equal(await head.innerText(), "AC-02");
});

test("a partial control shows its missing fields as not provided", async () => {
  const documents = [{ id: "1", controlIdentifier: "A-1", name: "Reduced", status: "active", _isPartialData: true, owner: null }];
  const page = await started({ documents });
  await page.locator("data-table .row").first().click();
  const detail = page.locator("control-detail");
  await detail.getByText("Partial", { exact: true }).waitFor();
  assert.match(await detail.locator("dl").first().innerText(), /Owner\s+Not provided\s+Implementation\s+Not provided/);
});

test("Esc closes the detail, empties the search and drops the selection, in this order", async () => {
  const page = await started();
  await page.keyboard.press("Control+f");
  await page.keyboard.type("account");
  await page.locator("data-table mark").first().waitFor();
  await page.locator("data-table .row").first().click();
  await page.getByRole("tab", { name: "Fields" }).waitFor();
  await page.locator("data-table .row").first().focus();
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("control-detail").count(), 0);
  assert.equal(await page.locator("search-field input").inputValue(), "account");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("search-field input").inputValue(), "");
  assert.match(await page.locator("status-bar").innerText(), /1 selected/);
  await page.keyboard.press("Escape");
  assert.doesNotMatch(await page.locator("status-bar").innerText(), /selected/);
});

test("hostile text is shown as text, raw values in monospace, bad dates as they came", async () => {
  const page = await browser.open();
  await page.evaluate(() => harness.controls.startControls({ documents: harness.controls.hostile() }));
  await page.locator("data-table .row").first().click();
  const detail = page.locator("control-detail");
  await detail.getByRole("heading", { name: "<script>alert(1)</script><b>bold</b>" }).waitFor();
  assert.equal(await page.locator("script, img, b, u, i").count(), await page.locator("head script").count(), "no element was made of the server's text");
  assert.equal(await detail.locator("dl").first().locator("span.mono", { hasText: "__proto__" }).count(), 1);
  assert.match(await detail.locator("dl").first().innerText(), /2025-07-06T15:00:10\.00\.5365Z/);
  assert.match(await page.locator("data-table .row", { hasText: "RTL-1" }).innerText(), /yesterday 7/);
  const bounds = await page.locator("data-table .row", { hasText: "LONG-1" }).evaluate((row) => ({ height: row.offsetHeight, cells: [...row.children].map((cell) => cell.scrollHeight) }));
  assert.equal(bounds.height, 28);
  await page.locator("data-table .row", { hasText: "LONG-1" }).click();
  await detail.getByRole("heading", { name: /^Long word/ }).waitFor();
  assert.ok(await detail.evaluate((pane) => pane.scrollWidth <= pane.clientWidth), "nothing sticks out of the pane");
  await assertAccessible(page);
  assert.deepEqual(page.faults, []);
});

test("the keyboard stays where a button takes another's place, and goes to the list when it is there", async () => {
  const page = await started({ snapshot: null });
  await syncWaits(page);
  await page.getByRole("button", { name: "Sync now" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Stop the sync" }).waitFor();
  await page.evaluate(() => globalThis.finish());
  const inTable = () => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active?.className === "row";
  };
  await page.waitForFunction(inTable);
  await syncWaits(page);
  await syncButton(page).focus();
  await page.keyboard.press("Enter");
  const stop = page.getByRole("button", { name: "Stop the sync" });
  await stop.waitFor();
  await page.waitForFunction(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active?.ariaLabel === "Stop the sync";
  });
  await page.keyboard.press("Control+f");
  await page.keyboard.type("zebra");
  await page.getByRole("button", { name: "Clear search" }).press("Enter");
  await page.waitForFunction(inTable);
});
