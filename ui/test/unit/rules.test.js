// Owns the proof of what the tools' screens work out by themselves: paths, menu words, network drafts, ranges, steps.
import assert from "node:assert/strict";
import test from "node:test";

import { RowExtent } from "../../src/components/row-extent.js";
import { networkDraftOf, networkFaultAt, networkSent, networkTyped, noNetwork } from "../../src/screens/connections/network.js";
import { signInAfter, signInBegun } from "../../src/screens/connections/sign-in-steps.js";
import { PANE_LIMITS } from "../../src/screens/pane-widths.js";
import { filledIn, placeholdersOf, requestOf } from "../../src/screens/requests/request-path.js";
import { OnePress, menuKey } from "../../src/shell/menu.js";

const documented = ["/groups/{id}", "/groups/mine", "/groups/{id}/members/{user}"].map((path) => ({ path, resource: "groups", description: "", parameters: [] }));

test("placeholders are filled in as one segment each, whatever is typed", () => {
  assert.deepEqual(placeholdersOf("/groups/{id}/members/{user}"), ["id", "user"]);
  assert.equal(filledIn("/groups/{id}", { id: " a/../b?c " }), "/groups/a%2F..%2Fb%3Fc");
  assert.equal(filledIn("/groups/{id}", {}), "/groups/{id}");
});

test("a path of the history finds its request and what stood in its braces", () => {
  assert.equal(requestOf(documented, "/groups/mine").request.path, "/groups/mine");
  assert.deepEqual(requestOf(documented, "/groups/a%2Fb/members/acct:x@y").values, { id: "a/b", user: "acct:x@y" });
  assert.equal(requestOf(documented, "/elsewhere"), null);
});

test("a word of the menu is the key it stands for, and anything else is nothing", () => {
  assert.equal(menuKey("refresh"), "refresh");
  assert.deepEqual(menuKey("go:doctor"), { entry: 6 });
  for (const word of ["go:nowhere", "quit", "", null, 7, { is: "new" }]) assert.equal(menuKey(word), null);
});

test("one press that comes by key and by menu counts once, two presses twice", () => {
  const presses = new OnePress();
  assert.equal(presses.repeats("new", "key", 1_000), false);
  assert.equal(presses.repeats("new", "menu", 1_100), true);
  assert.equal(presses.repeats("new", "key", 1_400), false);
  assert.equal(presses.repeats("new", "key", 1_420), false, "the same way twice is twice");
  assert.equal(presses.repeats("new", "menu", 2_000), false);
  assert.equal(presses.repeats({ entry: 2 }, "key", 2_010), false);
  assert.equal(presses.repeats({ entry: 3 }, "menu", 2_020), false);
});

test("a network like the system's is not sent, another is, without what it does not use", () => {
  assert.equal(networkDraftOf(noNetwork()), null);
  const typed = { ...noNetwork(), proxy: "direct", proxyAddress: "left:1", proxyPassword: "left" };
  assert.deepEqual(networkDraftOf(typed), { proxy: "direct", proxyAddress: "", proxyUsername: "", proxyPassword: "", certificate: null });
});

test("a saved certificate is kept by name, and a saved password never comes back", () => {
  const shown = { proxy: "address", proxyAddress: "http://p:1", proxyUsername: "jo", certificate: "root.pem" };
  const sent = networkSent(networkTyped(shown));
  assert.deepEqual([sent.certificate, sent.proxyPassword, sent.proxyUsername], ["kept", "", "jo"]);
});

test("a proxy is a host and a port; its name and password stand in their own fields", () => {
  const fault = (proxyAddress) => networkFaultAt("proxyAddress", { ...noNetwork(), proxy: "address", proxyAddress });
  for (const fine of ["proxy.corp:3128", "https://proxy.corp", "http://[::1]:80"]) assert.equal(fault(fine), null, fine);
  assert.equal(fault("jo:pw@proxy.corp:1"), "fault-proxy-user");
  for (const wrong of ["socks5://h:1", "http://h/path", "http://h:1?x"]) assert.equal(fault(wrong), "fault-proxy", wrong);
  assert.equal(networkFaultAt("proxyUsername", { ...noNetwork(), proxyPassword: "pw" }), "fault-empty-proxyUsername");
});

test("rows extend from where it began, both ways", () => {
  const extent = new RowExtent();
  extent.extend(5, 6);
  extent.extend(6, 3);
  assert.deepEqual(extent.range, { first: 3, last: 5 });
  assert.ok(extent.has(4) && !extent.has(6));
  extent.all(10);
  assert.equal(extent.size, 10);
  assert.equal(extent.clear(), true);
  assert.equal(extent.clear(), false);
});

test("a stranger at the callback is told until the browser comes back", () => {
  const waiting = { is: "waiting", host: "h", redirectUri: "r", until: "u", browserOpened: true, authorizeAddress: "a" };
  let progress = signInAfter(signInBegun(), waiting);
  progress = signInAfter(progress, { is: "strangerCame" });
  assert.deepEqual([progress.phase, progress.stranger], ["waiting", true]);
  progress = signInAfter(progress, { is: "exchanging" });
  assert.deepEqual([progress.phase, progress.stranger, progress.waiting], ["exchanging", false, waiting]);
});

test("every pane can be dragged only to widths that the settings keep", () => {
  for (const [pane, { least, most }] of Object.entries(PANE_LIMITS)) assert.ok(least >= 120 && least < most && most <= 1200, pane);
});
