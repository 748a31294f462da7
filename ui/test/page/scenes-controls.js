// Owns a register in memory for component tests and pictures: it answers windows, facets and details as the backend does.
import { answers, card, failure } from "./scenes.js";

const HEALTH = ["critical", "atRisk", "healthy", "notAvailable"];
const FAMILIES = [
  ["AC", "Access Control"],
  ["AU", "Audit and Accountability"],
  ["CM", "Configuration Management"],
  ["CP", "Contingency Planning"],
  ["IA", "Identification and Authentication"],
  ["SC", "System and Communications Protection"],
];
const SUBJECTS = ["Account Management", "Policy and Procedures", "Access Enforcement", "Least Privilege", "Event Logging", "Session Lock", "System Backup", "Accountability Information"];
const OWNERS = [["Jan", "Kowalski"], ["Chen", "Wei"], ["Zoë", "van der Berg"], ["Hiro", "Tanaka"], ["Grace", "Hopperton"], ["Inés", "Muñoz"], ["Søren", "Åkesson"]];

/** The n-th of a list, over and over. @template T @param {T[]} list @param {number} n */
const nth = (list, n) => list[n % list.length];

/** Documents as the service sends them; every 23rd one partial. @param {number} count */
export const documents = (count = 370) =>
  Array.from({ length: count }, (_, n) => {
    const [family, domainName] = FAMILIES[Math.floor((n * FAMILIES.length) / count)];
    const [givenName, surname] = nth(OWNERS, n * 3);
    const reduced = {
      id: `control-${n}`,
      controlType: "simple",
      controlIdentifier: `${family}-${String((n % 62) + 1).padStart(2, "0")}`,
      name: nth(SUBJECTS, n * 5 + 1),
      description: "Define and document the types of accounts allowed and specifically prohibited for use within the system;\nAssign account managers.",
      domainName,
      owner: { id: `user-${n % 7}`, email: `${surname.toLowerCase().replaceAll(" ", "")}@example.com`, givenName, surname },
      status: "active",
    };
    if (n % 23 === 7) return { ...reduced, _isPartialData: true, permissions: [] };
    return {
      ...reduced,
      freshnessPolicy: "manual",
      freshForDuration: "PT720H",
      freshness: nth(["fresh", "fresh", "fresh", "expired", "unknown", "noFreshness"], n * 7),
      freshAsOfDate: "2025-07-06T15:00:00.898576Z",
      implementation: nth(["completed", "completed", "inProgress", "notStarted", "unknown"], n),
      testingStatus: nth(["effective", "effective", "notTested", "inProgress", "ineffective"], n * 2),
      automation: nth(["fullyAutomated", "partial", "notStarted"], n),
      health: nth(["healthy", "healthy", "healthy", "atRisk", "notAvailable", "critical"], n + Math.floor(n / 3)),
      overrideHealth: false,
      customFields: [{ fieldId: "1", fieldName: "Framework", fieldType: "text", textValue: "NIST SP 800-53 r5" }],
      updatedOn: `2025-0${(n % 9) + 1}-1${n % 9}T15:00:00.0941592+00:00`,
    };
  });

const text = (value) => (value === undefined || value === null ? null : typeof value === "string" ? value : JSON.stringify(value));

const ownerOf = ({ owner }) => (typeof owner === "string" ? owner : owner ? [owner.givenName, owner.surname].filter(Boolean).join(" ") || owner.email : null);

const rowOf = (document) => ({
  id: document.id,
  identifier: text(document.controlIdentifier),
  name: text(document.name),
  domain: text(document.domainName),
  implementation: text(document.implementation),
  testing: text(document.testingStatus),
  freshness: text(document.freshness),
  health: text(document.health),
  owner: ownerOf(document) ?? null,
  updated: text(document.updatedOn),
  partial: document._isPartialData === true,
});

const layOut = (value, path = "") =>
  Object.entries(value).flatMap(([name, member]) => {
    if (name === "customFields") return member.map((field) => ({ path: `customFields.${field.fieldName}`, value: text(field.textValue) }));
    const inner = path ? `${path}.${name}` : name;
    if (Array.isArray(member)) return [{ path: inner, value: member.join(", ") }];
    return member && typeof member === "object" ? layOut(member, inner) : [{ path: inner, value: text(member) }];
  });

const FACETS = { health: "health", freshness: "freshness", status: "status", domain: "domainName", owner: null };

/** The value of a facet's field. */
const facetValue = (document, field) => (field === "owner" ? (ownerOf(document) ?? null) : text(document[FACETS[field]]));

const matches = (document, query, except) => {
  const searched = [document.controlIdentifier, document.name, document.domainName, ownerOf(document), document.description].join("\n").toLowerCase();
  const found = query.search.toLowerCase().split(/\s+/).every((word) => searched.includes(word));
  return found && query.filters.every(({ field, values }) => field === except || values.includes(facetValue(document, field)));
};

const sortKey = (row, column) => (column === "health" && row.health ? String(HEALTH.indexOf(row.health)) : row[column]);

const sorted = (rows, { sort, descending }) => {
  const { compare } = new Intl.Collator("en", { numeric: true });
  return rows.toSorted((one, other) => {
    const [a, b] = [sortKey(one, sort), sortKey(other, sort)];
    if (a === null || b === null) return (a === null) - (b === null);
    return (descending ? -1 : 1) * compare(a, b) || compare(one.identifier ?? "", other.identifier ?? "");
  });
};

const facetOf = (all, query, field) => {
  const counts = new Map();
  for (const document of all.filter((document) => matches(document, query, field))) {
    const value = facetValue(document, field);
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return { field, values: [...counts].map(([value, count]) => ({ value, count })).sort((one, other) => other.count - one.count) };
};

export const snapshot = (more = {}) => ({ number: 12, finished: new Date(Date.now() - 4 * 60_000).toISOString(), rows: 370, changed: 4, ...more });

/**
 * A backend with one connection and this register; `snapshot: null` for one never synced.
 * The register can be changed from outside: `register.documents`, `register.snapshot`.
 */
export const backend = ({ documents: all = documents(), snapshot: finished = snapshot({ rows: all.length }), cards = [card({})] } = {}) => {
  const register = { documents: all, snapshot: finished };
  return {
    register,
    ...answers(cards),
    controls_window: ({ query }) => {
      const there = register.snapshot ? register.documents : [];
      const rows = sorted(there.filter((document) => matches(document, query)).map(rowOf), query);
      return {
        rows: rows.slice(query.offset, query.offset + query.limit),
        matched: rows.length,
        total: there.length,
        partial: there.filter((document) => document._isPartialData).length,
        snapshot: register.snapshot,
      };
    },
    controls_facets: ({ query }) => Object.keys(FACETS).map((field) => facetOf(register.snapshot ? register.documents : [], query, field)),
    control_detail: ({ id }) => {
      const document = register.documents.find((document) => document.id === id);
      if (!document) throw failure("not-found");
      return { row: rowOf(document), fields: layOut(document), raw: JSON.stringify(document, null, 2), partial: document._isPartialData === true };
    },
    controls_sync: async ({ progress }) => {
      progress({ rows: register.documents.length, bytes: 690_000 });
      register.snapshot = snapshot({ number: (register.snapshot?.number ?? 0) + 1, rows: register.documents.length, finished: new Date().toISOString() });
      return { snapshot: register.snapshot, skipped: 0, suspiciousCount: false };
    },
    operation_cancel: () => true,
  };
};

/** Rows that try to be more than text. */
export const hostile = () => [
  { id: "h1", controlIdentifier: "<img src=x onerror=alert(1)>", name: "<script>alert(1)</script><b>bold</b>", health: "<i>odd</i>", freshness: "constructor", implementation: "__proto__", testingStatus: "somethingNew", domainName: "‮Reversed‬ domain", status: "weird", updatedOn: "2025-07-06T15:00:10.00.5365Z", customFields: [{ fieldName: "<u>name</u>", textValue: "javascript:alert(1)" }] },
  { id: "h2", controlIdentifier: "RTL-1", name: "‮ابجد\u2067 mixed שלום", owner: "‮owner", updatedOn: "yesterday 7" },
  { id: "h3", controlIdentifier: "LONG-1", name: `Long ${"word ".repeat(800)}`, owner: "x".repeat(4000), description: "unbroken".repeat(2000) },
  { id: "h4", name: null, controlIdentifier: null, health: null },
];

/** Starts the whole application on the Controls screen; `harness.register` is its register, `harness.commands` its answers, in place of which go `answers`. */
export const startControls = async (options) => {
  const { register, ...commands } = backend(options);
  Object.assign(globalThis.harness, { register, commands });
  await globalThis.harness.start({ ...commands, ...options?.answers }, { screen: "controls" });
};
