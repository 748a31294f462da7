// Owns drawing scenes into a folder, to be looked at: node test/harness/look.js FOLDER [PART OF A NAME]
import { mkdir } from "node:fs/promises";
import path from "node:path";

import { startBrowser } from "./browser.js";

const SIZES = [
  { width: 1280, height: 800 },
  { width: 900, height: 600 },
];

/** Scenes by name: each brings a started page into the state to be looked at. */
const SCENES = {
  "connections-empty": { cards: null },
  "connections-four": { cards: "fourCards" },
  "connections-untrusted": { cards: "fourCards", act: (page) => page.getByRole("option", { name: "Nordvik US" }).click() },
  "connections-practice": { cards: "fourCards", act: (page) => page.getByRole("option", { name: "Practice" }).click() },
  "connections-locked": { cards: "fourCards", keychain: "locked" },
  "connections-form": {
    cards: "fourCards",
    act: async (page) => {
      await page.keyboard.press("Control+n");
      await page.getByRole("option", { name: "Client ID and secret" }).click();
      await page.getByRole("radio", { name: "EU" }).click();
      await page.getByRole("textbox", { name: "Client ID" }).fill("b81d04c7e9f24a6fa0c35d7718e2964");
      await page.getByRole("textbox", { name: "Client secret" }).fill("6879-abcdefghijklmnop");
      await page.getByRole("button", { name: "Save and test" }).click();
    },
  },
  "connections-form-token": { cards: "fourCards", act: (page) => page.keyboard.press("Control+n") },
  "connections-all": { cards: "allKinds" },
  "connections-sign-in": { cards: "allKinds", act: (page) => page.getByRole("option", { name: "Wiśniewska" }).click() },
  "connections-grant": { cards: "allKinds", act: (page) => page.getByRole("option", { name: "jweiss" }).click() },
  "connections-signed-out": { cards: "allKinds", act: (page) => page.getByRole("option", { name: "Nordvik audit" }).click() },
  "connections-form-sign-in": {
    cards: "fourCards",
    act: async (page) => {
      await page.keyboard.press("Control+n");
      await page.getByRole("option", { name: "OAuth, renewed" }).click();
      await page.getByRole("button", { name: "Proxy, private" }).click();
      await page.getByRole("radio", { name: "This one" }).click();
    },
  },
  "connections-form-code": {
    cards: "fourCards",
    act: async (page) => {
      await page.keyboard.press("Control+n");
      await page.getByRole("option", { name: "Authorization code" }).click();
    },
  },
  "connections-waiting": {
    cards: "allKinds",
    act: async (page) => {
      await page.getByRole("option", { name: "Wiśniewska" }).click();
      await page.evaluate(() => harness.platform.script({ sign_in_again: ({ progress }) => (progress(harness.tools.waiting()), new Promise(() => {})) }));
      await page.getByRole("button", { name: "Sign in again…" }).click();
    },
  },
  "connections-network": { cards: "allKinds", act: async (page) => {
    await page.getByRole("option", { name: "jweiss" }).click();
    await page.getByRole("button", { name: "Change… Network" }).click();
  } },
  "connections-rate": { cards: "allKinds", act: async (page) => {
    await page.getByRole("option", { name: "jweiss" }).click();
    await page.getByRole("button", { name: "Change… Rate" }).click();
  } },
  "doctor-unchecked": { cards: "fourCards", act: (page) => page.keyboard.press("Control+6") },
  "doctor-untrusted": {
    cards: "fourCards",
    act: async (page) => {
      await page.keyboard.press("Control+6");
      await page.getByRole("button", { name: "Check now" }).click();
    },
  },
  "requests": {
    cards: "allKinds",
    act: async (page) => {
      await page.keyboard.press("Control+4");
      await page.getByRole("button", { name: "Connection: Nordvik Energi" }).click();
      await page.getByRole("menuitemradio", { name: "jweiss" }).click();
      await page.getByRole("option", { name: "/groups/{id}/members" }).click();
      await page.getByRole("textbox", { name: "id", exact: true }).fill("__world__");
      await page.getByRole("button", { name: "page[size]" }).click();
      await page.keyboard.type("100");
      await page.getByRole("button", { name: "Send" }).click();
    },
  },
  "requests-empty": { cards: "allKinds", act: (page) => page.keyboard.press("Control+4") },
  "requests-annotations": {
    cards: "allKinds",
    act: async (page) => {
      await page.keyboard.press("Control+4");
      await page.getByRole("button", { name: "Connection: Nordvik Energi" }).click();
      await page.getByRole("menuitemradio", { name: "Wiśniewska" }).click();
      await page.getByRole("radio", { name: "Annotations" }).click();
      await page.getByRole("button", { name: "Search" }).click();
      await page.getByRole("row").nth(3).click();
    },
  },
  "activity": { cards: "fourCards", act: (page) => page.keyboard.press("Control+5") },
  "palette": { cards: "fourCards", act: (page) => page.keyboard.press("Control+k") },
  "keys": { cards: "fourCards", act: (page) => page.keyboard.press("F1") },
  "settings": { cards: "fourCards", act: (page) => page.keyboard.press("Control+,") },
  "connections-forget": { cards: "fourCards", act: (page) => page.getByRole("button", { name: "Forget…" }).click() },
};

/** With a second argument only the scenes whose names hold it are drawn. */
const [folder, only = ""] = process.argv.slice(2);
if (!folder) throw new Error("name the folder to draw into");
await mkdir(folder, { recursive: true });
const browser = await startBrowser();
for (const [name, scene] of Object.entries(SCENES).filter(([known]) => known.includes(only))) {
  for (const { width, height } of SIZES) {
    for (const dark of [false, true]) {
      const page = await browser.open({ width, height, dark });
      await page.evaluate(
        ([cards, keychain]) => harness.start({ ...harness.scenes.answers(cards ? harness.scenes[cards]() : [], keychain), ...harness.tools.answers() }),
        [scene.cards, scene.keychain ?? "unlocked"],
      );
      await scene.act?.(page);
      await page.waitForLoadState("networkidle");
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      await page.screenshot({ path: path.join(folder, `${name}-${width}x${height}${dark ? "-dark" : ""}.png`) });
      if (page.faults.length > 0) console.error(name, page.faults);
      await page.context().close();
    }
  }
}
await browser.close();
