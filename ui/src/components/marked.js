// Owns showing where a search matched: the words found stand in `mark`.
import { html } from "lit";

/**
 * @param {string} value
 * @param {string} search words, each marked wherever it occurs, without regard to case
 * @returns {unknown}
 */
export function marked(value, search) {
  const words = search.trim().split(/\s+/).filter(Boolean);
  if (words.length === 0) return value;
  const pattern = new RegExp(words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"), "giu");
  /** @type {unknown[]} */
  const parts = [];
  let from = 0;
  for (const match of value.matchAll(pattern)) {
    parts.push(value.slice(from, match.index), html`<mark>${match[0]}</mark>`);
    from = match.index + match[0].length;
  }
  return [...parts, value.slice(from)];
}
