// Owns the recognition of a value in the wrong box by its shape: a guess for a hint, never a reason to refuse.
// The shapes are those of the domain's CredentialShape.

/**
 * @import { ConnectionKind } from "../../generated/ConnectionKind.ts"
 * @typedef {"hypothesisPersonalToken" | "hypothesisAccessToken" | "hypothesisRefreshToken" | "hypothesisClientId" |
 *   "hyperproofClientId" | "jsonWebToken" | "address"} CredentialShape
 * @typedef {"label" | "clientId" | "secret" | "apiAddress" | "tokenAddress" | "authority" | "userid"} ShapedField
 * @typedef {{ kind: ConnectionKind, field: "clientId" | "secret" | "apiAddress" }} BetterPlace
 * `waits`: only worth a word once the field was left, since every value looks so while it is typed.
 * `advice`: what the box is for, where that is told in place of why the value looks odd.
 * @typedef {{ words: string, waits: boolean, why: Record<string, string | number>, wanted: string, advice?: string,
 *   better: BetterPlace | null }} ShapeHint
 */

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Boxes whose own words say what belongs there. @type {Partial<Record<ShapedField, string>>} */
const ADVICE = { label: "fault-label-empty", userid: "fault-userid" };

/** How far into a value its shape is looked for: every known shape is shorter, except web tokens. */
const LOOKED_AT = 4_000;

/** @param {string} typed @returns {CredentialShape | null} */
export function credentialShape(typed) {
  const value = typed.slice(0, LOOKED_AT).trim();
  if (value.startsWith("6879-")) return "hypothesisPersonalToken";
  if (value.startsWith("5768-")) return "hypothesisAccessToken";
  if (value.startsWith("4657-")) return "hypothesisRefreshToken";
  if (/^https?:\/\//.test(value)) return "address";
  if (value.startsWith("eyJ") && value.split(".").length === 3) return "jsonWebToken";
  if (/^[0-9a-f]{32}$/i.test(value)) return "hyperproofClientId";
  return UUID.test(value) ? "hypothesisClientId" : null;
}

/** Which shapes a box of a kind expects. @param {ConnectionKind} kind @param {ShapedField} field @returns {(CredentialShape | null)[]} */
function expected(kind, field) {
  if (field === "apiAddress" || field === "tokenAddress" || field === "label") return ["address", null];
  if (field === "clientId") return [kind.startsWith("hyperproof") ? "hyperproofClientId" : "hypothesisClientId", null];
  if (field === "secret" && kind === "hypothesisPersonalToken") return ["hypothesisPersonalToken"];
  return [null];
}

/** Where a value of a shape would be right. @param {ConnectionKind} kind @param {CredentialShape} shape @returns {BetterPlace | null} */
function betterPlace(kind, shape) {
  if (shape === "hypothesisPersonalToken") return { kind: "hypothesisPersonalToken", field: "secret" };
  if (shape === "hypothesisClientId") return { kind: "hypothesisClientCredentials", field: "clientId" };
  if (shape === "hyperproofClientId") return { kind: "hyperproofClientCredentials", field: "clientId" };
  if (shape === "address" && kind.startsWith("hypothesis")) return { kind, field: "apiAddress" };
  return null;
}

/** @param {ConnectionKind} kind @param {ShapedField} field */
function wanted(kind, field) {
  if (field === "secret") return kind === "hypothesisPersonalToken" ? "token" : "secret";
  return field === "apiAddress" || field === "tokenAddress" ? "address" : field;
}

/** Which of length and letters is unlike a Hyperproof client id's. @param {string} value @returns {ShapeHint} */
function oddClientId(value) {
  const length = [...value].length;
  const words = length === 32 ? "shape-letters" : "shape-length";
  return { words, waits: true, why: { length }, wanted: "clientId", better: null };
}

/**
 * What to say about a value in a box, or null where nothing looks odd.
 * @param {ConnectionKind} kind @param {ShapedField} field @param {string} typed
 * @returns {ShapeHint | null}
 */
export function shapeHint(kind, field, typed) {
  const value = typed.trim();
  if (!value) return null;
  const shape = credentialShape(value);
  const fits = expected(kind, field);
  if (shape && !fits.includes(shape)) {
    const better = betterPlace(kind, shape);
    return { words: `shape-${shape}`, waits: false, why: {}, wanted: wanted(kind, field), advice: ADVICE[field], better };
  }
  if (shape) return null;
  if (field === "secret" && kind === "hypothesisPersonalToken") {
    return { words: "shape-token", waits: true, why: {}, wanted: "token", better: null };
  }
  return field === "clientId" && kind.startsWith("hyperproof") ? oddClientId(value) : null;
}
