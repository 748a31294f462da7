// Owns the page's only door to the shell. Nothing else imports @tauri-apps.
import { Channel, invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";

/** @type {import("./platform.js").Platform} */
export const tauriPlatform = {
  invoke: (command, args) => invoke(command, args),
  channel: (onMessage) => ({ handle: new Channel(onMessage) }),
  copy: (text) => navigator.clipboard.writeText(text),
  listen: (event, onEvent) => listen(event, ({ payload }) => onEvent(payload)),
};
