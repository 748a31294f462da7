// Owns drawing scenes into a folder, to be looked at: node test/harness/look.js FOLDER
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
  "connections-forget": { cards: "fourCards", act: (page) => page.getByRole("button", { name: "Forget…" }).click() },
};

const folder = process.argv[2];
if (!folder) throw new Error("name the folder to draw into");
await mkdir(folder, { recursive: true });
const browser = await startBrowser();
for (const [name, scene] of Object.entries(SCENES)) {
  for (const { width, height } of SIZES) {
    for (const dark of [false, true]) {
      const page = await browser.open({ width, height, dark });
      await page.evaluate(
        ([cards, keychain]) => harness.start(harness.scenes.answers(cards ? harness.scenes[cards]() : [], keychain)),
        [scene.cards, scene.keychain ?? "unlocked"],
      );
      await scene.act?.(page);
      await page.waitForLoadState("networkidle");
      await page.screenshot({ path: path.join(folder, `${name}-${width}x${height}${dark ? "-dark" : ""}.png`) });
      if (page.faults.length > 0) console.error(name, page.faults);
      await page.context().close();
    }
  }
}
await browser.close();
