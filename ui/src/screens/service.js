// Owns what the page knows of services and kinds of connections: the drawing of one, whom the other stands for.

/**
 * @import { ConnectionKind } from "../generated/ConnectionKind.ts"
 * @import { Service } from "../generated/Service.ts"
 * @import { IconName } from "../components/icon.js"
 */

/** @type {Record<Service, IconName>} */
const ICONS = { hyperproof: "shield-check", hypothesis: "speech", practice: "flask" };

/** @param {Service} service @returns {IconName} */
export function serviceIcon(service) {
  return ICONS[service];
}

/** The kinds that act for one account of Hypothesis, known by name or not. @type {Set<ConnectionKind>} */
const OF_ACCOUNTS = new Set(["hypothesisPersonalToken", "hypothesisSignIn", "hypothesisGrantToken"]);

/** @param {ConnectionKind} kind */
export function standsForAccount(kind) {
  return OF_ACCOUNTS.has(kind);
}
