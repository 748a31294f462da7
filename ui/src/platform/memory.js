// Owns a platform without a shell, for component tests: each command is answered by a scripted function.
// Must not be imported by the program itself.

/** @typedef {(args: any) => unknown} Answer */
/** @typedef {{ command: string, args: any }} RecordedCall */

/** @import { Platform } from "./platform.js" */

/** @implements {Platform} */
export class MemoryPlatform {
  /** @type {Map<string, Answer>} */
  #answers = new Map();

  /** Every call made, oldest first. @type {RecordedCall[]} */
  calls = [];

  /** What was copied, oldest first. @type {string[]} */
  copied = [];

  /** @param {Record<string, Answer>} [answers] by command name */
  constructor(answers = {}) {
    this.script(answers);
  }

  /**
   * Sets or replaces answers. An answer may return a value or a promise; throwing a `Failure` rejects the call.
   * @param {Record<string, Answer>} answers
   */
  script(answers) {
    for (const [command, answer] of Object.entries(answers)) this.#answers.set(command, answer);
  }

  /** @param {string} command @param {Record<string, unknown>} [args] @returns {Promise<unknown>} */
  async invoke(command, args = {}) {
    this.calls.push({ command, args });
    const answer = this.#answers.get(command);
    if (!answer) throw new Error(`no answer is scripted for ${command}`);
    return structuredClone(await answer(args));
  }

  /** The handle is the receiver itself: a scripted command sends by calling it. @template T @param {(message: T) => void} onMessage */
  channel(onMessage) {
    return { handle: onMessage };
  }

  /** @param {string} text */
  async copy(text) {
    this.copied.push(text);
  }

  /** @type {Map<string, (payload: unknown) => void>} */
  #listeners = new Map();

  /** @param {string} event @param {(payload: unknown) => void} onEvent */
  async listen(event, onEvent) {
    this.#listeners.set(event, onEvent);
  }

  /** Plays an event of the shell. @param {string} event @param {unknown} payload */
  tell(event, payload) {
    this.#listeners.get(event)?.(payload);
  }

  /** The arguments of every call of one command. @param {string} command */
  callsOf(command) {
    return this.calls.filter((call) => call.command === command).map((call) => call.args);
  }
}
