// Owns the proof of Requests: what is sent, how answers are shown, the history, curl, and the search for annotations.
import assert from "node:assert/strict";
import test, { after, before } from "node:test";

import { assertAccessible } from "../harness/axe.js";
import { startBrowser } from "../harness/browser.js";

let browser;
before(async () => (browser = await startBrowser()));
after(() => browser?.close());

const ME = "0f0f0f0f-0000-4000-8000-000000000005";

async function started({ connection = ME, unproven = false, ...size } = {}) {
  const page = await browser.open(size);
  await page.evaluate(
    ([id, unproven]) => {
      const cards = harness.scenes.allKinds().map((card) => (unproven ? { ...card, identity: [] } : card));
      return harness.start({ ...harness.scenes.answers(cards), ...harness.tools.answers() }, { screen: "requests", requestsConnection: id });
    },
    [connection, unproven],
  );
  await page.getByRole("option", { name: "/profile" }).waitFor();
  return page;
}

const callsOf = (page, command) => page.evaluate((name) => harness.platform.callsOf(name), command);
const box = (page, name) => page.getByRole("textbox", { name, exact: true });
const press = (page, name) => page.getByRole("button", { name, exact: true }).click();

for (const dark of [false, true]) {
  test(`axe finds nothing on requests, tree, raw and annotations, ${dark ? "dark" : "light"}`, async () => {
    const page = await started({ dark });
    await assertAccessible(page);
    await press(page, "Send");
    await page.getByRole("tree").waitFor();
    await assertAccessible(page);
    await page.getByRole("radio", { name: "Raw" }).click();
    await assertAccessible(page);
    await page.getByRole("radio", { name: "Annotations" }).click();
    await press(page, "Search");
    await page.getByRole("row").nth(2).click();
    await assertAccessible(page);
    assert.deepEqual(page.faults, []);
  });
}

test("a path is chosen, its braces are filled in, its query named, and nothing else is sent", async () => {
  const page = await started();
  await page.getByRole("option", { name: "/groups/{id}/members" }).click();
  await press(page, "Send");
  await page.getByText("Fill in id.").waitFor();
  assert.deepEqual(await callsOf(page, "request_send"), []);
  await box(page, "id").fill("a/b c");
  await press(page, "page[size]");
  await box(page, "Value").fill("100");
  await press(page, "Other…");
  await box(page, "Value").last().fill("left without a name");
  await box(page, "id").press("Enter");
  await page.getByText("88 ms").waitFor();
  assert.deepEqual(await callsOf(page, "request_send"), [
    { connection: ME, request: { path: "/groups/a%2Fb%20c/members", query: [{ name: "page[size]", value: "100" }] } },
  ]);
});

test("an answer is a tree that opens row by row with the keyboard, and raw as it came", async () => {
  const page = await started();
  await press(page, "Send");
  const tree = page.getByRole("tree", { name: "Body of the answer" });
  await tree.getByRole("treeitem", { name: "groups" }).click();
  assert.equal(await tree.getByRole("treeitem", { name: "groups" }).getAttribute("aria-expanded"), "false");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await tree.getByText("“__world__”").waitFor();
  await page.keyboard.press("Control+c");
  assert.match((await page.evaluate(() => harness.platform.copied))[0], /^\{"id":"__world__"/);
  await page.getByRole("radio", { name: "Raw" }).click();
  await page.locator("pre", { hasText: '{"authority":"hypothes.is"' }).waitFor();
});

test("an answer of a megabyte is laid out piece by piece, its tree in sight only", async () => {
  const page = await started();
  await page.evaluate(() => {
    const text = JSON.stringify(Array.from({ length: 12_000 }, (_, id) => ({ id, name: "x".repeat(60) })));
    harness.platform.script({ request_send: () => harness.tools.requestAnswer({ text, bytes: text.length, cut: false }) });
  });
  await press(page, "Send");
  await page.getByRole("treeitem").first().waitFor();
  assert.ok((await page.getByRole("treeitem").count()) < 60, "only rows in sight exist");
  await page.getByRole("radio", { name: "Raw" }).click();
  const length = () => page.locator("pre").evaluate((pre) => pre.textContent.length);
  assert.equal(await length(), 64_000);
  await page.getByRole("button", { name: /^Show 64.0 kB more/ }).click();
  assert.equal(await length(), 128_000);
});

test("what an answer holds is text: markup in it draws nothing", async () => {
  const page = await started();
  await page.evaluate(() => {
    const text = "<img src=x onerror=alert(1)><h1>Sign in</h1>";
    harness.platform.script({ request_send: () => harness.tools.requestAnswer({ status: 502, text, isJson: false, contentType: "text/html", failure: harness.scenes.failure("server-failed") }) });
  });
  await press(page, "Send");
  await page.getByText("<img src=x onerror=alert(1)>").waitFor();
  await page.getByText("The service answered 502.").waitFor();
  assert.equal(await page.getByRole("radio", { name: "Tree" }).count(), 0);
  assert.deepEqual(page.faults, []);
});

test("a request under way is stopped, and one without an answer says why", async () => {
  const page = await started();
  await page.evaluate(() =>
    harness.platform.script({
      request_send: () => new Promise((_, reject) => (harness.stop = (code) => reject(harness.scenes.failure(code)))),
      operation_cancel: () => (harness.stop("cancelled"), true),
    }),
  );
  await press(page, "Send");
  await press(page, "Stop");
  await page.getByRole("button", { name: "Stop" }).waitFor({ state: "detached" });
  assert.deepEqual(await callsOf(page, "operation_cancel"), [{ operation: `request:${ME}` }]);
  await press(page, "Send");
  await page.evaluate(() => harness.stop("timed-out"));
  await page.getByText("There is no answer.").waitFor();
});

test("the history brings a request back, with what stood in its braces and its query", async () => {
  const page = await started();
  await page.getByRole("radio", { name: "History" }).click();
  await page.getByRole("option", { name: "/groups/abc/members?page[size]=100" }).click();
  assert.equal(await box(page, "id").inputValue(), "abc");
  assert.equal(await box(page, "Name").inputValue(), "page[size]");
  await page.getByRole("option", { name: "/profile" }).getByText("no answer").waitFor();
});

test("paths are found by their words, and the search is reached by Ctrl F", async () => {
  const page = await started();
  await page.keyboard.press("Control+f");
  await page.keyboard.type("members");
  await page.getByRole("option", { name: "/profile" }).waitFor({ state: "detached" });
  assert.equal(await page.getByRole("option").count(), 1);
  await page.keyboard.type(" nowhere");
  await page.getByText("No path has these words.").waitFor();
});

test("the request is copied as a command that names where the secret is read", async () => {
  const page = await started();
  await press(page, "Copy as curl");
  await page.waitForFunction(() => harness.platform.copied.length === 1);
  assert.match((await page.evaluate(() => harness.platform.copied))[0], /COUNTERSIGN_SECRET:\?/);
});

test("what is typed for one connection stays while another is shown", async () => {
  const page = await started();
  await page.getByRole("option", { name: "/groups/{id} " }).or(page.getByRole("option", { name: "/groups/{id}" }).first()).first().click();
  await box(page, "id").fill("kept");
  await page.getByRole("button", { name: "Connection: Małgorzata Wiśniewska" }).click();
  await page.getByRole("menuitemradio", { name: "Annotation export" }).click();
  await box(page, "id").waitFor({ state: "detached" });
  await page.keyboard.press("Control+1");
  await page.evaluate((id) => harness.app.store.update({ screen: "requests", requestsConnection: id }), ME);
  await box(page, "id").waitFor();
  assert.equal(await box(page, "id").inputValue(), "kept");
});

test("annotations come two hundred at a time, mine or public, and the chosen one is told as text", async () => {
  const page = await started();
  await page.getByRole("radio", { name: "Annotations" }).click();
  await box(page, "Tag").fill("method");
  await box(page, "Tag").press("Enter");
  await page.getByText("200 of 240").waitFor();
  await box(page, "Tag").fill("typed since");
  await press(page, "Load more");
  await page.getByText("240 of 240").waitFor();
  assert.equal(await page.getByRole("button", { name: "Load more" }).count(), 0);
  await page.getByRole("row").nth(1).click();
  await page.getByRole("region", { name: "The annotation chosen" }).getByText("<b>really</b>").waitFor();
  await page.getByRole("radio", { name: "Mine" }).click();
  await page.waitForFunction(() => harness.platform.callsOf("annotations_search").length === 3);
  const queries = (await callsOf(page, "annotations_search")).map(({ query }) => query);
  assert.deepEqual(queries[0], { mine: false, words: "", uri: "", tag: "method", after: null });
  assert.deepEqual([queries[1].tag, queries[1].after], ["method", "cursor-200"], "more of what was asked, not of what is typed since");
  assert.deepEqual([queries[2].mine, queries[2].after], [true, null]);
});

test("mine is offered before the server has said whose the connection is", async () => {
  const page = await started({ unproven: true });
  await page.getByRole("radio", { name: "Annotations" }).click();
  await page.getByRole("radio", { name: "Mine" }).waitFor();
});

test("without an account there is no Mine, and Hyperproof has no annotations", async () => {
  const page = await started({ connection: "0f0f0f0f-0000-4000-8000-000000000008" });
  await page.getByRole("radio", { name: "Annotations" }).click();
  await page.getByRole("button", { name: "Search" }).waitFor();
  assert.equal(await page.getByRole("radio", { name: "Mine" }).count(), 0);
  await page.getByRole("button", { name: "Connection: Public reading" }).click();
  await page.getByRole("menuitemradio", { name: "Nordvik Energi" }).click();
  await page.getByRole("button", { name: "Send" }).waitFor();
  assert.equal(await page.getByRole("radio", { name: "Annotations" }).count(), 0);
});
