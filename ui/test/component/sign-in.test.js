// Owns the proof of signing in: the kinds that do, the wait inside the sheet, what is told, and what happens to secrets.
import assert from "node:assert/strict";
import test, { after, before } from "node:test";

import { assertAccessible } from "../harness/axe.js";
import { startBrowser } from "../harness/browser.js";

let browser;
before(async () => (browser = await startBrowser()));
after(() => browser?.close());

async function started({ cards = "allKinds", ...size } = {}) {
  const page = await browser.open(size);
  await page.evaluate((name) => harness.start({ ...harness.scenes.answers(harness.scenes[name]()), ...harness.tools.answers() }), cards);
  await page.locator("connections-screen").waitFor();
  return page;
}

const callsOf = (page, command) => page.evaluate((name) => harness.platform.callsOf(name), command);
const box = (page, name) => page.getByRole("textbox", { name, exact: true });
const press = (page, name) => page.getByRole("button", { name, exact: true }).click();

async function adding(page, detail) {
  await page.keyboard.press("Control+n");
  await page.getByRole("dialog", { name: "Add connection" }).waitFor();
  await page.getByRole("option", { name: detail }).click();
}

/** A sign-in that goes as far as the test lets it: `harness.step(step)`, `harness.end(card)`, `harness.fail(failure)`. */
const scripted = (page, command) =>
  page.evaluate((name) => {
    harness.platform.script({
      [name]: (args) => {
        harness.sent = args.draft ?? args.id;
        harness.step = args.progress;
        return new Promise((resolve, reject) => Object.assign(harness, { end: resolve, fail: reject }));
      },
      operation_cancel: () => (harness.fail(harness.scenes.failure("cancelled")), true),
      sign_in_open_again: () => null,
      sign_in_paste: () => null,
    });
  }, command);

const waits = (page, more = {}) => page.evaluate((change) => harness.step(harness.tools.waiting(change)), more);

for (const dark of [false, true]) {
  test(`axe finds nothing on the forms of every kind and on the wait, ${dark ? "dark" : "light"}`, async () => {
    const page = await started({ dark });
    await scripted(page, "sign_in_save");
    await page.keyboard.press("Control+n");
    for (const detail of ["OAuth, renewed for you", "Act as one of your users", "Public annotations only", "Hyperproof, in the browser"]) {
      await page.getByRole("option", { name: detail }).click();
      await assertAccessible(page);
    }
    await page.getByRole("option", { name: "OAuth, renewed for you" }).click();
    await press(page, "Proxy, private certificate authority, addresses");
    await page.getByRole("radio", { name: "This one" }).click();
    await assertAccessible(page);
    await page.getByRole("radio", { name: "System settings" }).click();
    await box(page, "Client ID").fill("96653f8e-80be-11e6-b32b-c7bcde86613a");
    await press(page, "Save and sign in");
    await waits(page);
    await page.getByText("Sign in to hypothes.is in your browser").waitFor();
    await assertAccessible(page);
    assert.deepEqual(page.faults, []);
  });
}

test("a sign-in waits inside the sheet: where, until when, and what is registered, then proves and closes", async () => {
  const page = await started();
  await scripted(page, "sign_in_save");
  await adding(page, "OAuth, renewed for you");
  await box(page, "Client ID").fill("96653f8e-80be-11e6-b32b-c7bcde86613a");
  await box(page, "Callback port").fill("50123");
  await page.getByText("http://127.0.0.1:50123/callback").waitFor();
  await press(page, "Save and sign in");
  await waits(page);
  await page.getByText("http://127.0.0.1:47811/callback").waitFor();
  await press(page, "Open the browser again");
  assert.equal((await callsOf(page, "sign_in_open_again")).length, 1);
  await press(page, "Copy the address");
  assert.match((await page.evaluate(() => harness.platform.copied))[0], /^https:\/\/hypothes\.is\/oauth\/authorize/);
  await page.evaluate(() => harness.step({ is: "strangerCame" }));
  await page.getByText("Something else called the callback.").waitFor();
  await page.evaluate(() => harness.step({ is: "exchanging" }));
  await page.locator('[aria-current="step"]', { hasText: "Exchanging the code" }).waitFor();
  await page.evaluate(() => harness.step({ is: "proving" }));
  await page.evaluate(() => harness.end(harness.scenes.card({ id: "new", label: "Signed in", service: "hypothesis" })));
  await page.getByText("Signed in is saved and works").waitFor();
  assert.equal(await page.getByRole("dialog").count(), 0);
  const draft = await page.evaluate(() => harness.sent);
  assert.deepEqual([draft.kind, draft.callbackPort, draft.secret], ["hypothesisSignIn", 50_123, ""]);
});

test("Cancel ends the wait and keeps what was typed; a held port names its holder beside the field", async () => {
  const page = await started();
  await scripted(page, "sign_in_save");
  await adding(page, "OAuth, renewed for you");
  await box(page, "Client ID").fill("96653f8e-80be-11e6-b32b-c7bcde86613a");
  await press(page, "Save and sign in");
  await waits(page);
  await press(page, "Cancel");
  await page.getByText("Sign in to hypothes.is").waitFor({ state: "detached" });
  assert.deepEqual(await callsOf(page, "operation_cancel"), [{ operation: "sign-in" }]);
  assert.equal(await box(page, "Client ID").inputValue(), "96653f8e-80be-11e6-b32b-c7bcde86613a");
  await press(page, "Save and sign in");
  await page.evaluate(() => harness.fail(harness.scenes.failure("callback-port-held", { field: "callbackPort", action: "correct", message: "Port 47811 is held by nginx (812)." })));
  await page.getByText("Port 47811 is held by nginx (812).").waitFor();
  assert.equal(await box(page, "Callback port").getAttribute("aria-invalid"), "true");
  assert.equal(await box(page, "Client ID").inputValue(), "96653f8e-80be-11e6-b32b-c7bcde86613a");
});

test("a pasted address is handed over once and forgotten; one that is refused stays to be mended", async () => {
  const page = await started();
  await scripted(page, "sign_in_again");
  await page.getByRole("option", { name: "Wiśniewska" }).click();
  await press(page, "Sign in again…");
  await waits(page, { browserOpened: false });
  await page.getByText("The browser could not be opened.").waitFor();
  await press(page, "Use");
  await page.getByText("Paste the whole address").waitFor();
  const field = box(page, "Or paste the address at which the browser ended");
  const refuse = () => harness.platform.script({ sign_in_paste: () => { throw harness.scenes.failure("input-invalid", { field: "callbackAddress", message: "That address holds no code." }); } });
  await page.evaluate(refuse);
  await field.fill("http://127.0.0.1:47811/callback?error=1");
  await field.press("Enter");
  await page.getByText("That address holds no code.").waitFor();
  assert.equal(await field.inputValue(), "http://127.0.0.1:47811/callback?error=1");
  await page.evaluate(() => harness.platform.script({ sign_in_paste: () => null }));
  await field.fill(" http://127.0.0.1:47811/callback?code=c0de&state=s ");
  await press(page, "Use");
  await page.waitForFunction(() => harness.platform.callsOf("sign_in_paste").length === 2);
  assert.equal((await callsOf(page, "sign_in_paste"))[1].address, "http://127.0.0.1:47811/callback?code=c0de&state=s");
  assert.equal(await field.inputValue(), "");
});

test("a sign-in that failed again says so and offers the next try", async () => {
  const page = await started();
  await scripted(page, "sign_in_again");
  await page.getByRole("option", { name: "Nordvik audit" }).click();
  await page.locator("connection-card").getByRole("button", { name: "Sign in again", exact: true }).click();
  await waits(page);
  await page.evaluate(() => harness.fail(harness.scenes.failure("sign-in-timed-out", { action: "signInAgain" })));
  await page.getByText("Nobody is signed in.").waitFor();
  await page.locator("sign-in-again").getByRole("button", { name: "Sign in again" }).click();
  await waits(page);
  await page.evaluate(() => harness.end(harness.scenes.allKinds().find((card) => card.label === "Nordvik audit")));
  await page.getByText("Nordvik audit is signed in").waitFor();
  assert.equal((await callsOf(page, "sign_in_again")).length, 2);
});

test("the row warns two days before a sign-in ends, and the card says what renews it", async () => {
  const page = await started();
  const row = page.getByRole("option", { name: "Wiśniewska" });
  assert.match(await row.innerText(), /2 days left/);
  await row.click();
  await page.getByText("unless used before").waitFor();
  await page.getByText("Renews in 12 min").waitFor();
  assert.equal(await page.getByRole("button", { name: "Replace secret…" }).count(), 0, "there is no secret to replace");
});

test("signing out says what goes, begins on Cancel, and the card follows", async () => {
  const page = await started();
  await page.getByRole("option", { name: "Wiśniewska" }).click();
  await press(page, "Sign out…");
  await page.getByText("This revokes the tokens on the server").waitFor();
  await assertAccessible(page);
  await page.evaluate(() =>
    harness.platform.script({
      sign_out: ({ id }) => {
        const card = harness.scenes.allKinds().find((one) => one.id === id);
        return { ...card, signIn: { ...card.signIn, signedIn: false, endsSoon: false } };
      },
    }),
  );
  await press(page, "Sign out");
  await page.locator("sign-in-block").getByText("Signed out", { exact: true }).waitFor();
});

test("a refresh token that the keychain refused is told on the card", async () => {
  const page = await browser.open();
  await page.evaluate(() => {
    const [card] = harness.scenes.otherKinds();
    return harness.start(harness.scenes.answers([{ ...card, notKept: harness.scenes.failure("keychain-locked") }]));
  });
  await page.getByText("The renewed sign-in could not be kept.").waitFor();
});

test("the rate is set, refused in words, and given back to the service", async () => {
  const page = await started();
  await page.evaluate(() => harness.platform.script({ connection_set_rate: ({ id }) => harness.scenes.allKinds().find((card) => card.id === id) }));
  await page.getByRole("option", { name: "jweiss" }).click();
  await press(page, "Change… Rate");
  await assertAccessible(page);
  await box(page, "Calls a second").fill("0");
  await box(page, "At once, after a pause").fill("1.5");
  await press(page, "Set rate");
  await page.getByText("Enter a number above 0, at most 100.").waitFor();
  await box(page, "Calls a second").fill("2,5");
  await box(page, "At once, after a pause").fill("10");
  await press(page, "Set rate");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await press(page, "Change… Rate");
  await press(page, "Back to the service’s own");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  const [set, back] = await callsOf(page, "connection_set_rate");
  assert.deepEqual([set.perSecond, set.burst, back.perSecond, back.burst], [2.5, 10, null, null]);
});

test("the network is changed with a certificate chosen by the shell; the password is dropped with the sheet", async () => {
  const page = await started();
  await page.evaluate(() =>
    harness.platform.script({
      certificate_choose: () => ({ handle: "file-1", name: "nordvik-root.pem", certificates: 2 }),
      connection_set_network: () => harness.scenes.card({}),
    }),
  );
  await press(page, "Change… Network");
  await page.getByRole("radio", { name: "This one" }).click();
  await press(page, "Save and test");
  await page.getByText("Enter the proxy’s host and port").waitFor();
  await box(page, "Proxy address").fill("proxy.nordvik.example:8080");
  await box(page, "User name").fill("i.odegard");
  await box(page, "Password").fill("pr0xy-planted");
  await press(page, "Choose certificate…");
  await page.getByText("nordvik-root.pem").waitFor();
  await assertAccessible(page);
  await press(page, "Save and test");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  const [{ network }] = await callsOf(page, "connection_set_network");
  assert.deepEqual(network, {
    proxy: "address",
    proxyAddress: "proxy.nordvik.example:8080",
    proxyUsername: "i.odegard",
    proxyPassword: "pr0xy-planted",
    certificate: "file-1",
  });
  await press(page, "Change… Network");
  assert.equal(await page.getByText("pr0xy-planted").count(), 0);
});

test("a proxy's password typed into the form is dropped after five minutes, as the secret is", async () => {
  const page = await browser.open();
  await page.clock.install();
  await page.evaluate(() => harness.start(harness.scenes.answers(harness.scenes.fourCards())));
  await page.locator("connections-screen").waitFor();
  await adding(page, "Public annotations only");
  await press(page, "Proxy, private certificate authority, addresses");
  await page.getByRole("radio", { name: "This one" }).click();
  await box(page, "Password").fill("pr0xy");
  await page.clock.runFor(5 * 60_000 + 1_000);
  await page.getByText("cleared after five minutes").waitFor();
  assert.equal(await box(page, "Password").inputValue(), "");
});

test("a refusal of the proxy opens what hides its field", async () => {
  const page = await started();
  await page.evaluate(() => harness.platform.script({ connection_save: () => { throw harness.scenes.failure("input-invalid", { field: "proxyAddress", message: "That is no proxy." }); } }));
  await adding(page, "Public annotations only");
  await press(page, "Proxy, private certificate authority, addresses");
  await page.getByRole("radio", { name: "This one" }).click();
  await box(page, "Proxy address").fill("proxy:1");
  await press(page, "Proxy, private certificate authority, addresses");
  await press(page, "Save and test");
  await page.getByText("That is no proxy.").waitFor();
});

test("a token is taken apart on this computer, its faults in words, and dropped with the sheet", async () => {
  const page = await started();
  await page.evaluate(() =>
    harness.platform.script({
      token_decode: () => ({
        header: [{ name: "alg", value: '"HS256"', date: null }],
        claims: [{ name: "sub", value: '"jweiss"', date: null }, { name: "exp", value: "1795312000", date: "2026-11-22T02:26:40Z" }],
        faults: ["subject-is-no-userid", "of-another-kind"],
      }),
    }),
  );
  await page.getByRole("option", { name: "jweiss" }).click();
  await press(page, "Read a token…");
  await press(page, "Read");
  await page.getByText("Paste a token").waitFor();
  await box(page, "Token").fill("eyJhbGciOiJIUzI1NiJ9.e30.c2ln");
  await box(page, "Token").press("Enter");
  await page.getByText("Its subject is no user ID").waitFor();
  await page.getByText("of-another-kind").waitFor();
  await assertAccessible(page);
  await page.keyboard.press("Escape");
  await press(page, "Read a token…");
  assert.equal(await box(page, "Token").inputValue(), "");
});

test("a refused permission is told with its likely scope as a guess, an unknown name as it came", async () => {
  const page = await started();
  await page.getByRole("option", { name: "Nordvik audit" }).click();
  const card = page.locator("connection-card");
  await card.getByText("Issues: refused. The scope is probably").waitFor();
  await card.locator("code", { hasText: "issue.read" }).waitFor();
  await card.getByText("something-new").waitFor();
});
