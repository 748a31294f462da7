// Owns the proof of the Connections screen: what it shows, how a save fails and succeeds, what happens to a secret.
import assert from "node:assert/strict";
import test, { after, before } from "node:test";

import { assertAccessible } from "../harness/axe.js";
import { startBrowser } from "../harness/browser.js";

let browser;
before(async () => (browser = await startBrowser()));
after(() => browser?.close());

async function started({ cards = "fourCards", keychain = "unlocked", ...size } = {}) {
  const page = await browser.open(size);
  await page.evaluate(
    ([name, state]) => harness.start(harness.scenes.answers(name ? harness.scenes[name]() : [], state)),
    [cards, keychain],
  );
  await page.locator("connections-screen").waitFor();
  return page;
}

const callsOf = (page, command) => page.evaluate((name) => harness.platform.callsOf(name), command);
const box = (page, name) => page.getByRole("textbox", { name, exact: true });
const press = (page, name) => page.getByRole("button", { name, exact: true }).click();

/** The sheet with the kind whose row says `detail`. */
async function adding(page, detail) {
  await page.keyboard.press("Control+n");
  await page.getByRole("dialog", { name: "Add connection" }).waitFor();
  await page.getByRole("option", { name: detail }).click();
}

/** Makes every save fail with these codes and fields, in order, then succeed with a card. */
const saves = (page, failures) =>
  page.evaluate((planned) => {
    harness.platform.script({
      connection_save: ({ draft }) => {
        const next = planned.shift();
        if (next) throw harness.scenes.failure(next.code, next);
        return harness.scenes.card({ id: "new", label: draft.label || "New", kind: draft.kind, service: "hypothesis" });
      },
    });
  }, failures);

for (const dark of [false, true]) {
  test(`axe finds nothing on list, card, sheets and first sight, ${dark ? "dark" : "light"}`, async () => {
    const page = await started({ dark });
    await page.getByText("Recent calls").waitFor();
    await assertAccessible(page);
    for (const name of ["Rename", "Replace secret…", "Forget…"]) {
      await press(page, name);
      await page.getByRole("dialog").waitFor();
      await assertAccessible(page);
      await page.keyboard.press("Escape");
    }
    for (const detail of ["One account, your own", "Administers an authority", "Client ID and secret", "nothing real"]) {
      await adding(page, detail);
      await assertAccessible(page);
      await page.keyboard.press("Escape");
    }
    assert.deepEqual(page.faults, []);
    await assertAccessible(await started({ dark, cards: null, keychain: "absent" }));
  });
}

test("the card says first where the secret goes, in one sentence", async () => {
  const page = await started();
  await page.getByText("The secret goes only to accounts.hyperproof.app; what it buys goes only to api.hyperproof.eu").waitFor();
  await page.getByRole("option", { name: "Biblioteka" }).click();
  await page.getByText("This secret can only go to hypothes.is").waitFor();
  await page.getByRole("option", { name: "Practice" }).click();
  await page.getByText("Plain HTTP", { exact: true }).waitFor();
});

test("with the keyboard alone a card is chosen, tested and left", async () => {
  const page = await started();
  await page.keyboard.press("ArrowDown");
  await page.getByRole("heading", { name: "Nordvik US holdings" }).waitFor();
  await page.keyboard.press("Control+r");
  await page.getByText("Working").nth(2).waitFor();
  const [{ id }] = await callsOf(page, "connection_test");
  assert.equal(id, "0f0f0f0f-0000-4000-8000-000000000002");
  await page.keyboard.press("F6");
  await page.keyboard.press("F6");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.locator("controls-screen").waitFor();
});

test("first sight offers practice, which starts with one press", async () => {
  const page = await started({ cards: null });
  await saves(page, []);
  await page.waitForFunction(() => document.activeElement?.shadowRoot?.querySelector("connections-screen:focus-within"));
  await page.keyboard.press("Enter");
  await page.getByText("Practice is ready").waitFor();
  const [{ draft }] = await callsOf(page, "connection_save");
  assert.deepEqual([draft.kind, draft.secret, draft.thisRunOnly], ["practice", "", false]);
});

test("without a keychain practice is offered for this run only", async () => {
  const page = await started({ cards: null, keychain: "absent" });
  await saves(page, [{ code: "keychain-absent", action: "installKeychain" }]);
  await press(page, "Start practice");
  await press(page, "Start for this run only");
  await page.getByText("Practice is ready").waitFor();
  assert.deepEqual((await callsOf(page, "connection_save")).map(({ draft }) => draft.thisRunOnly), [false, true]);
});

test("pressed too early, saving goes to the first fault and sends nothing", async () => {
  const page = await started();
  await adding(page, "Administers an authority");
  await press(page, "Save and test");
  await page.getByText("Enter the authority").waitFor();
  assert.equal(await box(page, "Authority").evaluate((input) => input.getRootNode().activeElement === input), true);
  assert.equal(await box(page, "Authority").getAttribute("aria-invalid"), "true");
  assert.deepEqual(await callsOf(page, "connection_save"), []);
});

test("what was typed survives a failed save, a refusal stands beside its field, and the saved secret is gone", async () => {
  const page = await started();
  await saves(page, [
    { code: "credential-refused", action: "replaceSecret", serverWords: "Client authentication failed" },
    { code: "input-invalid", action: "correct", field: "authority", message: "This is no authority." },
  ]);
  await adding(page, "Administers an authority");
  await box(page, "Authority").fill("example.com");
  await box(page, "Client ID").fill("96653f8e-80be-11e6-b32b-c7bcde86613a");
  await box(page, "Client secret").fill("s3cret:with:colons");
  await press(page, "Save and test");
  await page.getByText("The connection was not saved.").waitFor();
  await page.getByText("Client authentication failed").waitFor();
  assert.equal(await box(page, "Client secret").inputValue(), "s3cret:with:colons");
  await press(page, "Save and test");
  await page.getByText("This is no authority.").waitFor();
  assert.equal(await box(page, "Authority").inputValue(), "example.com");
  await box(page, "Authority").press("Enter");
  await page.getByText("is saved and works").waitFor();
  assert.equal(await page.getByRole("dialog").count(), 0);
  const drafts = (await callsOf(page, "connection_save")).map(({ draft }) => draft.secret);
  assert.deepEqual(drafts, Array(3).fill("s3cret:with:colons"));
  await adding(page, "Administers an authority");
  assert.equal(await box(page, "Client secret").inputValue(), "");
});

test("a region without a verified token origin sends nothing before one is chosen", async () => {
  const page = await started();
  await saves(page, []);
  await adding(page, "Client ID and secret");
  await page.getByText("accounts.hyperproof.app").last().waitFor();
  await box(page, "Client ID").fill("7f3c9a2e41d04b6f8e15c0a9d2b7e431");
  await box(page, "Client secret").fill("secret");
  await page.getByRole("radio", { name: "EU" }).click();
  await page.getByText("Unverified").waitFor();
  await press(page, "Save and test");
  await page.getByText("Choose where the secret goes").waitFor();
  assert.deepEqual(await callsOf(page, "connection_save"), []);
  await page.getByRole("radio", { name: "accounts.hyperproof.eu" }).click();
  await press(page, "Save and test");
  await page.getByText("is saved and works").waitFor();
  const [{ draft }] = await callsOf(page, "connection_save");
  assert.deepEqual([draft.region, draft.tokenAddress], ["eu", "https://accounts.hyperproof.eu/oauth/token"]);
});

test("a value in the wrong box is told and moved, and never blocks", async () => {
  const page = await started();
  await saves(page, []);
  await adding(page, "Client ID and secret");
  await box(page, "Client secret").fill("6879-abcdef");
  await page.getByText("This looks like a Hypothesis personal token").waitFor();
  await press(page, "Use as personal token");
  assert.equal(await box(page, "Personal token").inputValue(), "6879-abcdef");
  await page.getByRole("option", { name: "Client ID and secret" }).click();
  await box(page, "Client ID").fill("short");
  await box(page, "Client secret").fill("secret");
  await page.getByText("Those have 32 characters; this has 5").waitFor();
  await press(page, "Save and test");
  await page.getByText("is saved and works").waitFor();
});

test("a token typed as the label is told before it is saved, and moved", async () => {
  const page = await started();
  await adding(page, "Client ID and secret");
  const label = page.getByRole("textbox", { name: /^Label/ });
  await label.fill("6879-abcdef");
  await page.getByText("This looks like a Hypothesis personal token").waitFor();
  await page.getByText("Give the connection a name.").waitFor();
  await press(page, "Use as personal token");
  assert.equal(await box(page, "Personal token").inputValue(), "6879-abcdef");
  assert.equal(await label.inputValue(), "");
});

test("a secret is dropped when the sheet closes, which asks once about what was typed", async () => {
  const page = await started();
  await adding(page, "One account, your own");
  await box(page, "Personal token").fill("6879-abcdef");
  await page.keyboard.press("Escape");
  await page.getByText("What you typed is not saved.").waitFor();
  assert.equal(await page.getByRole("dialog").count(), 1);
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await adding(page, "One account, your own");
  assert.equal(await box(page, "Personal token").inputValue(), "");
});

test("a secret that nobody sends is dropped after five minutes", async () => {
  const page = await browser.open();
  await page.clock.install();
  await page.evaluate(() => harness.start(harness.scenes.answers(harness.scenes.fourCards())));
  await page.locator("connections-screen").waitFor();
  await adding(page, "One account, your own");
  await box(page, "Personal token").fill("6879-abcdef");
  await page.clock.runFor(4 * 60_000);
  assert.equal(await box(page, "Personal token").inputValue(), "6879-abcdef");
  await page.clock.runFor(61_000);
  await page.getByText("cleared after five minutes").waitFor();
  assert.equal(await box(page, "Personal token").inputValue(), "");
});

test("Esc stops a save that is under way and keeps what was typed", async () => {
  const page = await started();
  await page.evaluate(() =>
    harness.platform.script({
      connection_save: () => new Promise((_, reject) => (harness.stop = () => reject(harness.scenes.failure("cancelled")))),
      operation_cancel: () => (harness.stop(), true),
    }),
  );
  await adding(page, "One account, your own");
  await box(page, "Personal token").fill("6879-abcdef");
  await press(page, "Save and test");
  await page.getByRole("button", { name: "Stop" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Cancel" }).waitFor();
  assert.deepEqual(await callsOf(page, "operation_cancel"), [{ operation: "save" }]);
  assert.equal(await box(page, "Personal token").inputValue(), "6879-abcdef");
});

test("forgetting names what goes and starts on Cancel", async () => {
  const page = await started();
  await press(page, "Forget…");
  await page.getByText("This deletes the secret in the keychain and the register of 370 controls.").waitFor();
  await page.waitForFunction(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active?.getRootNode().host?.textContent.trim() === "Cancel";
  });
  await press(page, "Forget");
  await page.getByText("Nordvik Energi is forgotten").waitFor();
  assert.equal(await page.getByRole("option", { name: "Nordvik Energi" }).count(), 0);
});

test("renaming and replacing a secret keep what was typed when they fail", async () => {
  const page = await started();
  await page.evaluate(() => {
    const refuse = () => {
      throw harness.scenes.failure("credential-refused", { action: "replaceSecret" });
    };
    harness.platform.script({ connection_replace_secret: refuse });
  });
  await press(page, "Rename");
  await box(page, "Label").fill("Nordvik Norge");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Nordvik Norge" }).waitFor();
  await press(page, "Replace secret…");
  await box(page, "Client secret").fill("another");
  await press(page, "Replace and test");
  await page.getByText("The one before is kept.").waitFor();
  assert.equal(await box(page, "Client secret").inputValue(), "another");
});

test("a locked keychain is told with what to do, and asked again", async () => {
  const page = await started({ keychain: "locked" });
  await page.getByText("The keychain is locked.").waitFor();
  await page.evaluate(() =>
    harness.platform.script({ keychain_probe: () => ({ state: "unlocked", store: "Secret Service" }) }),
  );
  await press(page, "Unlock keychain…");
  await page.getByText("The keychain is locked.").waitFor({ state: "detached" });
});

test("without a keychain the form offers this run only", async () => {
  const page = await started({ keychain: "absent" });
  await saves(page, []);
  await adding(page, "One account, your own");
  await box(page, "Personal token").fill("6879-abcdef");
  await page.getByRole("checkbox", { name: "Keep for this run only" }).check();
  await page.getByText("It is gone when Countersign closes.").waitFor();
  await press(page, "Save and test");
  await page.getByText("is saved and works").waitFor();
  assert.equal((await callsOf(page, "connection_save"))[0].draft.thisRunOnly, true);
});

test("ten megabytes pasted as a secret reach neither the form nor the backend", async () => {
  const page = await started();
  await adding(page, "One account, your own");
  await box(page, "Personal token").evaluate((input) => {
    const data = new DataTransfer();
    data.setData("text/plain", "x".repeat(10_000_000));
    input.focus();
    input.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true, composed: true }));
  });
  await page.getByText("10,000,000 characters").waitFor();
  await press(page, "Save and test");
  await page.getByText("Enter the token.").waitFor();
  assert.deepEqual(await callsOf(page, "connection_save"), []);
});

test("no secret stands in the page's text or attributes, and what the server says is text", async () => {
  const page = await browser.open();
  await page.evaluate(() => {
    const cards = [harness.scenes.card({ label: "<img src=x onerror=alert(1)>", identity: [{ name: "name", value: "<b>bold</b>" }] })];
    return harness.start(harness.scenes.answers(cards));
  });
  await page.getByText("<b>bold</b>").waitFor();
  await adding(page, "One account, your own");
  await box(page, "Personal token").fill("6879-planted");
  const drawn = await page.evaluate(() => {
    const read = (root) => [...root.querySelectorAll("*")].map((node) => node.outerHTML + (node.shadowRoot ? read(node.shadowRoot) : "")).join("");
    return read(document);
  });
  assert.ok(drawn.includes("Personal token") && !drawn.includes("planted"));
  assert.deepEqual(page.faults, []);
});

test("at 760 by 520 everything is reached without a sideways scroll", async () => {
  const page = await started({ width: 760, height: 520 });
  await page.getByRole("heading", { name: "Nordvik Energi" }).waitFor();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  assert.equal(wide, false);
  const test_ = await page.getByRole("button", { name: "Test connection" }).boundingBox();
  assert.ok(test_.x + test_.width <= 760, "the primary button is in the window");
});
