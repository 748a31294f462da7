// Owns the seam between the page and whatever carries it. Implemented by tauri.js (the shell) and memory.js (tests).

/**
 * A stream of messages from a command that is under way. `handle` goes into the command's arguments as it is.
 * @typedef {{ handle: unknown }} MessageChannelHandle
 */

/**
 * @typedef {object} Platform
 * @property {(command: string, args?: Record<string, unknown>) => Promise<unknown>} invoke
 *   Runs a command of the backend. Rejects with a `Failure`.
 * @property {<T>(onMessage: (message: T) => void) => MessageChannelHandle} channel
 *   A channel whose messages arrive at `onMessage`.
 * @property {(text: string) => Promise<void>} copy
 *   Puts text on the clipboard.
 * @property {(event: string, onEvent: (payload: unknown) => void) => Promise<unknown>} listen
 *   Hears an event of the shell for as long as the page lives.
 */

/** @typedef {import("../generated/Failure.ts").Failure} Failure */

/**
 * Anything thrown by a command as a `Failure`: what is none becomes `internal` without its text.
 * @param {unknown} thrown
 * @returns {Failure}
 */
export function failureOf(thrown) {
  const failure = /** @type {Partial<Failure> | null} */ (typeof thrown === "object" ? thrown : null);
  if (failure && typeof failure.code === "string" && typeof failure.action === "string") {
    return /** @type {Failure} */ (failure);
  }
  return {
    code: "internal",
    message: "",
    retryable: false,
    action: "none",
    field: null,
    serverWords: null,
    waitSeconds: null,
    saysAll: false,
  };
}
