// Owns reading JSON for showing it: keys in their order, twice where they stand twice, numbers with every digit they came
// with. Must not turn anything into the page's own objects: a name such as `__proto__` is a text like any other.

/**
 * @typedef {{ kind: "object", entries: { key: string, node: JsonNode }[] }} ObjectNode
 * @typedef {{ kind: "array", items: JsonNode[] }} ArrayNode
 * @typedef {{ kind: "string" | "number" | "literal", text: string }} LeafNode
 * @typedef {ObjectNode | ArrayNode | LeafNode} JsonNode
 */

/** Deeper than any answer that the backend calls JSON. */
const DEEPEST = 200;

const SPACE = /[ \t\n\r]*/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const LITERAL = /true|false|null/y;

class Reader {
  #text;
  #at = 0;

  /** @param {string} text */
  constructor(text) {
    this.#text = text;
  }

  /** @param {RegExp} pattern @returns {string | null} */
  #take(pattern) {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? null;
    if (found !== null) this.#at += found.length;
    return found;
  }

  /** @param {string} mark */
  #is(mark) {
    this.#take(SPACE);
    if (this.#text[this.#at] !== mark) return false;
    this.#at += 1;
    return true;
  }

  /** @param {string} mark */
  #must(mark) {
    if (!this.#is(mark)) throw new SyntaxError(`no ${mark} at ${this.#at}`);
  }

  /** @returns {string} */
  #string() {
    this.#take(SPACE);
    const found = this.#take(STRING);
    if (found === null) throw new SyntaxError(`no string at ${this.#at}`);
    return JSON.parse(found);
  }

  /** Values between two marks, parted by commas. @param {string} end @param {() => void} one */
  #list(end, one) {
    if (this.#is(end)) return;
    do one();
    while (this.#is(","));
    this.#must(end);
  }

  /** @param {number} depth @returns {JsonNode} */
  value(depth) {
    if (depth > DEEPEST) throw new SyntaxError("too deep");
    if (this.#is("{")) return this.#object(depth);
    if (this.#is("[")) return this.#array(depth);
    if (this.#text[this.#at] === '"') return { kind: "string", text: this.#string() };
    const number = this.#take(NUMBER);
    if (number) return { kind: "number", text: number };
    const literal = this.#take(LITERAL);
    if (!literal) throw new SyntaxError(`no value at ${this.#at}`);
    return { kind: "literal", text: literal };
  }

  /** @param {number} depth @returns {ObjectNode} */
  #object(depth) {
    /** @type {ObjectNode} */
    const object = { kind: "object", entries: [] };
    this.#list("}", () => {
      const key = this.#string();
      this.#must(":");
      object.entries.push({ key, node: this.value(depth + 1) });
    });
    return object;
  }

  /** @param {number} depth @returns {ArrayNode} */
  #array(depth) {
    /** @type {ArrayNode} */
    const array = { kind: "array", items: [] };
    this.#list("]", () => array.items.push(this.value(depth + 1)));
    return array;
  }

  end() {
    this.#take(SPACE);
    if (this.#at < this.#text.length) throw new SyntaxError(`more at ${this.#at}`);
  }
}

/** The whole text as nodes, or null where it is not JSON. @param {string} text @returns {JsonNode | null} */
export function readJson(text) {
  try {
    const reader = new Reader(text);
    const node = reader.value(0);
    reader.end();
    return node;
  } catch {
    return null;
  }
}

/** What stands inside a node: names or places, and their nodes. @param {JsonNode} node @returns {{ key: string, node: JsonNode }[]} */
export function childrenOf(node) {
  if (node.kind === "object") return node.entries;
  return node.kind === "array" ? node.items.map((item, place) => ({ key: String(place), node: item })) : [];
}

/** How many stand inside, without making them. @param {JsonNode} node */
export function sizeOf(node) {
  if (node.kind === "object") return node.entries.length;
  return node.kind === "array" ? node.items.length : 0;
}

/** A node as JSON again. @param {JsonNode} node @returns {string} */
export function written(node) {
  if (node.kind === "string") return JSON.stringify(node.text);
  if (node.kind === "object") return `{${node.entries.map(({ key, node: inner }) => `${JSON.stringify(key)}:${written(inner)}`).join(",")}}`;
  return node.kind === "array" ? `[${node.items.map(written).join(",")}]` : node.text;
}
