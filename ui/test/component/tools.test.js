// Owns the proof of Doctor and Activity: what is walked and told, what is listed and found.
import assert from "node:assert/strict";
import test, { after, before } from "node:test";

import { assertAccessible } from "../harness/axe.js";
import { startBrowser } from "../harness/browser.js";

let browser;
before(async () => (browser = await startBrowser()));
after(() => browser?.close());

async function started(screen, { cards = "fourCards", ...size } = {}) {
  const page = await browser.open(size);
  await page.evaluate(
    ([name, shown]) => harness.start({ ...harness.scenes.answers(harness.scenes[name]()), ...harness.tools.answers() }, { screen: shown }),
    [cards, screen],
  );
  await page.locator(`${screen}-screen`).waitFor();
  return page;
}

const callsOf = (page, command) => page.evaluate((name) => harness.platform.callsOf(name), command);
const press = (page, name) => page.getByRole("button", { name, exact: true }).click();

for (const dark of [false, true]) {
  test(`axe finds nothing on Doctor and Activity, ${dark ? "dark" : "light"}`, async () => {
    const page = await started("doctor", { dark });
    await assertAccessible(page);
    await press(page, "Check now");
    await page.getByText("Stopped at layer 4 of 7").waitFor();
    await assertAccessible(page);
    await page.keyboard.press("Control+5");
    await page.getByRole("grid", { name: "Calls" }).waitFor();
    await assertAccessible(page);
    assert.deepEqual(page.faults, []);
  });
}

test("opening Doctor asks nobody; its one button has the keyboard", async () => {
  const page = await started("doctor");
  await page.getByText("api.hyperproof.eu was not checked yet").waitFor();
  assert.deepEqual(await callsOf(page, "doctor_run"), []);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "TLS fails: the certificate is not trusted here" }).waitFor();
});

test("the first layer that fails is named, later ones were not reached, and it is said who can mend it", async () => {
  const page = await started("doctor");
  await press(page, "Check now");
  await page.getByText("No secret was sent. Your IT department can mend it.").waitFor();
  const rows = await page.locator("doctor-layers li").allInnerTexts();
  assert.equal(rows.length, 7);
  assert.match(rows[3], /Zscaler Intermediate Root CA/);
  for (const row of rows.slice(4)) assert.match(row, /Not reached/);
  await page.getByText("Add the authority’s root to this computer’s trusted authorities").waitFor();
  assert.match(await page.locator("status-bar").innerText(), /Stopped at layer 4 of 7\s+105 ms/);
  await press(page, "Copy report");
  assert.deepEqual(await page.evaluate(() => harness.platform.copied), ["Countersign doctor\nTLS failed"]);
});

test("layers are told as they are walked, and Stop ends the walk", async () => {
  const page = await started("doctor");
  await page.evaluate(() =>
    harness.platform.script({
      doctor_run: ({ progress }) => {
        progress(harness.tools.findingsFine()[0]);
        return new Promise((_, reject) => (harness.stop = () => reject(harness.scenes.failure("cancelled"))));
      },
      operation_cancel: () => (harness.stop(), true),
    }),
  );
  await press(page, "Check now");
  await page.locator("doctor-layers li", { hasText: "TCP" }).getByText("Checking…").last().waitFor();
  await page.getByText("1 of 7 layers").waitFor();
  await press(page, "Stop");
  await page.getByRole("heading", { name: "The check was stopped" }).waitFor();
  const [card] = await page.evaluate(() => harness.scenes.fourCards().map(({ id }) => id));
  assert.deepEqual(await callsOf(page, "operation_cancel"), [{ operation: `doctor:${card}` }]);
});

test("when every layer answers, the heading says so and nothing is offered to mend", async () => {
  const page = await started("doctor");
  await page.evaluate(() => harness.platform.script(harness.tools.doctor(harness.tools.findingsFine())));
  await press(page, "Check now");
  await page.getByRole("heading", { name: "All layers of api.hyperproof.app answer" }).waitFor();
  await page.locator("doctor-layers li", { hasText: "Proxy" }).getByText("Not needed").last().waitFor();
  assert.equal(await page.getByText("Who can mend it").count(), 0);
});

test("the authority's certificate is named for this connection, and the walk begins again", async () => {
  const page = await started("doctor");
  await press(page, "Check now");
  await page.evaluate(() =>
    harness.platform.script({
      certificate_choose: () => ({ handle: "file-7", name: "zscaler.pem", certificates: 1 }),
      connection_set_network: ({ id }) => harness.scenes.fourCards().find((card) => card.id === id),
      ...harness.tools.doctor(harness.tools.findingsFine()),
    }),
  );
  await press(page, "Choose certificate…");
  await page.getByRole("heading", { name: "All layers" }).waitFor();
  const [{ network }] = await callsOf(page, "connection_set_network");
  assert.deepEqual([network.proxy, network.certificate], ["system", "file-7"]);
});

test("where HTTP fails with the credential, nothing says that no secret was sent", async () => {
  const page = await started("doctor");
  await page.evaluate(() => {
    const findings = harness.tools.findingsFine().slice(0, 4);
    const away = (layer, seen) => ({ layer, state: "notReached", seen, failure: null, mender: "nobody", milliseconds: 0 });
    const failure = harness.scenes.failure("redirected", { message: "It pointed elsewhere.", saysAll: true });
    const http = { layer: "http", state: "failed", seen: ["It pointed elsewhere."], failure, mender: "operator", milliseconds: 9 };
    harness.platform.script(harness.tools.doctor([...findings, http, away("authentication", ["The credential was not judged"]), away("permission", [])]));
  });
  await press(page, "Check now");
  await page.getByText("The secret went to its own address, and nobody judged it.").waitFor();
  assert.equal(await page.getByText("No secret was sent").count(), 0);
});

test("a certificate that is the server's own fault is the operator's, and no other authority is offered", async () => {
  const page = await started("doctor");
  await page.evaluate(() => {
    const findings = harness.tools.findingsUntrusted();
    findings[3].mender = "operator";
    harness.platform.script(harness.tools.doctor(findings));
  });
  await press(page, "Check now");
  await page.getByRole("heading", { name: "TLS fails: the server’s certificate is not good" }).waitFor();
  await page.getByText("Whoever runs the service. api.hyperproof.eu needs a certificate for its own name").waitFor();
  assert.equal(await page.getByRole("button", { name: "Choose certificate…" }).count(), 0);
});

test("a failure on the way to the service opens the doctor for that connection, one of the proxy its network", async () => {
  const page = await started("connections");
  await page.getByRole("option", { name: "Nordvik US holdings" }).click();
  await press(page, "Open Doctor");
  await page.locator("doctor-screen").getByText("api.hyperproof.app was not checked yet").waitFor();
  await page.keyboard.press("Control+1");
  await page.evaluate(() => {
    const [card] = harness.scenes.fourCards();
    harness.app.setCard({ ...card, state: { is: "failing", failure: harness.scenes.failure("proxy-refused", { action: "correct" }) } });
    harness.app.store.update({ connection: card.id });
  });
  await press(page, "Change network…");
  await page.getByRole("dialog", { name: "Network of Nordvik Energi" }).waitFor();
});

test("a file that is no certificate is told in place, and nothing is changed", async () => {
  const page = await started("doctor");
  await press(page, "Check now");
  await page.evaluate(() => harness.platform.script({ certificate_choose: () => { throw harness.scenes.failure("file-unreadable", { action: "correct" }); } }));
  await press(page, "Choose certificate…");
  await page.getByText("The file could not be used.").waitFor();
  assert.deepEqual(await callsOf(page, "connection_set_network"), []);
});

test("what a server says in a certificate is text", async () => {
  const page = await started("doctor");
  await page.evaluate(() => {
    const findings = harness.tools.findingsUntrusted();
    findings[3].seen = ["Issued by “<img src=x onerror=alert(1)>”"];
    harness.platform.script(harness.tools.doctor(findings));
  });
  await press(page, "Check now");
  await page.getByText("<img src=x onerror=alert(1)>").waitFor();
  assert.deepEqual(page.faults, []);
});

test("at 760 by 520 the words stand under the layers, without a sideways scroll", async () => {
  const page = await started("doctor", { width: 760, height: 520 });
  await press(page, "Check now");
  await page.getByText("Who can mend it").waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
});

test("Activity lists all calls newest first, or those of one connection, which the card opens", async () => {
  const page = await started("connections");
  await press(page, "All activity");
  await page.getByRole("grid", { name: "Calls" }).waitFor();
  assert.equal((await callsOf(page, "activity_list"))[0].connection, "0f0f0f0f-0000-4000-8000-000000000001");
  const heads = () => page.getByRole("columnheader").allInnerTexts();
  assert.deepEqual(await heads(), ["Time", "Method", "Path", "Status", "Took", "Size", "Attempt"]);
  await page.getByRole("button", { name: "Connection: Nordvik Energi" }).click();
  await page.getByRole("menuitemradio", { name: "All connections" }).click();
  await page.getByRole("columnheader", { name: "Connection" }).waitFor();
  assert.equal((await callsOf(page, "activity_list"))[1].connection, null);
  assert.match(await page.locator("status-bar").innerText(), /60 calls, newest first/);
});

test("calls are found by words and by failure, and the one chosen names its ID", async () => {
  const page = await started("activity");
  await page.getByRole("grid", { name: "Calls" }).waitFor();
  await page.keyboard.press("Control+f");
  await page.keyboard.type("issues 403");
  await page.getByText("10 of 60").waitFor();
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowDown");
  await page.getByText("c0ffee000008").waitFor();
  await page.keyboard.press("Control+f");
  await page.keyboard.type(" nothing");
  await page.getByRole("heading", { name: "No call matches" }).waitFor();
  await press(page, "Show all calls");
  await page.getByRole("radio", { name: "Failed" }).click();
  await page.getByText("No answer").first().waitFor();
});

test("calls that cannot be read are told with what to do, and read once the keychain is unlocked", async () => {
  const page = await browser.open();
  await page.evaluate(() =>
    harness.start(
      {
        ...harness.scenes.answers(harness.scenes.fourCards()),
        activity_list: () => {
          throw harness.scenes.failure("keychain-locked", { action: "unlockKeychain" });
        },
      },
      { screen: "activity" },
    ),
  );
  await page.getByRole("heading", { name: "The keychain is locked" }).waitFor();
  await assertAccessible(page);
  await page.evaluate(() => harness.platform.script(harness.tools.answers()));
  await press(page, "Unlock keychain…");
  await page.getByRole("grid", { name: "Calls" }).waitFor();
  assert.equal((await callsOf(page, "keychain_probe")).length, 1);
});
