// Owns the proof of the Controls screen's list: rows, search, filters, order, keys, narrow windows.
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
  await page.locator("data-table .row").first().waitFor();
  return page;
}

const identifiers = (page) => page.locator("data-table .row .cell:first-child").allInnerTexts();
const status = (page) => page.locator("status-bar").innerText();
const announced = (page, words) => page.waitForFunction((expected) => harness.app.state.announcement === expected, words);

async function searched(page, words) {
  await page.keyboard.press("Control+f");
  await page.keyboard.type(words);
}

test("the register is listed by identifier in its natural order, in nine columns, with its counts", async () => {
  const page = await started();
  const heads = await page.getByRole("columnheader").allInnerTexts();
  assert.deepEqual(heads, ["Identifier", "Name", "Health", "Freshness", "Implementation", "Testing", "Domain", "Owner", "Updated"]);
  assert.deepEqual((await identifiers(page)).slice(0, 3), ["AC-01", "AC-02", "AC-03"]);
  assert.equal(await page.getByRole("grid").getAttribute("aria-rowcount"), "371");
  assert.match(await status(page), /370 of 370 controls\s+Identifier\s+Snapshot 12 · Today/);
  assert.deepEqual(page.faults, []);
  await assertAccessible(page);
});

test("opening the screen puts the keyboard on the list", async () => {
  const page = await started();
  await page.keyboard.press("ArrowDown");
  await page.locator('data-table .row[aria-selected="true"]', { hasText: "AC-02" }).waitFor();
});

test("head and rows stay in line however long a name is", async () => {
  const documents = [{ id: "1", controlIdentifier: "A-1", name: "n".repeat(300), health: "healthy" }, { id: "2", controlIdentifier: "A-2", name: "n" }];
  const page = await started({ documents });
  const lefts = await page.evaluate(() => {
    const table = document.querySelector("countersign-app").shadowRoot.querySelector("controls-screen").shadowRoot.querySelector("data-table");
    return [...table.shadowRoot.querySelectorAll(".head, .row")].map((row) => row.children[2].getBoundingClientRect().left);
  });
  assert.equal(new Set(lefts).size, 1, String(lefts));
});

test("windows of at most 200 rows are read as the list is scrolled", async () => {
  const page = await started();
  await page.getByRole("grid").getByRole("row", { name: /AC-01/ }).focus();
  await page.keyboard.press("End");
  await page.getByRole("row", { name: /SC-60/ }).waitFor();
  const windows = await page.evaluate(() => harness.platform.callsOf("controls_window").map(({ query }) => [query.offset, query.limit]));
  assert.deepEqual(windows, [[0, 200], [200, 200]]);
  assert.match(await status(page), /1 selected/);
});

test("a search narrows the list, marks what it found, counts and is spoken once", async () => {
  const page = await started();
  await searched(page, "account");
  await page.locator("data-table mark", { hasText: /^Account$/ }).first().waitFor();
  const count = await page.locator("search-field .second").innerText();
  assert.equal(count, await page.evaluate(() => `${harness.commands.controls_window({ query: { search: "account", filters: [], sort: "identifier", offset: 0, limit: 1 } }).matched} of 370`));
  assert.equal(await page.locator("data-table mark").first().innerText(), "Account");
  await announced(page, `${count} controls match`);
});

test("keys that follow each other closely are one question", async () => {
  const page = await started();
  await page.locator("search-field input").evaluate((input) => {
    for (const value of ["a", "ac", "acc", "acco", "account"]) {
      input.value = value;
      input.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
    }
  });
  await page.locator("data-table mark").first().waitFor();
  const searches = await page.evaluate(() => harness.platform.callsOf("controls_window").map(({ query }) => query.search));
  assert.deepEqual(searches, ["", "account"]);
});

test("answers to an older search are dropped", async () => {
  const page = await started();
  await page.evaluate(() => {
    globalThis.waiting = [];
    const { controls_window: answer } = harness.commands;
    harness.platform.script({ controls_window: (args) => new Promise((resolve) => globalThis.waiting.push({ search: args.query.search, answer: () => resolve(answer(args)) })) });
  });
  await searched(page, "backup");
  await page.waitForFunction(() => globalThis.waiting.some(({ search }) => search === "backup"));
  await page.keyboard.press("Control+a");
  await page.keyboard.type("logging");
  await page.waitForFunction(() => globalThis.waiting.some(({ search }) => search === "logging"));
  await page.evaluate(() => globalThis.waiting.filter(({ search }) => search === "logging").forEach(({ answer }) => answer()));
  await page.getByRole("row", { name: /Event Logging/ }).first().waitFor();
  await page.evaluate(async () => {
    globalThis.waiting.forEach(({ answer }) => answer());
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
  assert.equal(await page.getByRole("row", { name: /System Backup/ }).count(), 0);
  assert.equal(await page.locator("search-field input").inputValue(), "logging");
});

test("no key is lost while the register is slow", async () => {
  const page = await started();
  await page.evaluate(() => {
    const { controls_window: answer } = harness.commands;
    harness.platform.script({ controls_window: (args) => new Promise((resolve) => setTimeout(() => resolve(answer(args)), 60)) });
  });
  await searched(page, "");
  for (const letter of "session lock") await page.keyboard.type(letter, { delay: 25 });
  await page.getByRole("row", { name: /Session Lock/ }).first().waitFor();
  assert.equal(await page.locator("search-field input").inputValue(), "session lock");
});

test("a tick in the facets filters, makes a chip, and the other counts follow", async () => {
  const page = await started();
  const facet = (name) => page.locator(".facets fieldset", { hasText: name });
  await facet("Health").getByRole("checkbox", { name: /Critical/ }).click();
  await facet("Health").getByRole("checkbox", { name: /Not provided/ }).click();
  await page.locator("filter-chip", { hasText: "Health is critical, not provided" }).waitFor();
  const matched = Number((await page.locator("search-field .second").innerText()).split(" ")[0]);
  await page.waitForFunction((count) => harness.app.state.announcement.startsWith(`${count} of 370`), matched);
  assert.match(await facet("Status").innerText(), new RegExp(`Active\\s+${matched}`));
  const { filters } = await page.evaluate(() => harness.platform.callsOf("controls_window").at(-1).query);
  assert.deepEqual(filters, [{ field: "health", values: ["critical", null] }]);
  await assertAccessible(page);
  await page.getByRole("button", { name: "Remove Health filter" }).click();
  await page.waitForFunction(() => harness.platform.callsOf("controls_window").at(-1).query.filters.length === 0);
});

test("zero counts stay in sight", async () => {
  const documents = [{ id: "1", controlIdentifier: "A-1", name: "Only", health: "healthy", freshness: "fresh", status: "active" }];
  const page = await started({ documents });
  assert.match(await page.locator(".facets fieldset", { hasText: "Health" }).innerText(), /Critical\s+0\s+At risk\s+0\s+Healthy\s+1/);
});

test("a value that the other filters leave no row stays with its zero", async () => {
  const page = await started();
  await page.evaluate(() =>
    harness.platform.script({
      controls_facets: ({ query }) => {
        const values = [{ value: "active", count: 1 }, { value: "archived", count: 0 }, { value: null, count: 0 }];
        return query.filters.length ? [{ field: "status", values }] : [];
      },
    }),
  );
  await page.locator(".facets fieldset", { hasText: "Health" }).getByRole("checkbox", { name: /Critical/ }).click();
  const facet = page.locator(".facets fieldset", { hasText: "Status" });
  await facet.getByText("Archived").waitFor();
  assert.match(await facet.innerText(), /Active\s+1\s+Archived\s+0\s+Not provided\s+0/);
});

test("a filter is added with the keyboard alone, and Esc closes its popover first", async () => {
  const page = await started();
  await page.locator("data-table .row").first().click();
  await page.getByRole("button", { name: "Filter", exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").getByRole("button", { name: "Freshness" }).press("Enter");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Space");
  await page.locator("filter-chip", { hasText: "Freshness is expired" }).waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".popover").count(), 0);
  assert.equal(await page.locator("control-detail").count(), 1, "the detail stays for the next Esc");
});

test("a press on a head sorts by the register's order, twice the other way round", async () => {
  const page = await started();
  const head = page.getByRole("columnheader", { name: "Health" });
  await head.getByRole("button").click();
  await page.locator('[role="columnheader"][aria-sort="ascending"]', { hasText: "Health" }).waitFor();
  await page.locator("data-table .row", { hasText: "Critical" }).first().waitFor();
  assert.match(await status(page), /Health, then identifier/);
  await head.getByRole("button").click();
  await page.locator('[aria-sort="descending"]').waitFor();
  const asked = await page.evaluate(() => harness.platform.callsOf("controls_window").map(({ query }) => [query.sort, query.descending]));
  assert.deepEqual(asked.slice(-2), [["health", false], ["health", true]]);
});

test("letters go to the identifier that begins with them, in pages not read yet too", async () => {
  const page = await started();
  await page.locator("data-table .row").first().evaluate((row) => {
    for (const key of "sc-4") row.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, composed: true }));
  });
  await page.locator('data-table .row[aria-selected="true"]', { hasText: /SC-4/ }).waitFor();
  await page.waitForFunction(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active?.getAttribute("aria-selected") === "true";
  });
});

test("a clipboard that the system keeps closed is said, not passed over", async () => {
  const page = await started();
  await page.evaluate(() => {
    harness.platform.copy = () => Promise.reject(new Error("NotAllowedError"));
  });
  await page.locator("data-table .row").first().focus();
  await page.keyboard.press("Control+c");
  await page.locator("toast-stack").getByText("Not copied").waitFor();
});

test("Ctrl C copies the row, a tab between the columns, dates as the server wrote them", async () => {
  const page = await started();
  await page.locator("data-table .row").first().focus();
  await page.keyboard.press("Control+c");
  await page.waitForFunction(() => harness.platform.copied.length === 1);
  const [copied] = await page.evaluate(() => harness.platform.copied);
  const columns = copied.split("\t");
  assert.equal(columns.length, 9);
  assert.equal(columns[0], "AC-01");
  assert.match(columns[8], /^2025-\d\d-\d\dT15:00:00\.0941592\+00:00$/);
});

test("a refresh keeps selection, place and focus", async () => {
  const page = await started();
  await page.locator("data-table .row").first().focus();
  for (let step = 0; step < 60; step += 1) await page.keyboard.press("ArrowDown");
  const selected = page.locator('data-table .row[aria-selected="true"]');
  const before = await selected.innerText();
  const scroll = () => page.evaluate(() => document.querySelector("countersign-app").shadowRoot.querySelector("controls-screen").shadowRoot.querySelector("data-table").shadowRoot.querySelector(".grid").scrollTop);
  const top = await scroll();
  assert.ok(top > 0);
  await page.keyboard.press("Control+r");
  await page.getByText("Snapshot 13").waitFor();
  assert.equal(await selected.innerText(), before);
  assert.equal(await scroll(), top);
  assert.equal(await selected.evaluate((row) => row.getRootNode().activeElement === row), true);
});

for (const [width, height] of [[1280, 800], [900, 600], [760, 520]]) {
  test(`at ${width} by ${height} facets and detail stand where the design puts them`, async () => {
    const page = await started({}, { width, height });
    assert.equal(await page.locator(".facets controls-facets").count(), width >= 1000 ? 1 : 0);
    const names = await page.getByRole("columnheader").allInnerTexts();
    assert.equal(names.length, 9);
    await page.locator("data-table .row").nth(2).click();
    await page.getByRole("tab", { name: "Fields" }).waitFor();
    assert.equal(await page.locator(".facets controls-facets").count(), 0);
    assert.equal(await page.locator("control-detail[covering]").count(), width < 860 ? 1 : 0);
    await page.getByRole("button", { name: "Facets" }).click();
    await page.getByRole("dialog", { name: "Facets" }).waitFor();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.equal(overflow, 0);
    await assertAccessible(page);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    assert.equal(await page.locator("control-detail").count(), 0);
    assert.deepEqual(page.faults, []);
  });
}

test("dark colours meet the contrast of the light ones", async () => {
  const page = await started({}, { dark: true });
  await searched(page, "account");
  await page.locator("data-table mark").first().waitFor();
  await page.locator("data-table .row").nth(1).click();
  await page.getByRole("tab", { name: "Fields" }).waitFor();
  await assertAccessible(page);
});
