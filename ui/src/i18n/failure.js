// Owns the words of a failure: what happened, what is true now, what to do. Chosen by code, never by message; where a code
// stands for many reasons, the backend's own sentence names the one.
import { text } from "./text.js";
import { duration } from "./format.js";

/** @import { Failure } from "../generated/Failure.ts" */

/**
 * @param {Failure} failure
 * @returns {{ happened: string, now: string, next: string, serverWords: string | null, code: string }}
 */
export function failureWords(failure) {
  const id = `error-${failure.code}`;
  const wait = failure.waitSeconds === null ? null : text("error-wait", { time: duration(failure.waitSeconds * 1000) });
  return {
    happened: text(id),
    now: text(`${id}.now`),
    next: wait ?? text(`${id}.next`),
    serverWords: failure.serverWords,
    code: failure.code,
  };
}

/** Codes that stand for many reasons: the failure's own sentence names the one, and the code's step follows. */
const NAMES_REASON = new Set([
  "access-not-enabled",
  "answer-unreadable",
  "credential-refused",
  "not-permitted",
  "refused",
  "server-failed",
  "sign-in-refused",
]);

/** Codes whose own sentences are complete wherever they are made: what was typed, who holds the port. */
const SAYS_ALL = new Set(["callback-port-held", "input-invalid"]);

/** The failure's own sentences, where they say more than its code. @param {Failure} failure @returns {string | null} */
function ownWords(failure) {
  const { code, message, saysAll, waitSeconds } = failure;
  if (!message) return null;
  const step = failureWords(failure).next;
  if (saysAll || SAYS_ALL.has(code)) return waitSeconds === null ? message : `${message} ${step}`;
  return NAMES_REASON.has(code) ? `${message} ${step}` : null;
}

/** What stands under "what happened": what is known of it, what is true now, what to do. @param {Failure} failure */
export function failureAdvice(failure) {
  const { now, next } = failureWords(failure);
  return ownWords(failure) ?? `${now} ${next}`;
}

/** What to do and why, for where something else says what is true now. @param {Failure} failure */
export function failureStep(failure) {
  return ownWords(failure) ?? failureWords(failure).next;
}

/** All of it, for where nothing stands above. @param {Failure} failure */
export function failureSentences(failure) {
  return ownWords(failure) ?? `${failureWords(failure).happened} ${failureAdvice(failure)}`;
}

/** One sentence beside the field that a failure belongs to. @param {Failure} failure */
export function failureAtField(failure) {
  const saysMore = failure.code === "not-found" || ownWords(failure) !== null;
  return saysMore && failure.message ? failure.message : failureWords(failure).happened;
}

/** One or two words for lists and badges. @param {Failure} failure */
export function failureState(failure) {
  return text(`error-${failure.code}.state`);
}

/** The verb on the button of a failure's action, or null where there is nothing to press. @param {Failure} failure */
export function actionWord(failure) {
  return failure.action === "none" ? null : text(`action-${failure.action}`);
}

/** Plain text for "Copy details": no secret can be in it, a failure holds none. @param {Failure} failure */
export function failureDetails(failure) {
  const { happened, now, next, serverWords } = failureWords(failure);
  return [failure.code, happened, now, next, failure.message, serverWords].filter(Boolean).join("\n");
}
