// Owns the check of a page by axe: every rule of WCAG 2.2 A and AA.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const source = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Rules about whole documents that a component alone cannot meet. */
const OF_DOCUMENTS = ["region", "landmark-one-main", "page-has-heading-one", "heading-order", "bypass"];

/**
 * @param {import("playwright-core").Page} page
 * @param {{ component?: boolean }} [options] `component` leaves the rules about whole documents out
 */
export async function assertAccessible(page, { component = false } = {}) {
  await page.evaluate(await source);
  const disabled = Object.fromEntries((component ? OF_DOCUMENTS : []).map((rule) => [rule, { enabled: false }]));
  const violations = await page.evaluate(
    async ([values, rules]) => {
      const result = await globalThis.axe.run(document, { runOnly: { type: "tag", values }, rules });
      return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.flat().join(" ") + " " + (node.any[0]?.message ?? node.failureSummary)).join("; ")}`);
    },
    [TAGS, disabled],
  );
  assert.deepEqual(violations, []);
}
