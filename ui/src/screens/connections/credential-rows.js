// Owns the rows of the card's credential: what is kept where, how old it is, how fast and by which way calls go.
import { daysSince, day, duration, fullDate, moment, number } from "../../i18n/format.js";
import { text } from "../../i18n/text.js";
import { keepsSecret } from "./connection-words.js";

/**
 * @import { CallShown } from "../../generated/CallShown.ts"
 * @import { ConnectionCard } from "../../generated/ConnectionCard.ts"
 * @import { Definition } from "../../components/definition-list.js"
 */

/** Kinds whose calls carry a token that the secret buys. */
const BUYS_TOKENS = new Set(["hyperproofClientCredentials", "hyperproofAuthorizationCode", "hypothesisSignIn", "hypothesisGrantToken"]);

/** "Today, 14:30 · GET /v1/users/me · 403" @param {CallShown} call @returns {Definition} */
function refusalRow(call) {
  const outcome = call.status ?? call.code ?? "";
  const note = `${call.method} ${call.path} · ${outcome}`;
  return { name: text("credential-last-refusal"), value: moment(call.at), note, hover: fullDate(call.at) };
}

/** @param {ConnectionCard} card @returns {Definition[]} */
function secretRows(card) {
  const { kind, keeping, scopes, clientId, authority, userid } = card;
  const where = text(keeping === "keychain" ? "credential-in-keychain" : "credential-this-run");
  const kept = keepsSecret(kind) || kind === "practice";
  return [
    clientId ? { name: text("credential-client-id"), value: clientId, mono: true, copy: clientId } : null,
    kept ? { name: text("credential-secret"), value: where, quiet: true } : null,
    kind === "hypothesisSignIn" ? { name: text("credential-refresh"), value: card.signIn?.signedIn ? where : text("credential-none"), quiet: true } : null,
    authority ? { name: text("credential-authority"), value: authority } : null,
    userid ? { name: text("credential-userid"), value: userid, mono: true } : null,
    kind.startsWith("hyperproof")
      ? { name: text("credential-scopes"), value: scopes ?? text("credential-scopes-all"), mono: Boolean(scopes), quiet: !scopes }
      : null,
  ].filter((row) => row !== null);
}

/** "Renews in 41 min · memory only" @param {ConnectionCard} card @param {Date} now @returns {Definition[]} */
function tokenRows({ kind, accessTokenExpires }, now) {
  if (!BUYS_TOKENS.has(kind)) return [];
  const name = text("credential-access-token");
  if (!accessTokenExpires) return [{ name, value: text("credential-token-none"), quiet: true }];
  const left = new Date(accessTokenExpires).getTime() - now.getTime();
  const minutes = Math.floor(left / 60_000);
  const value = left <= 0 ? text("credential-token-due") : text("credential-token-renews", { time: minutes > 0 ? text("credential-minutes", { minutes }) : duration(left) });
  return [{ name, value, note: text("credential-memory-only"), hover: fullDate(accessTokenExpires) }];
}

/** @param {ConnectionCard} card @returns {Definition[]} */
function ageRows({ kind, secretSaved }) {
  if (kind === "hypothesisAnonymous") return [];
  const days = daysSince(secretSaved);
  const name = text("credential-age");
  const note = text("credential-saved", { day: day(secretSaved) });
  const age = { name, value: text("credential-days", { days: days ?? 0 }), note, hover: fullDate(secretSaved) };
  if (kind === "practice" || kind === "hypothesisSignIn") return [age];
  const expiry = text(kind === "hypothesisPersonalToken" ? "credential-expiry-never" : "credential-expiry-untold");
  return [age, { name: text("credential-expiry"), value: expiry, quiet: true }];
}

/** @param {ConnectionCard} card @returns {Definition} */
function rateRow({ ratePerSecond, burst, rateChosen }) {
  const name = text("credential-rate");
  const action = { id: "rate", word: text("credential-change") };
  if (ratePerSecond === null) return { name, value: text("credential-rate-learned"), quiet: true, action };
  const notes = [burst === null ? null : text("credential-burst", { burst: number(burst) }), rateChosen ? text("credential-rate-own") : null];
  return { name, value: text("credential-rate-value", { rate: number(ratePerSecond) }), note: notes.filter(Boolean).join(" · "), action };
}

/** @param {ConnectionCard} card @returns {Definition[]} */
function networkRows({ kind, network }) {
  if (kind === "practice") return [];
  const { proxy, proxyAddress, proxyUsername, certificate } = network;
  const value = proxy === "address" ? text("network-address", { address: proxyAddress ?? "" }) : text(`network-${proxy}`);
  const notes = [
    proxy === "address" && proxyUsername ? text("network-as", { username: proxyUsername }) : null,
    certificate ? text("network-certificate", { name: certificate }) : null,
  ];
  return [{ name: text("credential-network"), value, note: notes.filter(Boolean).join(" · "), action: { id: "network", word: text("credential-change") } }];
}

/** @param {ConnectionCard} card @returns {Definition[]} */
function useRows({ lastUse, lastRefusal }) {
  const use = lastUse
    ? { name: text("credential-last-use"), value: moment(lastUse), hover: fullDate(lastUse) }
    : { name: text("credential-last-use"), value: text("credential-never"), quiet: true };
  return [use, lastRefusal ? refusalRow(lastRefusal) : { name: text("credential-last-refusal"), value: text("credential-none"), quiet: true }];
}

/** @param {ConnectionCard} card @param {Date} [now] @returns {Definition[]} */
export function credentialRows(card, now = new Date()) {
  return [...secretRows(card), ...tokenRows(card, now), ...ageRows(card), rateRow(card), ...networkRows(card), ...useRows(card)];
}
