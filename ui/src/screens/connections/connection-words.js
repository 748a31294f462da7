// Owns the words and marks of a connection: kind, state, binding, rows of the card.
import { failureState } from "../../i18n/failure.js";
import { daysSince, day, fullDate, moment, number } from "../../i18n/format.js";
import { hasText, text } from "../../i18n/text.js";

/**
 * @import { ConnectionCard } from "../../generated/ConnectionCard.ts"
 * @import { ConnectionKind } from "../../generated/ConnectionKind.ts"
 * @import { CallShown } from "../../generated/CallShown.ts"
 * @import { PermissionShown } from "../../generated/PermissionShown.ts"
 * @import { Definition } from "../../components/definition-list.js"
 * @import { ItemGroup, ItemState, Tone } from "../../components/item-list.js"
 * @import { IconName } from "../../components/icon.js"
 * @import { Service } from "../../generated/Service.ts"
 * @import { KeychainState } from "../../generated/KeychainState.ts"
 */
import { serviceIcon } from "../service.js";

/** Failures that are a wait or a missing network, not a fault of the credential. */
const PASSING = new Set(["unreachable", "host-unknown", "timed-out", "cancelled", "quota-exceeded", "rate-limited", "server-failed"]);

/** @param {ConnectionKind} kind */
export const kindWords = (kind) => text(`kind-${kind}`);

/** @param {ConnectionCard} card @param {KeychainState} keychain @returns {ItemState} */
export function stateShown(card, keychain) {
  const { state } = card;
  if (state.is === "working") return { icon: "circle-tick", word: text("state-working"), tone: "ok" };
  if (state.is === "stopped") return { icon: "circle-dash", word: text("state-stopped"), tone: "quiet" };
  if (state.is === "notChecked") return { icon: "circle-dash", word: text("state-not-checked"), tone: "quiet" };
  if (state.is === "keychainUnavailable") {
    const vague = keychain === "unlocked" || keychain === "asking";
    const known = vague ? text("state-keychain-unavailable") : text(`keychain-${keychain}`);
    return { icon: "lock", word: known, tone: "bad" };
  }
  const { failure } = state;
  if (failure.code === "credential-refused") {
    const word = card.kind === "hypothesisPersonalToken" ? "state-token-refused" : "state-secret-refused";
    return { icon: "octagon-cross", word: text(word), tone: "bad" };
  }
  const passing = PASSING.has(failure.code);
  return { icon: passing ? "triangle" : "octagon-cross", word: failureState(failure), tone: passing ? "warn" : "bad" };
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
  if (card.secretHost === card.apiHost) return text("binding-one", { host: card.apiHost });
  return text("binding-two", { secret: card.secretHost, api: card.apiHost });
}

/** @param {ConnectionCard} card */
export function keepingSentence(card) {
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
          icon: serviceIcon(service),
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

/** "Today, 14:30 · GET /v1/users/me · 403" @param {CallShown} call @returns {Partial<Definition>} */
function refusal(call) {
  const outcome = call.status ?? call.code ?? "";
  return { value: moment(call.at), note: `${call.method} ${call.path} · ${outcome}`, hover: fullDate(call.at) };
}

/** @param {ConnectionCard} card @returns {Definition[]} */
export function credentialRows(card) {
  const { clientId, authority } = card;
  const days = daysSince(card.secretSaved);
  /** @type {(Definition | null)[]} */
  const rows = [
    clientId ? { name: text("credential-client-id"), value: clientId, mono: true, copy: clientId } : null,
    { name: text("credential-secret"), value: text(card.keeping === "keychain" ? "credential-in-keychain" : "credential-this-run"), quiet: true },
    authority ? { name: text("credential-authority"), value: authority } : null,
    card.kind === "hyperproofClientCredentials"
      ? { name: text("credential-scopes"), value: card.scopes ?? text("credential-scopes-all"), mono: Boolean(card.scopes), quiet: !card.scopes }
      : null,
    {
      name: text("credential-age"),
      value: text("credential-days", { days: days ?? 0 }),
      note: text("credential-saved", { day: day(card.secretSaved) }),
      hover: fullDate(card.secretSaved),
    },
    card.ratePerSecond === null
      ? null
      : {
          name: text("credential-rate"),
          value: text("credential-rate-value", { rate: number(card.ratePerSecond) }),
          ...(card.burst === null ? {} : { note: text("credential-burst", { burst: number(card.burst) }) }),
        },
    card.lastUse
      ? { name: text("credential-last-use"), value: moment(card.lastUse), hover: fullDate(card.lastUse) }
      : { name: text("credential-last-use"), value: text("credential-never"), quiet: true },
    card.lastRefusal
      ? { name: text("credential-last-refusal"), value: "", ...refusal(card.lastRefusal) }
      : { name: text("credential-last-refusal"), value: text("credential-none"), quiet: true },
  ];
  return rows.filter((row) => row !== null);
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
