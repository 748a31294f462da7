// Owns the page that component tests run in: the real components over the memory platform.
import { html, render } from "lit";

import { Application } from "../../src/application.js";
import { startApp } from "../../src/app.js";
import { MemoryPlatform } from "../../src/platform/memory.js";
import * as failureWords from "../../src/i18n/failure.js";
import * as format from "../../src/i18n/format.js";
import { text } from "../../src/i18n/text.js";
import * as scenes from "./scenes.js";

// Every component is defined, so that a test can draw any.
import.meta.glob(["../../src/components/*.js", "!../../src/components/*.style.js"], { eager: true });

/** What the tests of a screen show, by the screen's name: `harness.controls` is scenes-controls.js. */
const screens = Object.entries(import.meta.glob("./scenes-*.js", { eager: true })).map(([file, found]) => [
  file.slice("./scenes-".length, -".js".length),
  found,
]);

/** Every event a test asked for, oldest first. */
const seen = [];

Object.assign(globalThis, {
  harness: {
    html,
    scenes,
    ...Object.fromEntries(screens),
    seen,
    text,
    format,
    failureWords,

    /** Draws a template into the page in place of what was there. */
    async show(template, ...events) {
      document.body.replaceChildren();
      seen.length = 0;
      for (const name of events) {
        document.body.addEventListener(name, (event) => seen.push({ name, detail: event.detail }));
      }
      render(template, document.body);
    },

    /** Runs the whole application over a memory platform with these answers. */
    async start(answers, change = {}) {
      const platform = new MemoryPlatform(answers);
      const app = new Application(platform);
      app.store.update(change);
      document.body.replaceChildren(document.createElement("countersign-app"));
      Object.assign(globalThis.harness, { platform, app });
      await startApp(app);
    },
  },
});
