// Owns the columns of the table of annotations.
import { html } from "lit";

import { moment } from "../../i18n/format.js";
import { text } from "../../i18n/text.js";

/**
 * @import { AnnotationShown } from "../../generated/AnnotationShown.ts"
 * @import { Column } from "../../components/data-table.js"
 */

/** "acct:name@authority" without what all share. @param {AnnotationShown} row */
const userWords = ({ user }) => user?.replace(/^acct:/, "") ?? text("not-provided");

/** @param {AnnotationShown} row */
const createdWords = ({ created }) => (created ? moment(created) : text("not-provided"));

/** @param {AnnotationShown} row */
const pageWords = ({ title, uri }) => title ?? uri ?? text("not-provided");

/** What was written, else what was marked. @param {AnnotationShown} row */
const writtenWords = ({ text: written, quote }) => written || (quote ? `“${quote}”` : "");

/** @param {(row: AnnotationShown) => string} words */
const quiet = (words) => (/** @type {AnnotationShown} */ row) => html`<span class="dim">${words(row)}</span>`;

/** @returns {Column[]} */
export function annotationColumns() {
  return [
    { id: "created", label: text("annotation-created"), width: 132, text: createdWords, cell: quiet(createdWords) },
    { id: "user", label: text("annotation-user"), width: 148, text: userWords },
    { id: "page", label: text("annotation-page"), width: 160, text: pageWords },
    { id: "text", label: text("annotation-text"), width: 200, grow: true, text: writtenWords },
    { id: "tags", label: text("annotation-tags"), width: 112, text: (row) => row.tags.join(", "), cell: quiet((row) => row.tags.join(", ")) },
  ];
}
