// Owns the proof that everything shown has words: every code, every action, every id asked for in the sources.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";

import { bundleOf, formatted } from "../../src/i18n/bundle.js";
import { literalText } from "../lint/no-literal-text.js";

const ui = new URL("../../", import.meta.url);
const read = (path) => readFileSync(new URL(path, ui), "utf8");
const fluent = readdirSync(new URL("src/i18n/en-US/", ui)).filter((name) => name.endsWith(".ftl"));
const bundle = bundleOf("en-US", fluent.map((name) => read(`src/i18n/en-US/${name}`)));
const union = (name) => [...read(`src/generated/${name}.ts`).split("=")[1].matchAll(/"([^"]+)"/g)].map((found) => found[1]);

test("every error code says what happened, what is true and what to do", () => {
  const codes = union("ErrorCode");
  assert.ok(codes.length > 30);
  for (const code of codes) {
    for (const part of ["", ".now", ".next", ".state"]) {
      assert.ok(formatted(bundle, `error-${code}${part}`), `error-${code}${part} has no words`);
    }
  }
});

test("every action has a verb", () => {
  for (const action of union("Action")) assert.ok(formatted(bundle, `action-${action}`), action);
});

test("every keychain state and service has words", () => {
  for (const state of union("KeychainState")) assert.ok(formatted(bundle, `keychain-${state}`), state);
  for (const service of union("Service")) assert.ok(formatted(bundle, `service-${service}`), service);
});

test("every id asked for in the sources has words", () => {
  const sources = readdirSync(new URL("src/", ui), { recursive: true })
    .filter((name) => name.endsWith(".js"))
    .map((name) => read(`src/${name}`))
    .join("\n");
  for (const [, id] of sources.matchAll(/\btext\(\s*"([^"]+)"/g)) assert.ok(formatted(bundle, id), `${id} has no words`);
});

test("words hold no exclamation mark, no please, no oops and no three single dots", () => {
  for (const name of fluent) {
    for (const line of read(`src/i18n/en-US/${name}`).split("\n").filter((text) => text.includes("=") && !text.startsWith("#"))) {
      const words = line.slice(line.indexOf("=") + 1);
      assert.doesNotMatch(words, /!|\bplease\b|\boops\b|\bsuccessfully\b|\.\.\./i, `${name}: ${line}`);
    }
  }
});

test("a literal word in a template is found, markup and expressions are not", () => {
  assert.equal(literalText("<p>Hello</p>"), "Hello");
  assert.equal(literalText('<button aria-label="Close">\u0000</button>'), 'aria-label="Close"');
  assert.equal(literalText('<p class="second">\u0000 · \u0000</p>'), null);
});
