// Owns the proof of the JSON reader: nothing is lost, nothing is turned into the page's own objects.
import assert from "node:assert/strict";
import test from "node:test";

import { childrenOf, readJson, sizeOf, written } from "../../src/components/json-reader.js";

test("numbers keep their digits, keys their order and their doubles", () => {
  const node = readJson('{"2":12345678901234567890,"1":1.0,"a":1e2,"a":-0}');
  assert.deepEqual(childrenOf(node).map(({ key, node: { text } }) => `${key}=${text}`), ["2=12345678901234567890", "1=1.0", "a=1e2", "a=-0"]);
});

test("a name such as __proto__ is a text like any other", () => {
  const node = readJson('{"__proto__":{"polluted":true}}');
  assert.equal(childrenOf(node)[0].key, "__proto__");
  assert.equal({}.polluted, undefined);
});

test("what JSON.parse takes is taken, and what it refuses is refused", () => {
  const fine = ["null", " [ ] ", "{}", '"a\\u0041\\n\\"b"', "[1,2,[3,{}]]", "-1.5e-7", '{"a":[]}', "\t[\r\n1 , 2 ]"];
  for (const text of fine) assert.deepEqual(JSON.parse(written(readJson(text))), JSON.parse(text), text);
  const wrong = ["", "{", "[1,]", "01", '{"a" 1}', "nul", "[1] 2", '"\n"', "{'a':1}", "+1", '{"a":1,}', "\u00a0[]"];
  for (const text of wrong) {
    assert.throws(() => JSON.parse(text), text);
    assert.equal(readJson(text), null, text);
  }
});

test("a hundred thousand brackets neither hang nor overflow", () => {
  assert.equal(readJson("[".repeat(100_000)), null);
  assert.equal(sizeOf(readJson(`[${Array(50_000).fill('{"a":1}').join(",")}]`)), 50_000);
});
