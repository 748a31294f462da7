// Owns the words and marks of a connection: kind, state, binding, rows of the card.
import { failureState } from "../../i18n/failure.js";
import { hasText, text } from "../../i18n/text.js";

/**
 * @import { ConnectionCard } from "../../generated/ConnectionCard.ts"
 * @import { ConnectionKind } from "../../generated/ConnectionKind.ts"
 * @import { PermissionShown } from "../../generated/PermissionShown.ts"
 * @import { Definition } from "../../components/definition-list.js"
 * @import { ItemGroup, ItemState, Tone } from "../../components/item-list.js"
 * @import { IconName } from "../../components/icon.js"
 * @import { Service } from "../../generated/Service.ts"
 * @import { KeychainState } from "../../generated/KeychainState.ts"
 */
import { serviceIcon } from "../service.js";

/** Failures that are a wait or a missing network, not a fault of the credential. */
const PASSING = new Set(["unreachable", "host-unknown", "timed-out", "cancelled", "quota-exceeded", "rate-limited", "server-failed", "proxy-failed"]);

/** @param {ConnectionKind} kind */
export const kindWords = (kind) => text(`kind-${kind}`);

/** @param {ConnectionCard} card @param {KeychainState} keychain @returns {ItemState} */
export function stateShown(card, keychain) {
  const { state } = card;
  if (state.is === "working" && card.signIn?.endsSoon) return { icon: "clock", word: endsWords(card), tone: "warn" };
  if (state.is === "working") return { icon: "circle-tick", word: text("state-working"), tone: "ok" };
  if (state.is === "stopped") return { icon: "circle-dash", word: text("state-stopped"), tone: "quiet" };
  if (state.is === "notChecked") return { icon: "circle-dash", word: text("state-not-checked"), tone: "quiet" };
  if (state.is === "keychainUnavailable") {
    const vague = keychain === "unlocked" || keychain === "asking";
    const known = vague ? text("state-keychain-unavailable") : text(`keychain-${keychain}`);
    return { icon: "lock", word: known, tone: "bad" };
  }
  const { failure } = state;
  if (failure.code === "signed-out") return { icon: "octagon-cross", word: failureState(failure), tone: "bad" };
  if (failure.code === "credential-refused") {
    const word = card.kind === "hypothesisPersonalToken" ? "state-token-refused" : "state-secret-refused";
    return { icon: "octagon-cross", word: text(word), tone: "bad" };
  }
  const passing = PASSING.has(failure.code);
  return { icon: passing ? "triangle" : "octagon-cross", word: failureState(failure), tone: passing ? "warn" : "bad" };
}

/** @param {ConnectionCard} card @returns {IconName} */
export function cardIcon({ kind, service }) {
  return kind === "hypothesisAnonymous" ? "globe" : serviceIcon(service);
}

/** "2 days left" of a sign-in that rests. @param {ConnectionCard} card @param {Date} [now] */
function endsWords(card, now = new Date()) {
  const left = new Date(card.signIn?.restsUntil ?? "").getTime() - now.getTime();
  if (Number.isNaN(left)) return text("state-ends-soon");
  const hours = Math.max(0, Math.round(left / 3_600_000));
  return hours < 24 ? text("state-hours-left", { hours }) : text("state-days-left", { days: Math.round(hours / 24) });
}

/** "Client credentials · api.hyperproof.eu" @param {ConnectionCard} card */
export function secondLine(card) {
  const kind = card.kind === "practice" ? text("kind-practice-row") : kindWords(card.kind);
  const host = card.plainHttp ? text("row-plain-http", { host: card.apiHost }) : card.apiHost;
  return `${kind} · ${host}`;
}

/** "Hyperproof · Client credentials · EU" @param {ConnectionCard} card */
export function subtitle(card) {
  const region = card.region ? text(`region-${card.region}`) : null;
  const kind = card.kind === "practice" ? text("kind-practice-row") : kindWords(card.kind);
  return [text(`service-${card.service}`), kind, region].filter(Boolean).join(" · ");
}

/** @param {ConnectionCard} card */
export function bindingSentence(card) {
  if (card.kind === "practice") return text("binding-practice");
  if (card.kind === "hypothesisAnonymous") return text("binding-none", { host: card.apiHost });
  if (card.secretHost === card.apiHost) return text("binding-one", { host: card.apiHost });
  return text("binding-two", { secret: card.secretHost, api: card.apiHost });
}

/** @param {ConnectionCard} card */
export function keepingSentence(card) {
  if (card.kind === "hypothesisAnonymous") return text("binding-nothing-kept");
  return text(card.keeping === "keychain" ? "binding-keychain" : "binding-this-run");
}

/** Rows of the list, grouped by service. @param {ConnectionCard[]} cards @param {KeychainState} keychain @returns {ItemGroup[]} */
export function connectionGroups(cards, keychain) {
  const services = /** @type {Service[]} */ (["hyperproof", "hypothesis", "practice"]);
  return services
    .map((service) => ({
      id: service,
      label: text(`connections-group-${service}`),
      items: cards
        .filter((card) => card.service === service)
        .map((card) => ({
          id: card.id,
          title: card.label,
          detail: secondLine(card),
          icon: cardIcon(card),
          state: stateShown(card, keychain),
        })),
    }))
    .filter((group) => group.items.length > 0);
}

/** @param {ConnectionCard} card @returns {Definition[]} */
export function identityRows(card) {
  return card.identity.map(({ name, value }, place) => ({
    name: hasText(`identity-${name}`) ? text(`identity-${name}`) : name,
    value,
    strong: place === 0,
    mono: name === "userid",
  }));
}

/** @param {PermissionShown} permission @returns {{ icon: IconName, tone: Tone, name: string, words: string }} */
export function permissionShown({ name, state, status }) {
  const shown = hasText(`permission-${name}`) ? text(`permission-${name}`) : name;
  if (state === "allowed") {
    const special = `permission-allowed-${name}`;
    return { icon: "circle-tick", tone: "ok", name: shown, words: text(hasText(special) ? special : "permission-allowed") };
  }
  if (state === "refused") {
    const words = status === null ? text("permission-refused") : text("permission-refused-status", { status: String(status) });
    return { icon: "octagon-cross", tone: "bad", name: shown, words };
  }
  return { icon: "circle-dash", tone: "quiet", name: shown, words: text("permission-notAsked") };
}

/** What the services' own pages name first stands first. @param {PermissionShown[]} permissions */
export function permissionsInOrder(permissions) {
  const first = ["controls", "profile", "accounts"];
  const place = (/** @type {PermissionShown} */ { name }) => (first.includes(name) ? 0 : 1);
  return [...permissions].sort((one, other) => place(one) - place(other));
}

/** What a refusal probably lacks, in one sentence, or null where nothing is known. @param {ConnectionCard} card */
export function permissionAdvice({ kind, permissions }) {
  const refused = permissions.filter(({ name, state, status }) => state === "refused" && status === 403 && hasText(`scope-${name}`));
  const [first] = refused;
  if (!first || !kind.startsWith("hyperproof")) return null;
  const scopes = [...new Set(refused.map(({ name }) => text(`scope-${name}`)))];
  const name = text(`permission-${first.name}`);
  return { words: text("permission-advice", { count: refused.length, name }), scopes };
}

/** Whether the kind keeps a secret that can be replaced. @param {ConnectionKind} kind */
export const keepsSecret = (kind) => !["practice", "hypothesisAnonymous", "hypothesisSignIn"].includes(kind);
