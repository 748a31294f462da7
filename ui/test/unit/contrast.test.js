// Owns the proof that the colours of tokens.css can be read: WCAG AA over every surface a pair may meet.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

const source = readFileSync(new URL("../../src/style/tokens.css", import.meta.url), "utf8");

/** @param {string} block */
const colours = (block) => Object.fromEntries([...block.matchAll(/--([a-z0-9-]+): (#[0-9a-f]{6});/g)].map((found) => [found[1], found[2]]));

const blocks = [...source.matchAll(/(:root[^{]*)\{([^{}]*)\}/g)].map((found) => ({ selector: found[1].trim(), body: found[2] }));
const light = colours(blocks.find(({ selector }) => selector === ":root").body);
const dark = colours(blocks.find(({ selector }) => selector.startsWith(":root:not")).body);
const darkByChoice = colours(blocks.find(({ selector }) => selector.startsWith(':root[data-theme="dark"]')).body);

function luminance(hex) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [lighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

const surfaces = ["bg", "raised", "side", "sub", "hover", "sel", "soft"];
const inBanners = [...surfaces, "ok-soft", "warn-soft", "bad-soft"];

/** [foreground, surfaces, least, value printed in ui.md for light, for dark] */
const pairs = [
  ["text", inBanners, 4.5],
  ["text-2", ["bg", "raised", "side", "sub", "hover", "sel", "soft"], 4.5],
  ["text-3", ["bg", "raised", "side", "sub", "hover", "soft"], 4.5],
  ["accent", surfaces, 4.5],
  ["ok", ["bg", "raised", "sub", "hover", "soft", "ok-soft"], 4.5],
  ["warn", ["bg", "raised", "sub", "hover", "soft", "warn-soft"], 4.5],
  ["bad", ["bg", "raised", "side", "sub", "hover", "soft", "bad-soft"], 4.5],
  ["on-fill", ["fill", "fill-press"], 4.5],
  ["text", ["mark"], 4.5],
  ["field", ["bg", "raised", "sub"], 3],
  ["chart-ok", ["bg", "sub"], 3],
  ["chart-warn", ["bg", "sub"], 3],
  ["chart-bad", ["bg", "sub"], 3],
  ["chart-na", ["bg", "sub"], 3],
];

for (const [theme, palette] of Object.entries({ light, dark })) {
  test(`every pair of the ${theme} theme can be read`, () => {
    for (const [front, grounds, least] of pairs) {
      for (const ground of grounds) {
        const measured = contrast(palette[front], palette[ground]);
        assert.ok(measured >= least, `${front} on ${ground} is ${measured.toFixed(2)}, needs ${least}`);
      }
    }
  });
}

test("the colours agree with the values measured for the design", () => {
  const measured = (palette, front, ground) => Number(contrast(palette[front], palette[ground]).toFixed(2));
  assert.equal(measured(light, "on-fill", "fill"), 6.49);
  assert.equal(measured(dark, "on-fill", "fill"), 4.96);
  assert.equal(measured(light, "text", "mark"), 14.35);
  assert.equal(measured(dark, "text", "mark"), 7.34);
  assert.equal(measured(light, "bad", "bad-soft"), 5.19);
  assert.equal(measured(dark, "warn", "warn-soft"), 6.64);
});

test("the dark theme is the same by the system's choice and by the person's", () => {
  assert.deepEqual(darkByChoice, dark);
  assert.deepEqual(Object.keys(dark), Object.keys(light), "both themes hold the same colours");
});
