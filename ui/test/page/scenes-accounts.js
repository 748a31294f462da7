// Owns what tests and pictures of the Accounts screen show: accounts, the rules as the backend checks them, answers.
import { answers, failure, fourCards } from "./scenes.js";

export const AUTHORITY = "czytelnia.uni-lodz.example";
export const LIBRARY = "0f0f0f0f-0000-4000-8000-000000000003";
export const PRACTICE = "0f0f0f0f-0000-4000-8000-000000000004";

/** Today, 14:31, in the zone of the browser. */
const read = () => new Date(new Date().setHours(14, 31, 0, 0)).toISOString();

export const account = (username, email, displayName, more = {}) => ({
  userid: `acct:${username}@${AUTHORITY}`,
  username,
  authority: AUTHORITY,
  email,
  displayName,
  normalForm: normal(username),
  read: read(),
  ...more,
});

export const five = () => [
  account("jweiss", "j.weiss@uni-lodz.example", "Jürgen Weiß"),
  account("m.weissenberg", "m.weissenberg@uni-lodz.example", "Małgorzata Weissenberg"),
  account("thordis.wj", "thordis@uni-lodz.example", "Þórdís Weiss-Jónsdóttir"),
  account("zofie.weissova", "z.weissova@uni-lodz.example", "Žofie Weissová"),
  account("lweiss2", "l.weiss@uni-lodz.example", "Łukasz Weiss"),
];

const normal = (username) => username.toLowerCase().replaceAll(".", "");

const PATTERN = "^[A-Za-z0-9_][A-Za-z0-9._]+[A-Za-z0-9_]$";

const usernameFaults = (value) => [
  !/^[A-Za-z0-9._]*$/.test(value) && { fault: "username-characters", serverWords: `username: '${value}' does not match '${PATTERN}'` },
  /^\.|\.$/.test(value) && { fault: "username-period", serverWords: `username: '${value}' does not match '${PATTERN}'` },
  [...value].length < 3 && { fault: "username-too-short", serverWords: `username: '${value}' is too short` },
  [...value].length > 30 && { fault: "username-too-long", serverWords: `username: '${value}' is too long` },
];

const emailFaults = (value) => [
  value === "" && { fault: "email-missing", serverWords: null },
  value !== "" && !value.includes("@") && { fault: "email-form", serverWords: `email: '${value}' is not a 'email'` },
  [...value].length > 100 && { fault: "email-too-long", serverWords: `email: '${value}' is too long` },
];

const displayNameFaults = (value) => [
  [...value].length > 30 && { fault: "display-name-too-long", serverWords: `display_name: '${value}' is too long` },
];

/** The backend's own check, in small. */
export function check({ username, email, displayName }) {
  const at = (field, found) => found.filter(Boolean).map((fault) => ({ field, ...fault }));
  return {
    faults: [
      ...at("username", username === null ? [] : usernameFaults(username.trim())),
      ...at("email", email === null ? [] : emailFaults(email.trim())),
      ...at("displayName", displayName === null ? [] : displayNameFaults(displayName)),
    ],
    normalForm: username === null ? null : normal(username.trim()),
  };
}

/** A register of accounts seen and a server, both of them lists that tests may change. */
export function library(seen = five(), onServer = seen) {
  const place = { seen: [...seen], server: [...onServer] };
  const name = (typed) => normal(typed.replace(/^acct:/, "").replace(/@.*/, ""));
  const found = (search) =>
    place.seen.filter(({ userid, email, displayName }) =>
      `${userid} ${normal(userid)} ${email} ${displayName}`.toLowerCase().includes(search.toLowerCase()),
    );
  const keep = (there) => {
    place.seen = [there, ...place.seen.filter(({ userid }) => userid !== there.userid)];
    place.server = [there, ...place.server.filter(({ userid }) => userid !== there.userid)];
    return there;
  };
  place.answers = {
    account_check: ({ request }) => check(request),
    accounts_known: ({ search }) => ({
      rows: found(search).slice(0, 200),
      matched: found(search).length,
      total: place.seen.length,
    }),
    account_look_up: ({ text }) => {
      const there = place.server.find(({ username }) => normal(username) === name(text));
      return there ? { is: "found", account: keep(there) } : { is: "notFound", userid: `acct:${text}@${AUTHORITY}` };
    },
    account_create: ({ request: { username, email, displayName } }) => ({
      is: "done",
      account: keep(account(username, email, displayName || null)),
    }),
    account_update: ({ request: { userid, email, displayName } }) => {
      const before = place.server.find((there) => there.userid === userid);
      const change = Object.fromEntries(Object.entries({ email, displayName }).filter(([, value]) => value !== null));
      return { is: "done", account: keep({ ...before, ...change }) };
    },
    operation_cancel: () => true,
  };
  return place;
}

/** Cards with one change to the library's. */
export const cardsWith = (more = {}) => fourCards().map((one) => (one.id === LIBRARY ? { ...one, ...more } : one));

export const failingCard = (code, more = {}) => cardsWith({ state: { is: "failing", failure: failure(code, more) } });

/** Runs the application on the Accounts screen. `seen` and `server` are account lists; `total` stands for many more. */
export async function startAccounts({ cards = fourCards(), keychain = "unlocked", connection = LIBRARY, seen, server, total, more = {} } = {}) {
  const place = library(seen, server);
  globalThis.harness.place = place;
  const known = place.answers.accounts_known;
  const grown = (args) => ({ ...known(args), total, ...(args.search === "" ? { matched: total } : {}) });
  if (total) place.answers.accounts_known = grown;
  await globalThis.harness.start(
    { ...answers(cards, keychain), ...place.answers, ...more },
    { screen: "accounts", accountsConnection: connection },
  );
}

/** Makes a command wait until `finish` is called. */
export function holding(command) {
  const held = {};
  held.finish = () => held.resolve();
  globalThis.harness.platform.script({
    [command]: async (args) => {
      await new Promise((resolve) => (held.resolve = resolve));
      return globalThis.harness.place.answers[command](args);
    },
  });
  globalThis.harness.held = held;
}

/** The name of what has the keyboard, as a screen reader says it. */
export function focusedName() {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  const host = element?.getRootNode().host;
  const name = element?.getAttribute("aria-label") || element?.labels?.[0]?.innerText || element?.innerText || host?.innerText;
  return (name ?? "").trim();
}
