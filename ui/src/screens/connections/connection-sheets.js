// Owns which sheet of the Connections screen stands for which name.
import { html, nothing } from "lit";

import "./add-connection.js";
import "./forget-connection.js";
import "./read-token.js";
import "./rename-connection.js";
import "./replace-secret.js";
import "./set-network.js";
import "./set-rate.js";
import "./sign-in-again.js";
import "./sign-out.js";

/**
 * @import { Application } from "../../application.js"
 * @import { ConnectionCard } from "../../generated/ConnectionCard.ts"
 * @typedef {"add" | "rename" | "replace" | "forget" | "sign-in" | "sign-out" | "rate" | "network" | "token"} SheetName
 */

/** Those that need a card. @type {Partial<Record<SheetName, (app: Application, card: ConnectionCard, closed: () => void) => unknown>>} */
const OF_CARDS = {
  "rename": (app, card, closed) => html`<rename-connection data-sheet .app=${app} .card=${card} @closed=${closed}></rename-connection>`,
  "replace": (app, card, closed) => html`<replace-secret data-sheet .app=${app} .card=${card} @closed=${closed}></replace-secret>`,
  "forget": (app, card, closed) => html`<forget-connection data-sheet .app=${app} .card=${card} @closed=${closed}></forget-connection>`,
  "sign-in": (app, card, closed) => html`<sign-in-again data-sheet .app=${app} .card=${card} @closed=${closed}></sign-in-again>`,
  "sign-out": (app, card, closed) => html`<sign-out data-sheet .app=${app} .card=${card} @closed=${closed}></sign-out>`,
  "rate": (app, card, closed) => html`<set-rate data-sheet .app=${app} .card=${card} @closed=${closed}></set-rate>`,
  "network": (app, card, closed) => html`<set-network data-sheet .app=${app} .card=${card} @closed=${closed}></set-network>`,
};

/** @param {SheetName | null} name @param {Application} app @param {ConnectionCard | null} card @param {() => void} closed */
export function sheetShown(name, app, card, closed) {
  if (name === "add") return html`<add-connection data-sheet .app=${app} @closed=${closed}></add-connection>`;
  if (name === "token") return html`<read-token data-sheet .app=${app} @closed=${closed}></read-token>`;
  return (name && card && OF_CARDS[name]?.(app, card, closed)) ?? nothing;
}
