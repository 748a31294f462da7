// Owns the form's values: what was typed, what of it a kind uses, and the faults that are known before anything is sent.
// Must not be stricter than the domain's own rules: the backend checks again.

/**
 * @import { ConnectionKind } from "../../generated/ConnectionKind.ts"
 * @import { ConnectionDraft } from "../../generated/ConnectionDraft.ts"
 * @import { Field } from "../../generated/Field.ts"
 * @import { Region } from "../../generated/Region.ts"
 * @typedef {object} Typed everything typed, whichever kind shows it
 * @property {string} label
 * @property {Region} region
 * @property {string} server Hypothesis: the server
 * @property {string} apiAddress Hyperproof, custom: the API
 * @property {string} tokenAddress Hyperproof, custom: the token endpoint
 * @property {string} tokenChoice Hyperproof, EU and Gov: the token endpoint chosen
 * @property {string} clientId
 * @property {string} authority
 * @property {string} scopes
 * @property {string} secret
 * @property {boolean} thisRunOnly
 * @typedef {{ field: Field, words: string }} Fault `words` is a Fluent id
 */

/** Hyperproof's instances: the API's host and the candidates for the token endpoint (domain: Region). */
export const REGIONS = /** @type {const} */ ({
  us: { api: "api.hyperproof.app", tokens: ["https://accounts.hyperproof.app/oauth/token"] },
  eu: {
    api: "api.hyperproof.eu",
    tokens: ["https://accounts.hyperproof.app/oauth/token", "https://accounts.hyperproof.eu/oauth/token"],
  },
  gov: {
    api: "api.hyperproofgov.app",
    tokens: ["https://accounts.hyperproof.app/oauth/token", "https://accounts.hyperproofgov.app/oauth/token"],
  },
});

const LONGEST_LABEL = 80;
const LONGEST_CLIENT_ID = 200;
const LONGEST_SECRET = 2_560;
const HYPOTHESIS = "https://hypothes.is";

/** @returns {Typed} */
export function nothingTyped() {
  return {
    label: "",
    region: "us",
    server: HYPOTHESIS,
    apiAddress: "",
    tokenAddress: "",
    tokenChoice: "",
    clientId: "",
    authority: "",
    scopes: "",
    secret: "",
    thisRunOnly: false,
  };
}

/** Whether closing would lose something. @param {Typed} typed */
export function isDirty(typed) {
  const empty = nothingTyped();
  return Object.entries(empty).some(([name, value]) => name !== "thisRunOnly" && name !== "region" && typed[/** @type {keyof Typed} */ (name)] !== value);
}

/** The fields of a kind, in the order of the form. @param {ConnectionKind} kind @param {Region} region @returns {Field[]} */
export function fieldsOf(kind, region) {
  if (kind === "practice") return ["label"];
  if (kind === "hypothesisPersonalToken") return ["label", "apiAddress", "secret"];
  if (kind === "hypothesisClientCredentials") return ["label", "apiAddress", "authority", "clientId", "secret"];
  if (region === "us") return ["label", "region", "clientId", "secret", "scopes"];
  if (region === "custom") return ["label", "region", "tokenAddress", "apiAddress", "clientId", "secret", "scopes"];
  return ["label", "region", "tokenAddress", "clientId", "secret", "scopes"];
}

/** @param {ConnectionKind} kind @param {Typed} typed */
function addresses(kind, typed) {
  if (kind !== "hyperproofClientCredentials") return { apiAddress: typed.server.trim(), tokenAddress: "" };
  if (typed.region === "custom") return { apiAddress: typed.apiAddress.trim(), tokenAddress: typed.tokenAddress.trim() };
  return { apiAddress: "", tokenAddress: typed.region === "us" ? "" : typed.tokenChoice };
}

/** What is sent: only what the kind uses. @param {ConnectionKind} kind @param {Typed} typed @returns {ConnectionDraft} */
export function draftOf(kind, typed) {
  const uses = new Set(fieldsOf(kind, typed.region));
  const { apiAddress, tokenAddress } = kind === "practice" ? { apiAddress: "", tokenAddress: "" } : addresses(kind, typed);
  return {
    kind,
    label: typed.label.trim(),
    region: uses.has("region") ? typed.region : null,
    apiAddress,
    tokenAddress,
    clientId: uses.has("clientId") ? typed.clientId.trim() : "",
    authority: uses.has("authority") ? typed.authority.trim() : "",
    scopes: uses.has("scopes") ? typed.scopes.trim() : "",
    secret: uses.has("secret") ? typed.secret : "",
    thisRunOnly: typed.thisRunOnly,
  };
}

/** @param {string} text @param {string} empty @returns {string | null} a Fluent id */
function addressFault(text, empty) {
  if (!text.trim()) return empty;
  const url = parsed(text.trim());
  if (!url || !/^https?:$/.test(url.protocol) || !url.hostname) return "fault-address";
  if (url.username || url.password) return "fault-address-user";
  if (url.search || url.hash || /[?#]/.test(text)) return "fault-address-extra";
  const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
  return url.protocol === "http:" && !loopback ? "fault-address-insecure" : null;
}

/** @param {string} text */
function parsed(text) {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** The host of an address that could be saved, with the port where it is unusual. @param {string} text */
export function hostOf(text) {
  return addressFault(text, "fault-empty-apiAddress") ? null : (parsed(text.trim())?.host ?? null);
}

/** @param {string} text */
function clientIdFault(text) {
  const value = text.trim();
  if (!value) return "fault-empty-clientId";
  if (value.includes(":")) return "fault-client-id-colon";
  if (/[^\x20-\x7e]/.test(value)) return "fault-client-id-ascii";
  return value.length > LONGEST_CLIENT_ID ? "fault-client-id-long" : null;
}

/** @param {ConnectionKind} kind @param {string} secret */
export function secretFault(kind, secret) {
  const token = kind === "hypothesisPersonalToken";
  if (!secret.trim()) return token ? "fault-empty-token" : "fault-empty-secret";
  if (new TextEncoder().encode(secret).length > LONGEST_SECRET) return "fault-secret-long";
  return token && /[^\x21-\x7e]/.test(secret.trim()) ? "fault-token-ascii" : null;
}

/** @param {string} label @param {boolean} needed */
export function labelFault(label, needed) {
  if (needed && !label.trim()) return "fault-label-empty";
  return [...label.trim()].length > LONGEST_LABEL ? "fault-label-long" : null;
}

/** @param {string} text */
function authorityFault(text) {
  const value = text.trim();
  if (!value) return "fault-empty-authority";
  return /[\s@/?#:]/.test(value) || value.length > 255 ? "fault-authority" : null;
}

/** @param {Field} field @param {ConnectionKind} kind @param {Typed} typed @returns {string | null} */
function faultAt(field, kind, typed) {
  const hyperproof = kind === "hyperproofClientCredentials";
  if (field === "label") return labelFault(typed.label, false);
  if (field === "apiAddress") return addressFault(hyperproof ? typed.apiAddress : typed.server, "fault-empty-apiAddress");
  if (field === "tokenAddress" && typed.region !== "custom") return typed.tokenChoice ? null : "fault-token-choice";
  if (field === "tokenAddress") return addressFault(typed.tokenAddress, "fault-empty-tokenAddress");
  if (field === "clientId") return clientIdFault(typed.clientId);
  if (field === "authority") return authorityFault(typed.authority);
  return field === "secret" ? secretFault(kind, typed.secret) : null;
}

/** Faults in the order of the form. @param {ConnectionKind} kind @param {Typed} typed @returns {Fault[]} */
export function faultsOf(kind, typed) {
  return fieldsOf(kind, typed.region).flatMap((field) => {
    const words = faultAt(field, kind, typed);
    return words ? [{ field, words }] : [];
  });
}
