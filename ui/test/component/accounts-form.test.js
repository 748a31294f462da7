// Owns the proof of the account forms: rules as typed, saving, every outcome of a write, and that nothing typed is lost.
import assert from "node:assert/strict";
import test, { after, before } from "node:test";

import { assertAccessible } from "../harness/axe.js";
import { startBrowser } from "../harness/browser.js";

let browser;
before(async () => (browser = await startBrowser()));
after(() => browser?.close());

const box = (page, name) => page.getByRole("textbox", { name, exact: true });
const option = (page, name) => page.getByRole("option", { name });
const button = (page, name) => page.getByRole("button", { name, exact: true });
const heading = (page, name) => page.getByRole("heading", { name, exact: true });
const callsOf = (page, command) => page.evaluate((name) => harness.platform.callsOf(name), command);
const focusIs = (page, name) => page.waitForFunction((expected) => harness.accounts.focusedName() === expected, name);

async function started(given = {}) {
  const page = await browser.open();
  await page.evaluate((options) => harness.accounts.startAccounts(options), given);
  await heading(page, given.seen ? "No account is seen here yet" : "Jürgen Weiß").waitFor();
  return page;
}

/** The new account's form with the values of the first journey. */
async function creating(given = {}, values = {}) {
  const page = await started(given);
  await page.keyboard.press("Control+n");
  await focusIs(page, "Username");
  await box(page, "Username").fill(values.username ?? "jbloggs1");
  await box(page, "E-mail").fill(values.email ?? "jbloggs1@uni-lodz.example");
  return page;
}

/** The next writes end so; an outcome with `code` is thrown. */
const ends = (page, outcome) =>
  page.evaluate((planned) => {
    const end = () => {
      if (planned.code) throw planned;
      return planned;
    };
    harness.platform.script({ account_create: end, account_update: end });
  }, outcome);

const failure = (code, more = {}) => ({
  code, message: `${code}.`, retryable: true, action: "retry", field: null, serverWords: null, waitSeconds: null, ...more,
});
const there = (more = {}) => ({
  userid: "acct:jbloggs1@czytelnia.uni-lodz.example", username: "jbloggs1", authority: "czytelnia.uni-lodz.example",
  email: "jbloggs1@uni-lodz.example", displayName: null, normalForm: "jbloggs1", read: "2026-11-21T13:31:00Z", ...more,
});

test("the first journey: authority, username, e-mail, and the account opens", async () => {
  const page = await creating({ seen: [], connection: "0f0f0f0f-0000-4000-8000-000000000004" });
  await page.getByText("in practice.example, the practice organisation").waitFor();
  await page.getByText("Fits the server’s rule, and no account seen here is jbloggs1.").waitFor();
  await page.keyboard.press("Enter");
  await heading(page, "jbloggs1").waitFor();
  await page.getByText("jbloggs1 created").waitFor();
  const request = { username: "jbloggs1", email: "jbloggs1@uni-lodz.example", displayName: "" };
  assert.deepEqual((await callsOf(page, "account_create")).map((call) => call.request), [request]);
  assert.equal(await option(page, "jbloggs1").getAttribute("aria-selected"), "true");
  assert.deepEqual(page.faults, []);
});

test("faults are said after the field is left, then on each key, and an empty field is not nagged about", async () => {
  const page = await started();
  await page.keyboard.press("Control+n");
  await focusIs(page, "Username");
  await box(page, "E-mail").focus();
  await box(page, "Username").focus();
  assert.equal(await page.getByRole("alert").count(), 0);
  await page.keyboard.type("joe-bloggs");
  assert.equal(await page.getByRole("alert").count(), 0, "not while it is first typed");
  await page.keyboard.press("Tab");
  await page.getByText("Only letters a–z without accents, digits, periods and underscores fit. The server would answer:").waitFor();
  await page.getByText("username: 'joe-bloggs' does not match '^[A-Za-z0-9_][A-Za-z0-9._]+[A-Za-z0-9_]$'").waitFor();
  await box(page, "Username").fill(".joe");
  await page.getByText("A username does not begin or end with a period.").waitFor();
  await box(page, "Username").fill("joe");
  await page.getByText("no account seen here is joe").waitFor();
  assert.equal(await box(page, "Username").getAttribute("aria-invalid"), "false");
});

test("creating too early goes to the first fault and sends nothing", async () => {
  const page = await creating({}, { username: "", email: "" });
  await button(page, "Create account").click();
  await page.getByText("A username is needed.").waitFor();
  await page.getByText("An e-mail address is needed").waitFor();
  await focusIs(page, "Username");
  assert.deepEqual(await callsOf(page, "account_create"), []);
});

test("a name or address seen here already is said, with the way to that account, and does not stop", async () => {
  const page = await creating({}, { username: "J.Weiss", email: "M.Weissenberg@uni-lodz.example" });
  await box(page, "Display name").focus();
  await page.getByText("jweiss is seen here already").waitFor();
  await page.getByText("m.weissenberg has this address already.").waitFor();
  await button(page, "Open Małgorzata Weissenberg (m.weissenberg)").click();
  await button(page, "Discard").click();
  await heading(page, "Małgorzata Weissenberg").waitFor();
});

test("a refusal stands beside its field in the server's words, takes the focus and loses nothing", async () => {
  const page = await creating();
  const words = "user with email address 'jbloggs1@uni-lodz.example' already exists";
  await ends(page, { is: "refused", failures: [failure("already-exists", { field: "email", serverWords: words })] });
  await button(page, "Create account").click();
  await page.getByText("The account was not created.").waitFor();
  await page.getByText("Another account has this address. The server said:").waitFor();
  await page.getByText(words).waitFor();
  await page.getByText("Refused, not created").waitFor();
  await focusIs(page, "E-mail");
  assert.equal(await box(page, "Username").inputValue(), "jbloggs1");
  await assertAccessible(page);
  await box(page, "E-mail").fill("other@uni-lodz.example");
  await page.getByText(words).waitFor({ state: "hidden" });
  await page.getByText("The account was not created.").waitFor();
});

test("a taken name can be asked for", async () => {
  const page = await creating();
  await ends(page, { is: "refused", failures: [failure("already-exists", { field: "username", serverWords: "user with username 'jbloggs1' already exists" })] });
  await button(page, "Create account").click();
  await button(page, "Open jbloggs1").click();
  await button(page, "Discard").click();
  await heading(page, "The server knows no account jbloggs1").waitFor();
});

test("read back and right is said as that", async () => {
  const page = await creating();
  await ends(page, { is: "doneReadBack", account: there() });
  await button(page, "Create account").click();
  await page.getByText("No answer came; read back, the account is there and right.").waitFor();
  await heading(page, "jbloggs1").waitFor();
});

test("read back and different says what the server has, and opens it", async () => {
  const page = await creating();
  await ends(page, { is: "differs", account: there({ email: "somebody@else.example" }) });
  await button(page, "Create account").click();
  await page.getByText("An account named jbloggs1 is there, but not as it was sent.").waitFor();
  await page.getByText("email: 'somebody@else.example'").waitFor();
  assert.equal(await box(page, "E-mail").inputValue(), "jbloggs1@uni-lodz.example");
  await button(page, "Open it").click();
  await button(page, "Discard").click();
  await heading(page, "jbloggs1").waitFor();
});

test("certainly not done says that creating again is safe", async () => {
  const page = await creating();
  await ends(page, { is: "notDone", failure: failure("server-failed") });
  await button(page, "Create account").click();
  await page.getByText("The service failed. Nothing was written. It is safe to create it again.").waitFor();
  assert.equal(await box(page, "Username").inputValue(), "jbloggs1");
  await button(page, "Create account").waitFor();
});

test("not known offers reading back in place of creating, and says what that finds", async () => {
  const page = await creating();
  await ends(page, { is: "unknown", failure: failure("outcome-unknown", { action: "readBack" }) });
  await button(page, "Create account").click();
  await page.getByText("It is not known whether the account was created.").waitFor();
  assert.equal(await button(page, "Create account").count(), 0);
  assert.equal(await box(page, "E-mail").getAttribute("readonly"), "");
  await page.getByText("Not known whether created").waitFor();
  await button(page, "Read back").click();
  await page.getByText("Read back: the server has no such account.").waitFor();
  await page.getByText("It may come still. If it does not within a minute, it is safe to create it again.").waitFor();
  await button(page, "Create account").click();
  await button(page, "Read back").waitFor();
  await page.evaluate((account) => harness.place.server.push(account), there());
  await button(page, "Read back").click();
  await page.getByText("No answer came; read back, the account is there and right.").waitFor();
  assert.equal((await callsOf(page, "account_create")).length, 2, "one request a press");
});

test("a failure before sending keeps what is typed; one of the register after it is not taken for a refusal", async () => {
  const page = await creating();
  await ends(page, failure("keychain-locked", { action: "unlockKeychain" }));
  await button(page, "Create account").click();
  await page.getByText("The account was not created.").waitFor();
  await button(page, "Unlock keychain…").waitFor();
  await ends(page, failure("register-failed"));
  await button(page, "Create account").click();
  await page.getByText("It is not known whether the account was created.").waitFor();
  assert.equal(await box(page, "E-mail").inputValue(), "jbloggs1@uni-lodz.example");
});

test("while it is created it can be stopped, and leaving is asked about", async () => {
  const page = await creating();
  await page.evaluate(() => harness.accounts.holding("account_create"));
  await button(page, "Create account").click();
  await page.getByText("Creating…").waitFor();
  await option(page, "Łukasz").click();
  await page.getByRole("dialog", { name: "An answer is awaited" }).waitFor();
  await button(page, "Wait").click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await button(page, "Stop").click();
  assert.equal((await callsOf(page, "operation_cancel"))[0].operation, "account:0f0f0f0f-0000-4000-8000-000000000003");
  await page.evaluate(() => harness.held.finish());
  await heading(page, "jbloggs1").waitFor();
});

test("pressed twice it is sent once, and what is typed meanwhile stays", async () => {
  const page = await started();
  await box(page, "Display name").fill("J. Weiß");
  await page.evaluate(() => harness.accounts.holding("account_update"));
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await page.getByText("Saving…").waitFor();
  await box(page, "E-mail").fill("later@uni-lodz.example");
  await page.evaluate(() => harness.held.finish());
  await page.getByText("1 field saved").waitFor();
  await heading(page, "J. Weiß").waitFor();
  assert.equal(await box(page, "E-mail").inputValue(), "later@uni-lodz.example");
  await page.getByText("1 field changed").waitFor();
  assert.equal((await callsOf(page, "account_update")).length, 1);
});

test("an edit sends only what changed, counts it, and can be put back", async () => {
  const page = await started();
  assert.equal(await button(page, "Save changes").isVisible(), false);
  await box(page, "Display name").fill("J. Weiß");
  await page.getByText("1 field changed").waitFor();
  await box(page, "E-mail").fill("j@w");
  await page.getByText("2 fields changed").waitFor();
  await button(page, "Discard").click();
  assert.equal(await box(page, "Display name").inputValue(), "Jürgen Weiß");
  await box(page, "Display name").fill("");
  await button(page, "Save changes").click();
  await page.getByText("1 field saved").waitFor();
  const userid = "acct:jweiss@czytelnia.uni-lodz.example";
  assert.deepEqual((await callsOf(page, "account_update")).map((call) => call.request), [{ userid, email: null, displayName: "" }]);
  await heading(page, "jweiss").waitFor();
});

test("a display name that is too long is not sent, and the faulty field has the keyboard", async () => {
  const page = await started();
  await box(page, "Display name").fill("Prof. dr hab. Jürgen Weiß-Maciejko");
  await page.keyboard.press("Enter");
  await page.getByText("Four characters too many. The server would answer:").waitFor();
  await page.getByText("34 of 30").waitFor();
  await focusIs(page, "Display name");
  assert.deepEqual(await callsOf(page, "account_update"), []);
});

test("an address that the service failed on is said as a guess, and the account as it is", async () => {
  const page = await started();
  await box(page, "E-mail").fill("l.weiss@uni-lodz.example");
  const account = there({ userid: "acct:jweiss@czytelnia.uni-lodz.example", username: "jweiss", email: "j.weiss@uni-lodz.example", displayName: "Jürgen Weiß" });
  await ends(page, { is: "differs", account });
  await button(page, "Save changes").click();
  await page.getByText("read back, the account is as it was").waitFor();
  await page.getByText("Another account probably has this e-mail address").waitFor();
  await page.getByText("1 field changed").waitFor();
});

test("reading again keeps what is typed, takes what is not, and says when the account is gone", async () => {
  const page = await started();
  await box(page, "Display name").fill("J. Weiß");
  await page.evaluate(() => {
    harness.place.server = [harness.accounts.account("jweiss", "new@uni-lodz.example", "Jürgen Weiß")];
  });
  await button(page, "Read again").click();
  await page.locator("account-editor definition-list").getByText("new@uni-lodz.example").waitFor();
  assert.equal(await box(page, "E-mail").inputValue(), "new@uni-lodz.example");
  assert.equal(await box(page, "Display name").inputValue(), "J. Weiß");
  await page.evaluate(() => (harness.place.server = []));
  await page.keyboard.press("Control+r");
  await page.getByText("The server does not know this account any more.").waitFor();
  assert.equal(await box(page, "Display name").inputValue(), "J. Weiß");
});

test("leaving the form asks once; another screen keeps what is typed", async () => {
  const page = await started();
  await box(page, "E-mail").fill("j@w");
  await option(page, "Łukasz").click();
  await page.getByRole("dialog", { name: "Leave without saving?" }).waitFor();
  await focusIs(page, "Keep editing");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  assert.equal(await box(page, "E-mail").inputValue(), "j@w");
  assert.equal(await option(page, "Jürgen").getAttribute("aria-selected"), "true");
  await page.keyboard.press("Control+1");
  await page.locator("connections-screen").waitFor();
  await page.keyboard.press("Control+3");
  await heading(page, "Jürgen Weiß").waitFor();
  assert.equal(await box(page, "E-mail").inputValue(), "j@w");
  await option(page, "Łukasz").click();
  await page.locator("leave-sheet").getByRole("button", { name: "Discard" }).click();
  await heading(page, "Łukasz Weiss").waitFor();
  assert.deepEqual(page.faults, []);
});
