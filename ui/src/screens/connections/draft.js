// Owns the form's values: what was typed, what of it a kind uses, and the faults that are known before anything is sent.
// Must not be stricter than the domain's own rules: the backend checks again.
import { addressFault, hostOf } from "./address.js";
import { networkDraftOf, networkFields, networkFaultAt, noNetwork } from "./network.js";

/**
 * @import { ConnectionKind } from "../../generated/ConnectionKind.ts"
 * @import { ConnectionDraft } from "../../generated/ConnectionDraft.ts"
 * @import { Field } from "../../generated/Field.ts"
 * @import { Region } from "../../generated/Region.ts"
 * @import { NetworkTyped } from "./network.js"
 * @typedef {object} OwnTyped everything typed of the kinds themselves, whichever kind shows it
 * @property {string} label
 * @property {Region} region
 * @property {string} server Hypothesis: the server
 * @property {string} apiAddress Hyperproof, custom: the API
 * @property {string} tokenAddress Hyperproof, custom: the token endpoint
 * @property {string} tokenChoice Hyperproof, EU and Gov: the token endpoint chosen
 * @property {string} authorizeAddress Hyperproof's sign-in: the page where the person signs in
 * @property {string} callbackPort sign-in: the port that the browser comes back to
 * @property {string} clientId
 * @property {string} authority
 * @property {string} userid grant token: the account it stands for
 * @property {string} scopes
 * @property {string} secret
 * @property {boolean} thisRunOnly
 * @typedef {OwnTyped & NetworkTyped} Typed
 * @typedef {{ field: Field, words: string }} Fault `words` is a Fluent id
 */

export { hostOf };

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
const LONGEST_USERID = 300;
const HYPOTHESIS = "https://hypothes.is";

/** The port of the callback unless another is typed (domain: USUAL_CALLBACK_PORT). */
export const USUAL_CALLBACK_PORT = "47811";

/** Values that are secrets: they go when the form closes, after a save and after five minutes. */
export const SECRETS = /** @type {const} */ (["secret", "proxyPassword"]);

/** Kinds that a person signs in to through the browser. @param {ConnectionKind} kind */
export const signsIn = (kind) => kind === "hypothesisSignIn" || kind === "hyperproofAuthorizationCode";

/** @param {ConnectionKind} kind */
const isHyperproof = (kind) => kind.startsWith("hyperproof");

/** @returns {Typed} */
export function nothingTyped() {
  return {
    label: "",
    region: "us",
    server: HYPOTHESIS,
    apiAddress: "",
    tokenAddress: "",
    tokenChoice: "",
    authorizeAddress: "",
    callbackPort: USUAL_CALLBACK_PORT,
    clientId: "",
    authority: "",
    userid: "",
    scopes: "",
    secret: "",
    thisRunOnly: false,
    ...noNetwork(),
  };
}

/** Whether closing would lose something. @param {Typed} typed */
export function isDirty(typed) {
  const empty = nothingTyped();
  const chosen = ["thisRunOnly", "region", "proxy"];
  return Object.entries(empty).some(([name, value]) => !chosen.includes(name) && typed[/** @type {keyof Typed} */ (name)] !== value);
}

/** What was typed without its secrets. @param {Typed} typed @returns {Typed} */
export function withoutSecrets(typed) {
  return { ...typed, ...Object.fromEntries(SECRETS.map((name) => [name, ""])) };
}

/** Whether a secret stands in the form. @param {Typed} typed */
export const holdsSecret = (typed) => SECRETS.some((name) => typed[name] !== "");

/** @param {Region} region @returns {Field[]} */
function hyperproofAddresses(region) {
  if (region === "us") return ["region"];
  return region === "custom" ? ["region", "tokenAddress", "apiAddress"] : ["region", "tokenAddress"];
}

/** @type {Record<ConnectionKind, (region: Region) => Field[]>} */
const FIELDS = {
  practice: () => [],
  hypothesisPersonalToken: () => ["apiAddress", "secret"],
  hypothesisAnonymous: () => ["apiAddress"],
  hypothesisSignIn: () => ["apiAddress", "clientId", "callbackPort"],
  hypothesisClientCredentials: () => ["apiAddress", "authority", "clientId", "secret"],
  hypothesisGrantToken: () => ["apiAddress", "clientId", "secret", "userid"],
  hyperproofClientCredentials: (region) => [...hyperproofAddresses(region), "clientId", "secret", "scopes"],
  hyperproofAuthorizationCode: (region) => [
    ...hyperproofAddresses(region),
    "authorizeAddress",
    "callbackPort",
    "clientId",
    "secret",
    "scopes",
  ],
};

/** The fields of a kind, in the order of the form. @param {ConnectionKind} kind @param {Region} region @returns {Field[]} */
export function fieldsOf(kind, region) {
  return ["label", ...FIELDS[kind](region)];
}

/** @param {ConnectionKind} kind @param {Typed} typed */
function addresses(kind, typed) {
  if (kind === "practice") return { apiAddress: "", tokenAddress: "" };
  if (!isHyperproof(kind)) return { apiAddress: typed.server.trim(), tokenAddress: "" };
  if (typed.region === "custom") return { apiAddress: typed.apiAddress.trim(), tokenAddress: typed.tokenAddress.trim() };
  return { apiAddress: "", tokenAddress: typed.region === "us" ? "" : typed.tokenChoice };
}

/** What is sent: only what the kind uses. @param {ConnectionKind} kind @param {Typed} typed @returns {ConnectionDraft} */
export function draftOf(kind, typed) {
  const uses = new Set(fieldsOf(kind, typed.region));
  /** @param {"clientId" | "authority" | "scopes" | "userid" | "authorizeAddress"} name */
  const used = (name) => (uses.has(name) ? typed[name].trim() : "");
  return {
    kind,
    label: typed.label.trim(),
    region: uses.has("region") ? typed.region : null,
    ...addresses(kind, typed),
    clientId: used("clientId"),
    authority: used("authority"),
    scopes: used("scopes"),
    secret: uses.has("secret") ? typed.secret : "",
    userid: used("userid"),
    authorizeAddress: used("authorizeAddress"),
    callbackPort: uses.has("callbackPort") ? Number(typed.callbackPort.trim()) : null,
    network: kind === "practice" ? null : networkDraftOf(typed),
    thisRunOnly: typed.thisRunOnly,
  };
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

/** @param {string} text */
function useridFault(text) {
  const value = text.trim();
  if (!value) return "fault-empty-userid";
  return /^acct:[^@\s]+@[^@\s]+$/.test(value) && value.length <= LONGEST_USERID ? null : "fault-userid";
}

/** @param {string} text */
function portFault(text) {
  const value = text.trim();
  const port = /^\d{1,5}$/.test(value) ? Number(value) : 0;
  return port >= 1024 && port <= 65_535 ? null : "fault-port";
}

/** @type {Partial<Record<Field, (typed: Typed, kind: ConnectionKind) => string | null>>} */
const FAULTS = {
  label: ({ label }) => labelFault(label, false),
  apiAddress: (typed, kind) => addressFault(isHyperproof(kind) ? typed.apiAddress : typed.server, "fault-empty-apiAddress"),
  tokenAddress: ({ region, tokenChoice, tokenAddress }) => {
    if (region !== "custom") return tokenChoice ? null : "fault-token-choice";
    return addressFault(tokenAddress, "fault-empty-tokenAddress");
  },
  authorizeAddress: ({ authorizeAddress }) => addressFault(authorizeAddress, "fault-empty-authorizeAddress"),
  callbackPort: ({ callbackPort }) => portFault(callbackPort),
  clientId: ({ clientId }) => clientIdFault(clientId),
  authority: ({ authority }) => authorityFault(authority),
  userid: ({ userid }) => useridFault(userid),
  secret: ({ secret }, kind) => secretFault(kind, secret),
};

/** Faults in the order of the form. @param {ConnectionKind} kind @param {Typed} typed @returns {Fault[]} */
export function faultsOf(kind, typed) {
  const own = fieldsOf(kind, typed.region).map((field) => ({ field, words: FAULTS[field]?.(typed, kind) ?? null }));
  const network = kind === "practice" ? [] : networkFields(typed);
  const all = [...own, ...network.map((field) => ({ field, words: networkFaultAt(field, typed) }))];
  return all.flatMap(({ field, words }) => (words ? [{ field, words }] : []));
}
