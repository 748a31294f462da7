// Owns the proof of the Accounts screen's list and looks: search, asking the server, states, keys, hostile text.
import assert from "node:assert/strict";
import test, { after, before } from "node:test";

import { assertAccessible } from "../harness/axe.js";
import { startBrowser } from "../harness/browser.js";

let browser;
before(async () => (browser = await startBrowser()));
after(() => browser?.close());

/** Runs the application on the screen; `fail` makes commands fail, `failing` is what the card says is wrong. */
async function started({ fail = {}, failing = null, ...given } = {}, size = {}) {
  const page = await browser.open(size);
  await page.evaluate(
    ([options, failures, card]) => {
      const thrown = ([command, failure]) => [command, () => { throw failure; }];
      const more = Object.fromEntries(Object.entries(failures).map(thrown));
      return harness.accounts.startAccounts({ ...options, more, ...(card ? { cards: harness.accounts.failingCard(...card) } : {}) });
    },
    [given, fail, failing],
  );
  await page.locator("accounts-screen").waitFor();
  return page;
}

const failure = (code, more = {}) => ({
  code, message: `${code}.`, retryable: true, action: "retry", field: null, serverWords: null, waitSeconds: null, ...more,
});
const callsOf = (page, command) => page.evaluate((name) => harness.platform.callsOf(name), command);
const box = (page, name) => page.getByRole("textbox", { name, exact: true });
const option = (page, name) => page.getByRole("option", { name });
const heading = (page, name) => page.getByRole("heading", { name, exact: true });
const status = (page) => page.locator("status-bar").innerText();
const focusIs = (page, name) => page.waitForFunction((expected) => harness.accounts.focusedName() === expected, name);

async function searched(page, words, found) {
  await page.keyboard.press("Control+f");
  await page.keyboard.press("Control+a");
  await page.keyboard.type(words);
  await page.getByText(`${found} found`, { exact: true }).waitFor();
}

for (const dark of [false, true]) {
  test(`axe finds nothing on list, forms, faults and questions, ${dark ? "dark" : "light"}`, async () => {
    const page = await started({ total: 10_214 }, { dark });
    await heading(page, "Jürgen Weiß").waitFor();
    await assertAccessible(page);
    await box(page, "Display name").fill("Prof. dr hab. Jürgen Weiß-Maciejko");
    await box(page, "E-mail").focus();
    await page.getByText("Four characters too many.").waitFor();
    await assertAccessible(page);
    await option(page, "Łukasz").click();
    await page.getByRole("dialog").waitFor();
    await assertAccessible(page);
    await page.locator("leave-sheet").getByRole("button", { name: "Discard" }).click();
    await heading(page, "Łukasz Weiss").waitFor();
    await page.keyboard.press("Control+n");
    await box(page, "Username").fill("jweiss");
    await box(page, "E-mail").focus();
    await page.getByText("seen here already").waitFor();
    await assertAccessible(page);
    assert.deepEqual(page.faults, []);
    await assertAccessible(await started({ seen: [] }, { dark }));
    await assertAccessible(await started({ fail: { accounts_known: failure("keychain-locked") }, keychain: "locked" }, { dark }));
  });
}

test("the accounts seen here are listed and searched without asking the server", async () => {
  const page = await started({ total: 10_214 });
  await heading(page, "Jürgen Weiß").waitFor();
  await page.getByText("10,214 accounts seen by this computer.").waitFor();
  await searched(page, "weiss", 5);
  assert.equal(await page.getByRole("option").count(), 5);
  assert.match(await status(page), /5 of 10,214 · 1 selected\s+4 calls a second allowed · 44 at once/);
  await searched(page, "łukasz", 1);
  await option(page, "Łukasz").click();
  await heading(page, "Łukasz Weiss").waitFor();
  assert.deepEqual(await callsOf(page, "account_look_up"), []);
  assert.deepEqual(page.faults, []);
});

test("Enter and the button ask the server for what is typed, and what is found opens", async () => {
  const page = await started({ seen: [], server: undefined });
  await heading(page, "No account is seen here yet").waitFor();
  await page.evaluate(() => (harness.place.server = harness.accounts.five()));
  await searched(page, "J.Weiss", 0);
  await page.keyboard.press("Enter");
  await heading(page, "Jürgen Weiß").waitFor();
  assert.deepEqual(await callsOf(page, "account_look_up"), [{ connection: "0f0f0f0f-0000-4000-8000-000000000003", text: "J.Weiss" }]);
  await searched(page, "acct:lweiss2@czytelnia.uni-lodz.example", 0);
  await page.getByRole("button", { name: "Ask the server" }).click();
  await heading(page, "Łukasz Weiss").waitFor();
});

test("a name that matches here can still be asked for exactly", async () => {
  const page = await started();
  await searched(page, "weiss", 5);
  await page.getByRole("button", { name: "Ask the server for “weiss”" }).click();
  await heading(page, "The server knows no account weiss").waitFor();
});

test("what the server does not know is said with its next step", async () => {
  const page = await started();
  await searched(page, "acct:jbloggs1@czytelnia.uni-lodz.example", 0);
  await page.keyboard.press("Enter");
  await heading(page, "The server knows no account jbloggs1").waitFor();
  await page.getByRole("button", { name: "Create it" }).click();
  await focusIs(page, "Username");
  assert.equal(await box(page, "Username").inputValue(), "jbloggs1");
  await page.getByText("in czytelnia.uni-lodz.example").waitFor();
});

test("a look-up that fails says so, keeps what was shown and names the code", async () => {
  const refused = failure("input-invalid", { field: "username", message: "This userid belongs to another authority." });
  const page = await started({ fail: { account_look_up: refused } });
  await searched(page, "acct:a@elsewhere.example", 0);
  await page.keyboard.press("Enter");
  await page.getByText("This userid belongs to another authority.").waitFor();
  await heading(page, "Jürgen Weiß").waitFor();
  assert.match(await status(page), /input-invalid/);
  await page.evaluate((thrown) => harness.platform.script({ account_look_up: () => { throw thrown; } }), failure("unreachable"));
  await page.keyboard.press("Enter");
  await page.getByText("You see the accounts as this computer last read them.").waitFor();
});

test("a question under way is shown, can be stopped, and leaves what was shown", async () => {
  const page = await started();
  await page.evaluate(() => harness.accounts.holding("account_look_up"));
  await searched(page, "jwe", 1);
  await page.keyboard.press("Enter");
  await page.getByText("Asking the server…").waitFor();
  await page.keyboard.press("Enter");
  assert.equal((await callsOf(page, "account_look_up")).length, 1, "one question at a time");
  await page.getByRole("button", { name: "Stop asking the server" }).click();
  assert.deepEqual(await callsOf(page, "operation_cancel"), [{ operation: "account:0f0f0f0f-0000-4000-8000-000000000003" }]);
  await page.evaluate((thrown) => {
    harness.place.answers.account_look_up = () => { throw thrown; };
    harness.held.finish();
  }, failure("cancelled"));
  await page.getByText("Asking the server…").waitFor({ state: "hidden" });
  await heading(page, "Jürgen Weiß").waitFor();
});

test("an answer that comes while something is typed does not replace it unasked", async () => {
  const page = await started();
  await page.evaluate(() => harness.accounts.holding("account_look_up"));
  await searched(page, "lweiss2", 1);
  await page.keyboard.press("Enter");
  await page.getByText("Asking the server…").waitFor();
  await box(page, "Display name").fill("J. Weiß");
  await page.evaluate(() => harness.held.finish());
  await page.getByRole("dialog", { name: "Leave without saving?" }).waitFor();
  await page.getByRole("button", { name: "Keep editing" }).click();
  assert.equal(await box(page, "Display name").inputValue(), "J. Weiß");
});

test("each state says what is wrong and what to do", async () => {
  const refused = await started({ failing: ["credential-refused", { action: "replaceSecret" }] });
  await refused.getByText("The service does not accept this credential.").waitFor();
  await refused.getByRole("button", { name: "Replace secret…" }).click();
  await refused.locator("connections-screen").waitFor();
  await refused.getByRole("heading", { name: "Biblioteka" }).waitFor();

  const offline = await started({ failing: ["unreachable", {}] });
  await offline.getByText("You see the accounts as this computer last read them.").waitFor();

  const none = await started({ cards: [], connection: null });
  await none.getByRole("button", { name: "Go to Connections" }).click();
  await none.locator("connections-screen").waitFor();
});

test("a locked keychain has one button, and unlocking brings the list", async () => {
  const page = await started({ keychain: "locked", fail: { accounts_known: failure("keychain-locked") } });
  await heading(page, "The keychain is locked").waitFor();
  await focusIs(page, "Unlock keychain…");
  await page.evaluate(() =>
    harness.platform.script({
      keychain_probe: () => ({ state: "unlocked", store: "Secret Service" }),
      accounts_known: harness.place.answers.accounts_known,
    }),
  );
  await page.keyboard.press("Enter");
  await heading(page, "Jürgen Weiß").waitFor();
});

test("with the keyboard alone an account is chosen, edited, left and another begun", async () => {
  const page = await started();
  await focusIs(page, "Accounts");
  await page.keyboard.press("ArrowDown");
  await heading(page, "Małgorzata Weissenberg").waitFor();
  await page.keyboard.press("Enter");
  await focusIs(page, "E-mail");
  await page.keyboard.press("F6");
  await page.keyboard.press("Control+n");
  await focusIs(page, "Username");
  await page.keyboard.press("Escape");
  await focusIs(page, "Accounts");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await focusIs(page, "E-mail");
  await page.keyboard.press("Escape");
  await heading(page, "Choose an account").waitFor();
  await focusIs(page, "Accounts");
  await page.keyboard.press("Control+f");
  await focusIs(page, "Search accounts");
  await page.keyboard.type("weiss");
  await page.keyboard.press("Escape");
  assert.equal(await page.getByRole("textbox", { name: "Search accounts" }).inputValue(), "");
  await focusIs(page, "Search accounts");
});

test("hostile text is shown as text, in rows, heading and facts", async () => {
  const page = await browser.open({ width: 900, height: 600 });
  await page.evaluate(() => {
    const name = '<img src=x onerror="globalThis.hurt=1">';
    const bad = harness.accounts.account(name, `${"a".repeat(90)}@x`, `\u202e${name}${"w".repeat(300)}`);
    return harness.accounts.startAccounts({ seen: [bad] });
  });
  await page.getByText("As the server has it").waitFor();
  assert.equal(await page.evaluate(() => globalThis.hurt), undefined);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  assert.equal(wide, false);
  const form = page.locator("accounts-screen .scrolling.middle");
  assert.equal(await form.evaluate((pane) => pane.scrollWidth > pane.clientWidth), false, "nothing runs out of the form");
  await assertAccessible(page);
  assert.deepEqual(page.faults, []);
});

for (const [width, list] of [[1280, 288], [900, 288], [760, 272]]) {
  test(`at ${width} the list is ${list} wide, the form beside it, and searching moves nothing`, async () => {
    const page = await started({}, { width, height: 600 });
    await heading(page, "Jürgen Weiß").waitFor();
    const place = async () => JSON.stringify([await page.locator("account-list").boundingBox(), await page.getByRole("listbox").boundingBox()].map((box) => [box.x, box.y, box.width]));
    const before = await place();
    assert.equal((await page.locator("account-list").boundingBox()).width, list);
    await searched(page, "weiss", 5);
    assert.equal(await place(), before);
    const form = page.locator("accounts-screen .scrolling.middle");
    assert.equal(await form.evaluate((pane) => pane.scrollWidth > pane.clientWidth), false);
  });
}
