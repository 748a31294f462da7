// Owns looking at the page as a person or a screen reader does: by role, name and words, through open shadow roots.
// Must not change the page. Runs inside a function of the driver: arguments[0] names the question, the rest are its values.
const IMPLICIT = {
  a: "link", button: "button", dialog: "dialog", fieldset: "group", h1: "heading", h2: "heading", h3: "heading",
  li: "listitem", main: "main", nav: "navigation", option: "option", select: "combobox", summary: "button",
  table: "table", textarea: "textbox", td: "cell", th: "columnheader", tr: "row", ul: "list", dt: "term", dd: "definition",
};
const NAMED_BY_CONTENT = new Set([
  "button", "cell", "checkbox", "columnheader", "gridcell", "heading", "link", "listitem", "menuitem", "menuitemradio",
  "option", "radio", "row", "rowheader", "tab", "term", "definition", "alert", "status",
]);

const children = (node) => {
  if (node.shadowRoot) return [...node.shadowRoot.childNodes];
  if (node.localName !== "slot") return [...node.childNodes];
  const assigned = node.assignedNodes();
  return assigned.length ? assigned : [...node.childNodes];
};
const parent = (node) => node.assignedSlot ?? node.parentNode ?? node.host ?? null;
const shown = (node) => {
  if (node.nodeType !== Node.ELEMENT_NODE || ["style", "script", "template"].includes(node.localName)) return false;
  const { display, visibility } = getComputedStyle(node);
  return display !== "none" && (visibility === "visible" || display === "contents");
};
const runsOn = (node) => ["inline", "contents"].includes(getComputedStyle(node).display);

/** The words a person reads in `node`, one space between blocks. */
const rawWords = (node) => {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (!shown(node) && node.nodeType === Node.ELEMENT_NODE) return "";
  const inner = children(node).map(rawWords).join("");
  return node.nodeType === Node.ELEMENT_NODE && !runsOn(node) ? ` ${inner} ` : inner;
};
const tidy = (words) => words.replace(/\s+/g, " ").trim();
const words = (node) => tidy(rawWords(node));

const roleOf = (element) => {
  const given = element.getAttribute("role");
  if (given) return given.split(" ")[0];
  if (element.localName === "a") return element.hasAttribute("href") ? "link" : "";
  if (element.localName !== "input") return IMPLICIT[element.localName] ?? "";
  return { checkbox: "checkbox", radio: "radio", button: "button", submit: "button" }[element.type] ?? "textbox";
};
const nameOf = (element, role) => {
  const label = element.getAttribute("aria-label");
  if (label) return tidy(label);
  const ids = element.getAttribute("aria-labelledby");
  if (ids) return tidy(ids.split(" ").map((id) => words(element.getRootNode().getElementById(id) ?? element)).join(" "));
  if (element.labels?.length) return words(element.labels[0]);
  if (element.localName === "fieldset") return words(element.querySelector("legend") ?? element);
  const content = NAMED_BY_CONTENT.has(role) ? words(element) : "";
  return content || tidy(element.getAttribute("title") ?? element.getAttribute("placeholder") ?? "");
};

/** Every element in reading order that is shown and not hidden from screen readers. */
function* elements(node) {
  if (node.nodeType === Node.ELEMENT_NODE) {
    if (!shown(node) || node.getAttribute("aria-hidden") === "true") return;
    yield node;
  }
  for (const child of children(node)) if (child.nodeType === Node.ELEMENT_NODE) yield* elements(child);
}
/** What a person can reach: the topmost modal dialog, else the whole page. */
const reach = () => {
  let top = document.body;
  for (const element of elements(document.body)) if (element.matches(":modal")) top = element;
  return top;
};
/** A name is met in full; with `*` at its end by its beginning, with `*` at both ends anywhere. */
const meets = (name, wanted) => {
  const [open, close] = [wanted.startsWith("*"), wanted.endsWith("*")];
  const core = wanted.slice(open ? 1 : 0, close ? -1 : undefined);
  if (open && close) return name.includes(core);
  if (close) return name.startsWith(core);
  return open ? name.endsWith(core) : name === core;
};
const all = (root, [role, wanted]) =>
  [...elements(root)].filter((element) => {
    const own = roleOf(element);
    return own === role && meets(nameOf(element, own), wanted);
  });
/** The first element at the end of a path of [role, name] steps, each inside the one before. */
const find = (path) => {
  let roots = [reach()];
  for (const step of path) roots = roots.flatMap((root) => all(root, step));
  return roots[0] ?? null;
};

const hit = (x, y) => {
  let found = document.elementFromPoint(x, y);
  while (found?.shadowRoot) {
    const inner = found.shadowRoot.elementFromPoint(x, y);
    if (!inner || inner === found) break;
    found = inner;
  }
  return found;
};
/** Where to press, once nothing lies over the element and it does not move. */
const place = (element) => {
  element.scrollIntoView({ block: "nearest", inline: "nearest" });
  const { left, top, width, height } = element.getBoundingClientRect();
  const [x, y] = [left + Math.min(width / 2, 120), top + height / 2];
  let at = hit(x, y);
  while (at && at !== element) at = parent(at);
  const moving = element.getAnimations({ subtree: true }).length > 0;
  return at && width > 0 && height > 0 && !moving ? [Math.round(x), Math.round(y)] : null;
};
const focused = () => {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
};
/** Role and name of what has the keyboard, and of the row chosen in it. */
const keyboard = () => {
  const element = focused();
  const active = element?.getAttribute("aria-activedescendant");
  const inner = active ? element.getRootNode().getElementById(active) : null;
  return [element, inner].filter(Boolean).map((each) => [roleOf(each) || each.localName, nameOf(each, roleOf(each))]);
};
/** What a failed test prints: each role with its name, in reading order, and where the keyboard is. */
const outline = () => {
  const value = (element) => (element.type === "password" ? "…" : element.value);
  const line = (element) => {
    const role = roleOf(element);
    return role && role !== "gridcell" && `${role} "${nameOf(element, role).slice(0, 90)}"${role === "textbox" ? ` = ${value(element)}` : ""}`;
  };
  return [...elements(reach())].map(line).filter(Boolean).concat(`keyboard: ${JSON.stringify(keyboard())}`).join("\n");
};

const QUESTIONS = {
  place: (path) => {
    const element = find(path);
    return element ? place(element) : null;
  },
  found: (path) => find(path) !== null,
  count: (path) => all(path.length > 1 ? (find(path.slice(0, -1)) ?? document.body) : reach(), path.at(-1)).length,
  value: (path) => find(path)?.value ?? null,
  name: (path) => {
    const element = find(path);
    return element && nameOf(element, roleOf(element));
  },
  words: (path) => (path.length ? (find(path) && words(find(path))) : words(reach())),
  attribute: (path, name) => find(path)?.getAttribute(name) ?? null,
  focused: keyboard,
  pointed: () => [...elements(document.body)].some((element) => roleOf(element) && element.matches(":hover")),
  still: () => document.getAnimations().length === 0 && document.fonts.status === "loaded",
  outline,
};
return QUESTIONS[arguments[0]](...[...arguments].slice(1));
