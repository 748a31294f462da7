// Owns the proof of the connection form's rules: what is sent, what is a fault, what a value looks like.
import assert from "node:assert/strict";
import test from "node:test";

import { credentialShape, shapeHint } from "../../src/screens/connections/credential-shape.js";
import { draftOf, faultsOf, fieldsOf, holdsSecret, isDirty, nothingTyped, withoutSecrets } from "../../src/screens/connections/draft.js";

const words = (kind, typed) => faultsOf(kind, { ...nothingTyped(), ...typed }).map(({ field, words: id }) => `${field} ${id}`);
const HYPERPROOF = "hyperproofClientCredentials";
const good = { clientId: "7f3c9a2e41d04b6f8e15c0a9d2b7e431", secret: "top:secret🗝️" };

test("a pasted value is recognised by its shape, as the domain does", () => {
  const shapes = {
    "6879-local": "hypothesisPersonalToken",
    "5768-abc": "hypothesisAccessToken",
    "4657-abc": "hypothesisRefreshToken",
    "96653f8e-80be-11e6-b32b-c7bcde86613a": "hypothesisClientId",
    "7f3c9a2e41d04b6f8e15c0a9d2b7e431": "hyperproofClientId",
    "https://api.hyperproof.app": "address",
    "eyJhbGciOiJIUzI1NiJ9.e30.c2ln": "jsonWebToken",
    "E-hReVMuRyZbyr1GikieEw4JslaM6sDpb18_9V59PFw": null,
  };
  for (const [typed, shape] of Object.entries(shapes)) assert.equal(credentialShape(` ${typed} `), shape, typed);
});

test("ten megabytes are looked at no longer than a short value", () => {
  assert.equal(credentialShape(`6879-${"x".repeat(10_000_000)}`), "hypothesisPersonalToken");
});

test("a value in the wrong box is told with the place where it is right", () => {
  assert.deepEqual(shapeHint(HYPERPROOF, "secret", "6879-abc").better, { kind: "hypothesisPersonalToken", field: "secret" });
  assert.deepEqual(shapeHint("hypothesisPersonalToken", "secret", "96653f8e-80be-11e6-b32b-c7bcde86613a").better, {
    kind: "hypothesisClientCredentials",
    field: "clientId",
  });
  assert.equal(shapeHint("hypothesisPersonalToken", "apiAddress", "6879-abc").better.field, "secret");
  assert.equal(shapeHint("hypothesisPersonalToken", "secret", "6879-abc"), null);
  assert.equal(shapeHint(HYPERPROOF, "secret", "any secret at all"), null);
  assert.equal(shapeHint(HYPERPROOF, "clientId", "b81d04c7").waits, true, "every client id looks short while it is typed");
});

test("a token in a box that is kept in clear is told with what belongs there", () => {
  for (const [field, advice] of [["label", "fault-label-empty"], ["userid", "fault-userid"]]) {
    for (const token of ["6879-abc", "5768-abc", "4657-abc"]) {
      assert.equal(shapeHint("hypothesisGrantToken", field, token)?.advice, advice, `${field} ${token}`);
    }
  }
  assert.deepEqual(shapeHint(HYPERPROOF, "label", "6879-abc").better, { kind: "hypothesisPersonalToken", field: "secret" });
  for (const name of ["Nordvik", "https://api.hyperproof.app"]) assert.equal(shapeHint(HYPERPROOF, "label", name), null, name);
  assert.equal(shapeHint("hypothesisGrantToken", "userid", "acct:jweiss@example.com"), null);
});

test("the United States need no choice, Europe and Gov are sent nowhere by default", () => {
  assert.deepEqual(words(HYPERPROOF, { ...good, region: "us" }), []);
  for (const region of ["eu", "gov"]) assert.deepEqual(words(HYPERPROOF, { ...good, region }), ["tokenAddress fault-token-choice"]);
  const chosen = { ...nothingTyped(), ...good, region: "eu", tokenChoice: "https://accounts.hyperproof.eu/oauth/token" };
  assert.deepEqual(faultsOf(HYPERPROOF, chosen), []);
  assert.equal(draftOf(HYPERPROOF, chosen).tokenAddress, "https://accounts.hyperproof.eu/oauth/token");
});

test("only what a kind uses is sent", () => {
  const typed = { ...nothingTyped(), ...good, authority: "example.com", scopes: "a b", apiAddress: "https://x.example", label: " Name " };
  const draft = draftOf("hypothesisPersonalToken", typed);
  assert.deepEqual([draft.clientId, draft.authority, draft.scopes, draft.region], ["", "", "", null]);
  assert.equal(draft.apiAddress, "https://hypothes.is");
  assert.equal(draft.label, "Name");
  assert.equal(draftOf("practice", typed).secret, "");
});

test("a secret may hold colons and emoji, a client id neither", () => {
  assert.deepEqual(words(HYPERPROOF, { ...good }), []);
  assert.deepEqual(words(HYPERPROOF, { ...good, clientId: "id:secret" }), ["clientId fault-client-id-colon"]);
  assert.deepEqual(words(HYPERPROOF, { ...good, clientId: "id🗝️" }), ["clientId fault-client-id-ascii"]);
  assert.deepEqual(words(HYPERPROOF, { ...good, secret: "x".repeat(2_561) }), ["secret fault-secret-long"]);
});

test("an address is https, or this computer", () => {
  const fault = (server) => words("hypothesisPersonalToken", { server, secret: "6879-a" })[0] ?? null;
  for (const fine of ["https://hypothes.is", "http://127.0.0.1:5000", "http://localhost:5000/api", "http://[::1]:80"]) {
    assert.equal(fault(fine), null, fine);
  }
  assert.equal(fault("http://hypothes.is"), "apiAddress fault-address-insecure");
  assert.equal(fault("hypothes.is"), "apiAddress fault-address");
  assert.equal(fault("https://me:pw@hypothes.is"), "apiAddress fault-address-user");
  assert.equal(fault("https://hypothes.is/?q=1"), "apiAddress fault-address-extra");
  assert.equal(fault(""), "apiAddress fault-empty-apiAddress");
});

test("faults come in the order of the form", () => {
  assert.deepEqual(fieldsOf(HYPERPROOF, "custom"), ["label", "region", "tokenAddress", "apiAddress", "clientId", "secret", "scopes"]);
  const order = words(HYPERPROOF, { region: "custom" }).map((line) => line.split(" ")[0]);
  assert.deepEqual(order, ["tokenAddress", "apiAddress", "clientId", "secret"]);
});

test("a choice of region alone is nothing to lose, a typed secret is", () => {
  assert.equal(isDirty({ ...nothingTyped(), region: "eu" }), false);
  assert.equal(isDirty({ ...nothingTyped(), secret: "s" }), true);
});

test("each kind asks for its own fields, in the order of the form", () => {
  assert.deepEqual(fieldsOf("hypothesisAnonymous", "us"), ["label", "apiAddress"]);
  assert.deepEqual(fieldsOf("hypothesisSignIn", "us"), ["label", "apiAddress", "clientId", "callbackPort"]);
  assert.deepEqual(fieldsOf("hypothesisGrantToken", "us"), ["label", "apiAddress", "clientId", "secret", "userid"]);
  assert.deepEqual(words("hyperproofAuthorizationCode", {}), [
    "authorizeAddress fault-empty-authorizeAddress",
    "clientId fault-empty-clientId",
    "secret fault-empty-secret",
  ]);
});

test("a port below 1024 and a userid without its authority are faults", () => {
  const port = (callbackPort) => words("hypothesisSignIn", { clientId: "id", callbackPort });
  assert.deepEqual(port("47811"), []);
  for (const wrong of ["", "80", "65536", "47811x", "-1"]) assert.deepEqual(port(wrong), ["callbackPort fault-port"], wrong);
  const userid = (value) => words("hypothesisGrantToken", { ...good, userid: value });
  assert.deepEqual(userid("acct:jweiss@example.com"), []);
  for (const wrong of ["jweiss", "acct:jweiss", "acct:@x", "acct:a@b@c"]) assert.deepEqual(userid(wrong), ["userid fault-userid"], wrong);
});

test("a sign-in sends its port, other kinds none, and Practice no network", () => {
  const typed = { ...nothingTyped(), ...good, proxy: "direct", callbackPort: " 50000 " };
  assert.equal(draftOf("hypothesisSignIn", typed).callbackPort, 50_000);
  assert.equal(draftOf("hypothesisSignIn", typed).secret, "", "a public client has no secret");
  assert.equal(draftOf("hypothesisPersonalToken", typed).callbackPort, null);
  assert.equal(draftOf("hypothesisPersonalToken", typed).network.proxy, "direct");
  assert.equal(draftOf("practice", typed).network, null);
});

test("both secrets of the form are dropped together", () => {
  const typed = { ...nothingTyped(), secret: "s", proxyPassword: "p", clientId: "stays" };
  assert.equal(holdsSecret({ ...typed, secret: "" }), true);
  const after = withoutSecrets(typed);
  assert.deepEqual([after.secret, after.proxyPassword, after.clientId, holdsSecret(after)], ["", "", "stays", false]);
});

test("thirty-two characters with a wrong letter are told as letters, not as a length", () => {
  assert.equal(shapeHint(HYPERPROOF, "clientId", "c0ffee00practice00hyperproof0001").words, "shape-letters");
  assert.equal(shapeHint(HYPERPROOF, "clientId", "c0ffee").words, "shape-length");
});
