// Owns the proof of the table: only rows in sight exist, keys move, what is wanted is asked for.
import assert from "node:assert/strict";
import test, { after, before } from "node:test";

import { assertAccessible } from "../harness/axe.js";
import { startBrowser } from "../harness/browser.js";

let browser;
before(async () => (browser = await startBrowser()));
after(() => browser?.close());

async function shown(count) {
  const page = await browser.open();
  await page.evaluate(async (rows) => {
    const columns = [
      { id: "identifier", label: "Identifier", width: 76, sortable: true, text: (row) => row.identifier },
      { id: "name", label: "Name", width: 280, grow: true, sortable: true, text: (row) => row.name },
    ];
    const rowAt = (index) => (index < 100_000 ? { identifier: `AC-${index + 1}`, name: `Control ${index + 1}` } : undefined);
    await harness.show(
      harness.html`<main><data-table
        label="Controls"
        .columns=${columns}
        .count=${rows}
        .rowAt=${rowAt}
        .sort=${{ column: "identifier", descending: false }}
        @selected=${(event) => (event.target.selected = event.detail.index)}
      ></data-table></main>`,
      "range-wanted",
      "selected",
      "opened",
      "sorted",
      "type-ahead",
      "copy-requested",
      "extended",
    );
    Object.assign(document.querySelector("main").style, { height: "600px", display: "flex" });
    if (rows > 0) await new Promise((resolve) => document.body.addEventListener("range-wanted", resolve, { once: true }));
    await document.querySelector("data-table").updateComplete;
  }, count);
  return page;
}

const details = (page, name) =>
  page.evaluate((wanted) => harness.seen.filter((event) => event.name === wanted).map(({ detail }) => detail), name);

test("of a hundred thousand rows only those in sight exist", async () => {
  const page = await shown(100_000);
  const rows = await page.locator(".row").count();
  assert.ok(rows > 20 && rows < 60, `${rows} rows`);
  const grid = page.getByRole("grid", { name: "Controls" });
  assert.equal(await grid.getAttribute("aria-rowcount"), "100001");
  assert.equal(await page.locator('[data-index="0"]').getAttribute("aria-rowindex"), "2");
  assert.equal((await page.locator('[data-index="0"]').boundingBox()).height, 28);
  await assertAccessible(page, { component: true });
  assert.deepEqual(page.faults, []);
});

test("the keys move the focus, to both ends too, and the range wanted follows", async () => {
  const page = await shown(100_000);
  await page.locator('[data-index="0"]').click();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Control+End");
  await page.waitForFunction(() => document.querySelector("data-table").shadowRoot.activeElement?.dataset.index === "99999");
  assert.ok((await details(page, "range-wanted")).at(-1).last === 99_999);
  const box = await page.locator('[data-index="99999"]').boundingBox();
  assert.ok(box.y + box.height <= 601, "the last row is in sight");
  await page.keyboard.press("Control+Home");
  await page.waitForFunction(() => document.querySelector("data-table").shadowRoot.activeElement?.dataset.index === "0");
  const first = await page.locator('[data-index="0"]').boundingBox();
  assert.ok(first.y >= 27, "the first row is not under the head");
  assert.deepEqual((await details(page, "selected")).map(({ index }) => index), [0, 1, 99_999, 0]);
});

test("the focused row stays when it is scrolled out of sight", async () => {
  const page = await shown(10_000);
  await page.locator('[data-index="3"]').click();
  await page.locator(".grid").evaluate((grid) => grid.scrollTo({ top: 100_000 }));
  await page.waitForFunction(() => harness.seen.some((event) => event.name === "range-wanted" && event.detail.first > 3_000));
  assert.equal(await page.evaluate(() => document.querySelector("data-table").shadowRoot.activeElement?.dataset.index), "3");
});

test("heads sort, are reached from the first row, and say their order", async () => {
  const page = await shown(100);
  assert.equal(await page.getByRole("columnheader", { name: "Identifier" }).getAttribute("aria-sort"), "ascending");
  await page.locator('[data-index="0"]').click();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  assert.deepEqual(await details(page, "sorted"), [
    { column: "identifier", descending: true },
    { column: "name", descending: false },
  ]);
});

test("Enter opens, letters are told, Ctrl C copies a row tab-separated", async () => {
  const page = await shown(100);
  await page.locator('[data-index="1"]').click();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+c");
  await page.keyboard.press("x");
  assert.equal((await details(page, "opened"))[0].row.identifier, "AC-2");
  assert.deepEqual(await details(page, "copy-requested"), [{ text: "AC-2\tControl 2" }]);
  assert.deepEqual(await details(page, "type-ahead"), [{ text: "x" }]);
});

test("an empty table has its tab stop in the head", async () => {
  const page = await shown(0);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.querySelector("data-table").shadowRoot.activeElement?.textContent.trim()), "Identifier");
});

test("Shift extends by arrows and by a press, Ctrl A takes all, Ctrl C copies them, Esc lets go", async () => {
  const page = await shown(100);
  await page.locator('[data-index="2"]').click();
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  assert.equal(await page.locator('.row[aria-selected="true"]').count(), 3);
  await page.keyboard.press("Control+c");
  await page.locator('[data-index="0"]').click({ modifiers: ["Shift"] });
  assert.deepEqual(await page.locator('.row[aria-selected="true"]').evaluateAll((rows) => rows.map((row) => row.dataset.index)), ["0", "1", "2"]);
  await page.keyboard.press("Control+a");
  assert.equal((await details(page, "extended")).at(-1).count, 100);
  await page.keyboard.press("Control+c");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator('.row[aria-selected="true"]').count(), 1);
  const [three, all] = (await details(page, "copy-requested")).map(({ text }) => text.split("\n"));
  assert.deepEqual(three, ["AC-3\tControl 3", "AC-4\tControl 4", "AC-5\tControl 5"]);
  assert.deepEqual([all.length, all[99]], [100, "AC-100\tControl 100"]);
});

test("rows that are not here yet are read before they are copied, and a tab in a cell parts no columns", async () => {
  const page = await shown(100);
  await page.evaluate(async () => {
    const table = document.querySelector("data-table");
    table.count = 3;
    table.rowAt = (index) => (index === 1 ? undefined : { identifier: `A${index}`, name: "with\ta tab" });
    table.readRow = async (index) => ({ identifier: `read ${index}`, name: "line\nbreak" });
    await table.updateComplete;
  });
  await page.locator('[data-index="0"]').click();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+c");
  await page.waitForFunction(() => harness.seen.some(({ name }) => name === "copy-requested"));
  assert.equal((await details(page, "copy-requested"))[0].text, "A0\twith a tab\nread 1\tline break\nA2\twith a tab");
});
