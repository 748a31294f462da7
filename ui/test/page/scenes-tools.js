// Owns what tests and pictures of Requests, Activity and Doctor show.
import { failure } from "./scenes.js";

const at = (seconds) => new Date(Date.now() - seconds * 1000).toISOString();
const IDS = ["0f0f0f0f-0000-4000-8000-000000000001", "0f0f0f0f-0000-4000-8000-000000000003"];
const PATHS = ["/v1/controls", "/v1/users/me", "/v1/issues", "/oauth/token", "/api/users", "/api/profile"];

/** Calls of two connections, newest first. */
export const calls = (count = 60) =>
  Array.from({ length: count }, (_, place) => ({
    connection: IDS[place % 2],
    correlation: `c0ffee${String(place).padStart(6, "0")}`,
    attempt: place % 7 === 3 ? 2 : 1,
    at: at(place * 7),
    method: place % 5 === 3 ? "POST" : "GET",
    path: PATHS[place % PATHS.length],
    status: place % 9 === 4 ? null : place % 6 === 2 ? 403 : 200,
    code: place % 9 === 4 ? "timed-out" : null,
    milliseconds: 40 + ((place * 131) % 2400),
    bytes: 100 + ((place * 7919) % 700_000),
  }));

const passed = (layer, seen, milliseconds) => ({ layer, state: "passed", seen, failure: null, mender: "nobody", milliseconds });
const away = (layer) => ({ layer, state: "notReached", seen: [], failure: null, mender: "nobody", milliseconds: 0 });

export const findingsUntrusted = () => [
  passed("dns", ["proxy.nordvik.example is 10.20.4.17", "The proxy resolves api.hyperproof.app"], 4),
  passed("tcp", ["Connected to 10.20.4.17, port 8080"], 11),
  passed("proxy", ["CONNECT api.hyperproof.app:443 was allowed", "From the system settings, signed in as i.odegard"], 38),
  {
    layer: "tls",
    state: "failed",
    seen: [
      "Issued by “Zscaler Intermediate Root CA”, which this computer does not trust",
      "For api.hyperproof.app",
      "TLS 1.3",
      "valid until 4 Dec 2026",
      "SHA-256 9C:41:E0:7B:52:1F:88:0A:5D:7E:21:43:99:B0:C4:6F:12:8E:3A:71:D0:55:E4:9B:0C:6D:27:F8:13:4A:B6:7E",
    ],
    failure: failure("tls-untrusted", { action: "askAdministrator", retryable: false }),
    mender: "networkAdministrator",
    milliseconds: 52,
  },
  away("http"),
  away("authentication"),
  away("permission"),
];

export const findingsFine = () => [
  passed("dns", ["api.hyperproof.app is 203.0.113.7"], 4),
  passed("tcp", ["Connected to 203.0.113.7, port 443"], 11),
  { layer: "proxy", state: "notNeeded", seen: [], failure: null, mender: "nobody", milliseconds: 0 },
  passed("tls", ["Issued by “Example Trust Services R4”", "For api.hyperproof.app", "TLS 1.3", "valid until 4 Dec 2026"], 52),
  passed("http", ["GET /v1 answered 401 without a credential"], 61),
  passed("authentication", ["The token endpoint gave an access token"], 214),
  passed("permission", ["GET /v1/users/me answered 200"], 88),
];

export const report = (findings) => ({
  host: "api.hyperproof.app",
  findings,
  checked: at(3),
  lastPassed: at(3 * 86_400),
  route: "proxy.nordvik.example:8080",
  trust: "system",
  text: "Countersign doctor\nTLS failed",
});

/** A doctor that tells each layer, then the whole. */
export const doctor = (findings) => ({
  doctor_run: ({ progress }) => {
    for (const finding of findings) if (finding.state !== "notReached") progress(finding);
    return report(findings);
  },
});

export const documented = () => [
  { resource: "profile", path: "/profile", description: "Who this credential belongs to", parameters: [] },
  { resource: "groups", path: "/groups", description: "Groups that may be read", parameters: ["authority", "document_uri", "expand"] },
  { resource: "groups", path: "/groups/{id}", description: "One group", parameters: ["expand"] },
  { resource: "groups", path: "/groups/{id}/members", description: "The members of a group", parameters: ["page[number]", "page[size]"] },
  { resource: "annotations", path: "/search", description: "Search for annotations", parameters: ["limit", "search_after", "user", "uri", "tag", "any"] },
  { resource: "annotations", path: "/annotations/{id}", description: "One annotation", parameters: [] },
];

export const requestAnswer = (more = {}) => {
  const body = JSON.stringify({ authority: "hypothes.is", features: { embed_cachebuster: false }, groups: [{ id: "__world__", name: "Public", public: true }], preferences: {}, userid: null });
  return {
    status: 200,
    contentType: "application/json; charset=utf-8",
    milliseconds: 88,
    bytes: body.length,
    text: body,
    cut: false,
    isJson: true,
    failure: null,
    authenticated: true,
    ...more,
  };
};

export const history = () => [
  { request: { path: "/groups/abc/members", query: [{ name: "page[size]", value: "100" }] }, at: at(300), status: 200 },
  { request: { path: "/profile", query: [] }, at: at(900), status: null },
];

export const annotations = (count, from = 0) =>
  Array.from({ length: count }, (_, place) => ({
    id: `ann${from + place}`,
    user: "acct:malgorzata@hypothes.is",
    uri: `https://example.com/article/${from + place}`,
    title: `Article ${from + place}`,
    text: place % 3 === 0 ? "Worth reading twice, <b>really</b>" : "A note on method",
    quote: "the sample was small",
    tags: place % 2 === 0 ? ["method", "sample"] : [],
    group: "__world__",
    created: at((from + place) * 3600),
    updated: at((from + place) * 3600),
  }));

/** A sign-in that waits for the browser. */
export const waiting = (more = {}) => ({
  is: "waiting",
  host: "hypothes.is",
  redirectUri: "http://127.0.0.1:47811/callback",
  until: at(-600),
  browserOpened: true,
  authorizeAddress: "https://hypothes.is/oauth/authorize?client_id=96653f8e&response_type=code&state=abc",
  ...more,
});

/** Answers of a backend whose tools work. */
export const answers = () => ({
  activity_list: ({ connection }) => calls().filter((call) => connection === null || call.connection === connection),
  requests_documented: () => documented(),
  request_history: () => history(),
  request_send: () => requestAnswer(),
  request_as_curl: ({ request }) => `curl "https://hypothes.is/api${request.path}" -K - <<< "header = \"Authorization: Bearer \${COUNTERSIGN_SECRET:?}\""`,
  annotations_search: ({ query }) => ({ rows: annotations(query.after ? 40 : 200, query.after ? 200 : 0), total: 240, next: query.after ? null : "cursor-200" }),
  ...doctor(findingsUntrusted()),
});
