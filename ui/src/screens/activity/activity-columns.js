// Owns the columns of the activity table and the words of a call.
import { html } from "lit";

import { failureState } from "../../i18n/failure.js";
import { duration, number, size, timeOfDay } from "../../i18n/format.js";
import { hasText, text } from "../../i18n/text.js";

/**
 * @import { Application } from "../../application.js"
 * @import { CallShown } from "../../generated/CallShown.ts"
 * @import { Column } from "../../components/data-table.js"
 * @import { Failure } from "../../generated/Failure.ts"
 */

/** The status, or in words why there is none. @param {CallShown} call */
export function outcomeWords({ status, code }) {
  if (status !== null) return String(status);
  const known = code !== null && hasText(`error-${code}.state`);
  return known ? failureState(/** @type {Failure} */ ({ code })) : (code ?? "");
}

/** @param {CallShown} call */
export const isBad = ({ status }) => status === null || status >= 400;

/** @param {CallShown} call */
const outcomeCell = (call) => html`<span class=${isBad(call) ? "tone-bad strong" : ""}>${outcomeWords(call)}</span>`;

/** @param {(call: CallShown) => string} words */
const quiet = (words) => (/** @type {CallShown} */ call) => html`<span class="dim">${words(call)}</span>`;

/** @param {Application} app @param {CallShown} call */
export const connectionWords = (app, { connection }) => app.card(connection)?.label ?? text("activity-gone");

/** Newest first is the only order; without a connection named there is a column for it. @param {Application} app @param {boolean} all @returns {Column[]} */
export function activityColumns(app, all) {
  const time = (/** @type {CallShown} */ call) => timeOfDay(call.at);
  const took = (/** @type {CallShown} */ call) => duration(call.milliseconds);
  const bytes = (/** @type {CallShown} */ call) => size(call.bytes);
  const attempt = (/** @type {CallShown} */ call) => number(call.attempt);
  /** @type {(Column | null)[]} */
  const columns = [
    { id: "time", label: text("call-time"), width: 112, text: time, cell: quiet(time) },
    all ? { id: "connection", label: text("switcher-name"), width: 176, text: (call) => connectionWords(app, call) } : null,
    { id: "method", label: text("call-method"), width: 72, text: (call) => call.method, cell: quiet((call) => call.method) },
    { id: "path", label: text("call-path"), width: 240, grow: true, text: (call) => call.path, cell: (call) => html`<bdi class="mono">${call.path}</bdi>` },
    { id: "status", label: text("call-status"), width: 112, text: outcomeWords, cell: outcomeCell },
    { id: "duration", label: text("call-duration"), width: 96, align: "end", text: took, cell: quiet(took) },
    { id: "size", label: text("call-size"), width: 88, align: "end", text: bytes, cell: quiet(bytes) },
    { id: "attempt", label: text("activity-attempt"), width: 72, align: "end", text: attempt, cell: quiet(attempt) },
  ];
  return columns.filter((column) => column !== null);
}
