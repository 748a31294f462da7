// Owns the columns of the table: widths, what is drawn, what is copied.
import { html } from "lit";

import { marked } from "../../components/marked.js";
import { text } from "../../i18n/text.js";
import { wordFor } from "./control-words.js";
import { dateShown } from "./control-dates.js";
import { missingHealth, missingValue, stateValue } from "./value-cell.js";

/**
 * @import { Column } from "../../components/data-table.js"
 * @import { ControlColumn } from "../../generated/ControlColumn.ts"
 * @import { ControlRow } from "../../generated/ControlRow.ts"
 * @typedef {Exclude<keyof ControlRow, "id" | "partial">} RowField
 */

/** Columns in their order, with widths in px, and the API's name where values have words. */
const COLUMNS = /** @type {const} */ ([
  { id: "identifier", width: 92 },
  { id: "name", width: 280 },
  { id: "health", width: 130, field: "health" },
  { id: "freshness", width: 96, field: "freshness" },
  { id: "implementation", width: 122, field: "implementation" },
  { id: "testing", width: 100, field: "testingStatus" },
  { id: "domain", width: 200 },
  { id: "owner", width: 144 },
  { id: "updated", width: 136 },
]);

/** What the columns shown in every layout take besides the name, with the padding of a row, in px. */
export const BESIDE_NAME = 92 + 130 + 96 + 16;

/** Words for one line: for a title and for the clipboard. @param {string | null} value */
const oneLine = (value) => value?.replace(/[\t\r\n\u2028\u2029]+/g, " ") ?? "";

/** @param {string} value @param {string} search @param {string} look */
const words = (value, search, look) => html`<span class=${look}><bdi>${marked(value, search)}</bdi></span>`;

/** @param {RowField} id @param {string} value @param {string} search */
function drawn(id, value, search) {
  if (id === "identifier") return words(value, search, "dim");
  if (id === "name") return words(value, search, "subject");
  if (id === "domain" || id === "owner") return words(value, search, "");
  const date = dateShown(value);
  return date ? html`<span title=${date.hover}>${date.words}</span>` : html`<span dir="ltr">${value}</span>`;
}

/** @param {(typeof COLUMNS)[number]} column @param {ControlRow} row @param {string} search */
function cell(column, row, search) {
  const value = row[column.id];
  if (value === null && column.id === "health") return missingHealth();
  if (value === null) return missingValue(row.partial && column.id !== "identifier" && column.id !== "name");
  return "field" in column ? stateValue(column.field, value) : drawn(column.id, value, search);
}

/** @param {(typeof COLUMNS)[number]} column @param {ControlRow} row */
function plain(column, row) {
  const value = row[column.id];
  return oneLine(value !== null && "field" in column ? (wordFor(column.field, value) ?? value) : value);
}

/**
 * @param {string} search the words to mark
 * @param {number} nameWidth the least width of the name, in px
 * @returns {Column[]}
 */
export function columnsFor(search, nameWidth) {
  return COLUMNS.map((column) => ({
    id: column.id,
    label: text(`column-${column.id}`),
    width: column.id === "name" ? nameWidth : column.width,
    grow: column.id === "name",
    sortable: true,
    ...(column.id === "updated" ? { align: /** @type {const} */ ("end") } : {}),
    cell: (/** @type {ControlRow} */ row) => cell(column, row, search),
    text: (/** @type {ControlRow} */ row) => plain(column, row),
  }));
}

/** "Health, then identifier" @param {{ column: ControlColumn, descending: boolean }} sort */
export function sortWords({ column, descending }) {
  const name = text(`column-${column}`);
  const first = descending ? text("controls-sort-descending", { column: name }) : name;
  return column === "identifier" ? first : text("controls-sort-then", { column: first });
}
