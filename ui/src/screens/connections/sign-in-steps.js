// Owns what is known of a sign-in that is under way, from the steps the backend tells.

/**
 * @import { SignInStep } from "../../generated/SignInStep.ts"
 * @typedef {Extract<SignInStep, { is: "waiting" }>} WaitingStep
 * `waiting` stays after the browser came back: it says where. `stranger`: somebody else knocked at the port.
 * @typedef {{ phase: "opening" | "waiting" | "exchanging" | "proving", waiting: WaitingStep | null, stranger: boolean }} SignInProgress
 */

/** @returns {SignInProgress} */
export function signInBegun() {
  return { phase: "opening", waiting: null, stranger: false };
}

/** @param {SignInProgress} progress @param {SignInStep} step @returns {SignInProgress} */
export function signInAfter(progress, step) {
  if (step.is === "waiting") return { ...progress, phase: "waiting", waiting: step };
  if (step.is === "strangerCame") return { ...progress, stranger: true };
  return { ...progress, phase: step.is, stranger: false };
}
