// Owns which commands the palette offers. Must not draw them.
import { text } from "../i18n/text.js";
import { serviceIcon } from "../screens/service.js";
import { ENTRIES } from "./menu.js";

/**
 * @import { Application, ScreenName } from "../application.js"
 * @import { ConnectionCard } from "../generated/ConnectionCard.ts"
 * @import { IconName } from "../components/icon.js"
 * @typedef {{ id: string, label: string, detail: string, icon: IconName, run: () => void }} PaletteCommand
 * @typedef {{ app: Application, open: (sheet: "settings" | "keys") => void,
 *   press: (screen: ScreenName, key: "new" | "refresh" | "read-token") => void, foldRail: () => void }} PaletteSteps
 */

/** @type {Record<ScreenName, IconName>} */
export const SCREEN_ICONS = {
  connections: "key",
  controls: "checklist",
  accounts: "person",
  requests: "code",
  activity: "pulse",
  doctor: "layers",
};

/** @param {PaletteSteps} steps @param {ConnectionCard} card @returns {PaletteCommand[]} */
function ofCard({ app }, { id, label, service, apiHost }) {
  const icon = serviceIcon(service);
  return [
    { id: `open-${id}`, label: text("palette-open", { label }), detail: apiHost, icon, run: () => app.store.update({ connection: id, screen: "connections" }) },
    { id: `doctor-${id}`, label: text("palette-doctor", { label }), detail: apiHost, icon: "layers", run: () => app.showDoctor(id) },
    {
      id: `requests-${id}`,
      label: text("palette-requests", { label }),
      detail: apiHost,
      icon: "code",
      run: () => app.store.update({ requestsConnection: id, screen: "requests" }),
    },
    { id: `activity-${id}`, label: text("palette-activity", { label }), detail: apiHost, icon: "pulse", run: () => app.showActivity(id) },
  ];
}

/** @param {PaletteSteps} steps @returns {PaletteCommand[]} */
function ofScreens({ app }) {
  return ENTRIES.map((screen, place) => ({
    id: `go-${screen}`,
    label: text("palette-go", { screen: text(`rail-${screen}`) }),
    detail: text("palette-go-key", { number: place + 1 }),
    icon: SCREEN_ICONS[screen],
    run: () => app.goTo(screen),
  }));
}

/** @param {PaletteSteps} steps @returns {PaletteCommand[]} */
function ofProgram({ app, open, press, foldRail }) {
  /** @param {string} name @param {IconName} icon @param {() => void} run @returns {PaletteCommand} */
  const command = (name, icon, run) => ({ id: name, label: text(`palette-${name}`), detail: text(`palette-${name}.detail`), icon, run });
  return [
    command("add", "plus", () => press("connections", "new")),
    command("test", "circle-tick", () => press("connections", "refresh")),
    ...(app.controlsConnections.length > 0 ? [command("sync", "sync", () => press("controls", "refresh"))] : []),
    ...(app.accountsConnections.length > 0 ? [command("new-account", "person", () => press("accounts", "new"))] : []),
    command("token", "file", () => press("connections", "read-token")),
    command("rail", "columns", foldRail),
    command("settings", "sliders", () => open("settings")),
    command("keys", "info", () => open("keys")),
  ];
}

/** Every command: screens, connections, what the program does, then what is done with one connection. @param {PaletteSteps} steps */
export function paletteCommands(steps) {
  const cards = steps.app.connections.map((card) => ofCard(steps, card));
  const opening = cards.flatMap((commands) => commands.slice(0, 1));
  return [...ofScreens(steps), ...opening, ...ofProgram(steps), ...cards.flatMap((commands) => commands.slice(1))];
}

/** Commands all of whose words stand somewhere in label or detail. @param {PaletteCommand[]} commands @param {string} typed */
export function matching(commands, typed) {
  const words = typed.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return commands.filter(({ label, detail }) => {
    const whole = `${label} ${detail}`.toLocaleLowerCase();
    return words.every((word) => whole.includes(word));
  });
}
