// Owns what the banner of the form says: how the last write or reading ended, what is true now, what to do.
// Must not claim more than the outcome says.
import { failureAdvice, failureAtField, failureSentences, failureWords } from "../../i18n/failure.js";
import { number } from "../../i18n/format.js";
import { text } from "../../i18n/text.js";
import { nothingWritten, wantedOf } from "./account-words.js";

/**
 * @import { ConnectionCard } from "../../generated/ConnectionCard.ts"
 * @import { Failure } from "../../generated/Failure.ts"
 * @import { Difference, Form, Result } from "./account-form.js"
 * @import { Wanted } from "./account-words.js"
 * @typedef {object} BannerWords
 * @property {"bad" | "warn" | "info"} tone
 * @property {string} fact
 * @property {string} advice
 * @property {string | null} [serverWords]
 * @property {Wanted | null} [wanted]
 */

/** The service's own names of the fields, beside what it has. */
const NAMES = { username: "username", email: "email", displayName: "display_name" };

/** Codes that mean the network, not the service. */
const OFFLINE = ["host-unknown", "unreachable"];

/** @param {Difference[]} found */
const there = (found) => found.map(({ field, there }) => `${NAMES[field]}: '${there}'`).join(", ");

/** @param {boolean} created */
const notDone = (created) => text(created ? "accounts-not-created" : "accounts-not-changed");

/** @param {Extract<Result, { is: "differs" }>} result @param {boolean} created @returns {BannerWords} */
function differs({ differences, asBefore, account }, created) {
  const serverWords = there(differences);
  if (created) {
    const fact = text("accounts-differs-created", { username: account.username });
    return { tone: "warn", fact, advice: text("accounts-differs-created.advice"), serverWords, wanted: "openThere" };
  }
  if (!asBefore) return { tone: "warn", fact: text("accounts-differs"), advice: text("accounts-differs.advice"), serverWords };
  const guess = differences.some(({ field }) => field === "email") ? ` ${text("accounts-email-perhaps-taken")}` : "";
  return { tone: "bad", fact: notDone(false), advice: `${text("accounts-as-before")}${guess}` };
}

/** @param {Failure[]} failures @param {boolean} created @returns {BannerWords} */
function refused(failures, created) {
  const again = text(created ? "accounts-refused-create" : "accounts-refused-save");
  const fact = notDone(created);
  const elsewhere = failures.find(({ field }) => field === null || field === "authority");
  if (elsewhere) {
    const words = elsewhere.field === "authority" ? text("accounts-refused-authority") : failureAtField(elsewhere);
    return { tone: "bad", fact, advice: words, serverWords: elsewhere.serverWords };
  }
  if (failures.every(({ code }) => code === "input-invalid")) return { tone: "bad", fact, advice: text("accounts-refused-here", { again }) };
  const [first] = failures;
  const one = failures.length === 1 && first?.field;
  const what = one ? text(`accounts-refused-${first.field}`) : text("accounts-refused-several", { count: number(failures.length) });
  return { tone: "bad", fact, advice: text("accounts-refused", { what, again }) };
}

/** @param {Form} form @returns {BannerWords | null} */
export function resultWords({ base, result }) {
  const created = base === null;
  switch (result?.is) {
    case "doneReadBack":
      return { tone: "info", fact: text("accounts-done-read-back"), advice: "" };
    case "gone":
      return { tone: "warn", fact: text("accounts-gone"), advice: text("accounts-gone.advice") };
    case "notThere":
      return { tone: "info", fact: text("accounts-not-there"), advice: text("accounts-not-there.advice") };
    case "differs":
      return differs(result, created);
    case "refused":
      return refused(result.failures, created);
    case "notDone":
      return {
        tone: "bad",
        fact: notDone(created),
        advice: nothingWritten(result.failure, created),
        serverWords: result.failure.serverWords,
        wanted: wantedOf(result.failure),
      };
    case "failed": {
      const advice = failureSentences(result.failure);
      return { tone: "bad", fact: notDone(created), advice, serverWords: result.failure.serverWords, wanted: wantedOf(result.failure) };
    }
    case "unknown": {
      const fact = text(created ? "accounts-unknown-created" : "accounts-unknown-changed");
      return { tone: "warn", fact, advice: text("accounts-unknown-advice"), serverWords: result.failure.serverWords };
    }
    default:
      return null;
  }
}

/** A question to the server that failed. @param {Failure} failure @returns {BannerWords} */
export function questionWords(failure) {
  if (failure.code === "input-invalid") {
    return { tone: "bad", fact: text("accounts-not-asked"), advice: failure.message, serverWords: failure.serverWords };
  }
  const words = failureWords(failure);
  const offline = OFFLINE.includes(failure.code);
  const advice = offline ? `${words.happened} ${text("accounts-offline-advice")}` : failureSentences(failure);
  return { tone: "bad", fact: text("accounts-not-asked"), advice, serverWords: failure.serverWords, wanted: wantedOf(failure) };
}

/** What the connection's card says is wrong with it, or null. @param {ConnectionCard} card @returns {BannerWords | null} */
export function connectionWords({ state }) {
  if (state.is !== "failing") return null;
  const { failure } = state;
  if (OFFLINE.includes(failure.code)) return { tone: "info", fact: text("accounts-offline"), advice: text("accounts-offline-advice") };
  const { happened } = failureWords(failure);
  return { tone: "bad", fact: happened, advice: failureAdvice(failure), wanted: wantedOf(failure) };
}
