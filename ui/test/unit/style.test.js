// Owns the rule that only tokens.css holds colours and sizes.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";

const source = new URL("../../src/", import.meta.url);
const files = readdirSync(source, { recursive: true }).filter((name) => /\.(js|css)$/.test(name) && !name.endsWith("tokens.css"));
const tokens = new Set([...readFileSync(new URL("style/tokens.css", source), "utf8").matchAll(/--[a-z0-9-]+(?=:)/g)].map(String));

/** Properties that a component gives itself with `properties({ "--name": … })`. */
const setByTemplates = new Set(
  files.flatMap((name) => [...readFileSync(new URL(name, source), "utf8").matchAll(/"(--[a-z0-9-]+)":/g)].map((found) => found[1])),
);

const sheets = files.flatMap((name) => {
  const text = readFileSync(new URL(name, source), "utf8");
  const parts = name.endsWith(".css") ? [text] : [...text.matchAll(/css`([^`]*)`/g)].map((found) => found[1]);
  return parts.map((sheet) => ({ name, sheet }));
});

test("no sheet but the tokens holds a colour", () => {
  for (const { name, sheet } of sheets) assert.doesNotMatch(sheet, /#[0-9a-f]{3,8}\b|rgb\(|hsl\(|oklch\(/i, name);
});

test("no sheet but the tokens holds a size over two pixels", () => {
  for (const { name, sheet } of sheets) {
    const lines = sheet.split("\n").filter((line) => !/@media|@container/.test(line));
    for (const line of lines) assert.doesNotMatch(line, /(?<![\d.])(?:[3-9]|\d{2,})px/, `${name}: ${line.trim()}`);
  }
});

test("every token used exists", () => {
  for (const { name, sheet } of sheets) {
    for (const [, token] of sheet.matchAll(/var\((--[a-z0-9-]+)\)/g)) {
      assert.ok(tokens.has(token) || setByTemplates.has(token), `${name} uses ${token}`);
    }
  }
});

test("no template writes a style attribute, which the policy blocks", () => {
  for (const name of files.filter((file) => file.endsWith(".js"))) {
    const text = readFileSync(new URL(name, source), "utf8").replaceAll(/^\s*\/\/.*$/gm, "");
    assert.doesNotMatch(text, /<[a-z][^>`]*\sstyle=|styleMap/, name);
  }
});
