// Owns the addresses that a form stands for, in full: what a reviewer of the network asks for. Must not decide any.
import { text } from "../../i18n/text.js";
import { addressFault } from "./address.js";
import { REGIONS } from "./draft.js";

/**
 * @import { ConnectionKind } from "../../generated/ConnectionKind.ts"
 * @import { Definition } from "../../components/definition-list.js"
 * @import { Typed } from "./draft.js"
 */

/** @param {string} name the last part of a Fluent id @param {string} value @returns {Definition[]} */
function row(name, value) {
  return value ? [{ name: text(`address-${name}`), value, mono: true }] : [];
}

/** @param {string} address */
const whole = (address) => (addressFault(address, "empty") ? "" : address.trim().replace(/\/+$/, ""));

/** @param {Typed} typed */
function hyperproof({ region, apiAddress, tokenAddress, tokenChoice }) {
  if (region === "custom") return { api: whole(apiAddress), token: whole(tokenAddress) };
  return { api: `https://${REGIONS[region].api}/v1`, token: region === "us" ? REGIONS.us.tokens[0] : tokenChoice };
}

/** Which addresses calls, tokens and the sign-in's page have. @param {ConnectionKind} kind @param {Typed} typed @returns {Definition[]} */
export function addressRows(kind, typed) {
  if (kind.startsWith("hyperproof")) {
    const { api, token } = hyperproof(typed);
    const page = kind === "hyperproofAuthorizationCode" ? whole(typed.authorizeAddress) : "";
    return [...row("calls", api), ...row("tokens", token), ...row("sign-in", page)];
  }
  const server = whole(typed.server).replace(/\/api$/, "");
  if (!server) return [];
  const tokens = kind === "hypothesisSignIn" || kind === "hypothesisGrantToken" ? `${server}/api/token` : "";
  const page = kind === "hypothesisSignIn" ? `${server}/oauth/authorize` : "";
  return [...row("calls", `${server}/api`), ...row("tokens", tokens), ...row("sign-in", page)];
}
