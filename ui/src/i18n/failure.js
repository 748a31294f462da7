// Owns the words of a failure: what happened, what is true now, what to do. Chosen by code, never by message.
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

/** "What is true now. What to do." @param {Failure} failure */
export function failureAdvice(failure) {
  const { now, next } = failureWords(failure);
  return `${now} ${next}`;
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
