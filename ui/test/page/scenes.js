// Owns what component tests and pictures show: cards, calls and answers as the backend gives them.

/** @param {number} days @param {string} time */
const ago = (days, time) => {
  const date = new Date();
  date.setDate(date.getDate() - days);
  const [hours, minutes, seconds] = time.split(":").map(Number);
  date.setHours(hours, minutes, seconds, 0);
  return date.toISOString();
};

export const failure = (code, more = {}) => ({
  code,
  message: "",
  retryable: true,
  action: "retry",
  field: null,
  serverWords: null,
  waitSeconds: null,
  saysAll: false,
  ...more,
});

export const card = (more) => ({
  id: "0f0f0f0f-0000-4000-8000-000000000001",
  label: "Nordvik Energi",
  kind: "hyperproofClientCredentials",
  service: "hyperproof",
  region: "eu",
  apiHost: "api.hyperproof.eu",
  secretHost: "accounts.hyperproof.app",
  plainHttp: false,
  clientId: "7f3c9a2e41d04b6f8e15c0a9d2b7e431",
  authority: null,
  scopes: null,
  keeping: "keychain",
  secretSaved: ago(99, "09:10:00"),
  readsControls: true,
  administersAccounts: false,
  state: { is: "working" },
  checked: ago(0, "00:00:41"),
  identity: [
    { name: "name", value: "Ingrid Ødegård" },
    { name: "email", value: "ingrid.odegard@nordvik.example" },
    { name: "user-state", value: "Verified" },
    { name: "time-zone", value: "Europe/Oslo" },
  ],
  permissions: [
    { name: "controls", state: "allowed", status: null },
    { name: "users", state: "refused", status: 403 },
  ],
  lastUse: ago(0, "00:00:41"),
  lastRefusal: { at: ago(0, "00:00:41"), method: "GET", path: "/v1/users/me", status: 403, code: null, milliseconds: 96, bytes: 100 },
  registerRows: 370,
  ratePerSecond: null,
  burst: null,
  rateChosen: false,
  userid: null,
  signIn: null,
  accessTokenExpires: new Date(Date.now() + 41.5 * 60_000).toISOString(),
  network: { proxy: "system", proxyAddress: null, proxyUsername: null, certificate: null },
  notKept: null,
  ...more,
});

const signIn = (more) => ({
  authorizeHost: "hypothes.is",
  redirectUri: "http://127.0.0.1:47811/callback",
  signedIn: true,
  renewed: ago(5, "09:10:00"),
  restsUntil: new Date(Date.now() + 2 * 86_400_000 - 60_000).toISOString(),
  endsSoon: true,
  ...more,
});

const hypothesis = (more) =>
  card({
    service: "hypothesis",
    region: null,
    apiHost: "hypothes.is",
    secretHost: "hypothes.is",
    clientId: null,
    readsControls: false,
    identity: [{ name: "userid", value: "acct:malgorzata@hypothes.is" }, { name: "display-name", value: "Małgorzata Wiśniewska" }],
    permissions: [
      { name: "profile", state: "allowed", status: null },
      { name: "groups", state: "allowed", status: null },
    ],
    registerRows: 0,
    ratePerSecond: 4,
    burst: 44,
    accessTokenExpires: null,
    lastRefusal: null,
    ...more,
  });

/** One card of every kind that the first four do not have. */
export const otherKinds = () => [
  hypothesis({
    id: "0f0f0f0f-0000-4000-8000-000000000005",
    label: "Małgorzata Wiśniewska",
    kind: "hypothesisSignIn",
    clientId: "96653f8e-80be-11e6-b32b-c7bcde86613a",
    accessTokenExpires: new Date(Date.now() + 12.5 * 60_000).toISOString(),
    signIn: signIn({}),
  }),
  hypothesis({
    id: "0f0f0f0f-0000-4000-8000-000000000006",
    label: "Annotation export",
    kind: "hypothesisPersonalToken",
    state: { is: "failing", failure: failure("credential-refused", { action: "replaceSecret", retryable: false }) },
  }),
  hypothesis({
    id: "0f0f0f0f-0000-4000-8000-000000000007",
    label: "Reading list of jweiss",
    kind: "hypothesisGrantToken",
    clientId: "77f1d2ae-80be-11e6-b32b-c7bcde86613a",
    userid: "acct:jweiss@czytelnia.uni-lodz.example",
    rateChosen: true,
    network: { proxy: "address", proxyAddress: "http://proxy.uni-lodz.example:3128", proxyUsername: "jweiss", certificate: "uni-lodz-root.pem" },
  }),
  hypothesis({
    id: "0f0f0f0f-0000-4000-8000-000000000008",
    label: "Public reading",
    kind: "hypothesisAnonymous",
    state: { is: "notChecked" },
    checked: null,
    identity: [],
    permissions: [],
    lastUse: null,
  }),
  card({
    id: "0f0f0f0f-0000-4000-8000-000000000009",
    label: "Nordvik audit",
    kind: "hyperproofAuthorizationCode",
    state: { is: "failing", failure: failure("signed-out", { action: "signInAgain", retryable: false }) },
    accessTokenExpires: null,
    signIn: signIn({ authorizeHost: "accounts.hyperproof.app", signedIn: false, renewed: null, restsUntil: null, endsSoon: false }),
    permissions: [
      { name: "controls", state: "allowed", status: null },
      { name: "issues", state: "refused", status: 403 },
      { name: "something-new", state: "notAsked", status: null },
    ],
  }),
];

/** Every kind there is. */
export const allKinds = () => {
  const [nordvik, us, library, practice] = fourCards();
  const [signedIn, token, grant, anonymous, audit] = otherKinds();
  return [nordvik, us, audit, library, signedIn, token, grant, anonymous, practice];
};

export const fourCards = () => [
  card({}),
  card({
    id: "0f0f0f0f-0000-4000-8000-000000000002",
    label: "Nordvik US holdings",
    region: "us",
    apiHost: "api.hyperproof.app",
    state: { is: "failing", failure: failure("tls-untrusted", { action: "askAdministrator", retryable: false }) },
    registerRows: 0,
    identity: [],
    permissions: [],
    lastRefusal: null,
  }),
  card({
    id: "0f0f0f0f-0000-4000-8000-000000000003",
    label: "Biblioteka – Uniwersytet Łódzki",
    kind: "hypothesisClientCredentials",
    service: "hypothesis",
    region: null,
    apiHost: "hypothes.is",
    secretHost: "hypothes.is",
    clientId: "96653f8e-80be-11e6-b32b-c7bcde86613a",
    authority: "czytelnia.uni-lodz.example",
    readsControls: false,
    administersAccounts: true,
    identity: [{ name: "authority", value: "czytelnia.uni-lodz.example" }],
    permissions: [{ name: "accounts", state: "allowed", status: null }],
    registerRows: 0,
    ratePerSecond: 4,
    burst: 44,
    lastRefusal: null,
  }),
  card({
    id: "0f0f0f0f-0000-4000-8000-000000000004",
    label: "Practice",
    kind: "practice",
    service: "practice",
    region: null,
    apiHost: "127.0.0.1",
    secretHost: "127.0.0.1",
    plainHttp: true,
    clientId: null,
    readsControls: true,
    administersAccounts: true,
    state: { is: "stopped" },
    checked: null,
    identity: [],
    permissions: [],
    lastUse: null,
    lastRefusal: null,
    registerRows: 370,
  }),
];

export const calls = () => [
  { at: ago(0, "00:00:41"), method: "GET", path: "/v1/users/me", status: 403, code: null, milliseconds: 96, bytes: 100 },
  { at: ago(0, "00:00:40"), method: "GET", path: "/v1/users/me", status: 200, code: null, milliseconds: 88, bytes: 900 },
  { at: ago(0, "00:00:09"), method: "GET", path: "/v1/controls", status: 200, code: null, milliseconds: 1840, bytes: 697_000 },
  { at: ago(0, "00:00:07"), method: "POST", path: "/oauth/token", status: null, code: "timed-out", milliseconds: 60_000, bytes: 0 },
];

/** Nothing was chosen. */
export const preferences = (more = {}) => ({ contrast: "system", railNarrow: false, paneWidths: {}, ...more });

/** Answers of a backend with these cards. */
export const answers = (cards, keychain = "unlocked", chosen = preferences()) => ({
  app_status: () => ({
    version: "0.1.0",
    keychain: { state: keychain, store: "Secret Service" },
    connections: cards,
    platform: "linux",
    preferences: chosen,
  }),
  preferences_save: () => null,
  keychain_probe: () => ({ state: keychain, store: "Secret Service" }),
  connection_list: () => cards,
  recent_calls: () => calls(),
  connection_test: ({ id }) => ({ ...cards.find((card) => card.id === id), state: { is: "working" }, checked: ago(0, "00:00:59") }),
  connection_rename: ({ id, label }) => ({ ...cards.find((card) => card.id === id), label }),
  connection_forget: () => null,
});
