// Owns the proof of how dates, numbers, durations, sizes and failures are written.
import assert from "node:assert/strict";
import test, { after, before } from "node:test";

import { startBrowser } from "../harness/browser.js";

let browser;
let page;
before(async () => {
  browser = await startBrowser();
  page = await browser.open();
});
after(() => browser?.close());

test("dates are written by their nearness, in the local zone", async () => {
  const written = await page.evaluate(() => {
    const now = new Date("2026-11-21T13:40:00Z");
    const dates = ["2026-11-21T13:28:00Z", "2026-11-20T16:02:00Z", "2026-11-17T07:55:00Z", "2025-07-06T10:00:00Z", "21..11.2026"];
    return dates.map((date) => harness.format.moment(date, now));
  });
  assert.deepEqual(written, ["Today, 14:28", "Yesterday, 17:02", "17 Nov, 08:55", "6 Jul 2025", "21..11.2026"]);
});

test("inside a sentence a day begins small", async () => {
  assert.equal(await page.evaluate(() => harness.format.momentWithin(new Date(Date.now()).toISOString()).split(",")[0]), "today");
});

test("numbers are grouped, durations and sizes have units", async () => {
  const written = await page.evaluate(() => {
    const { number, duration, size } = harness.format;
    return [number(10_052), duration(96), duration(1840), duration(2_489_000), duration(7_500_000), size(100), size(697_000), size(2_100_000)];
  });
  assert.deepEqual(written, ["10,052", "96 ms", "1.84 s", "41 min 29 s", "2 h 5 min", "0.1 kB", "697 kB", "2.1 MB"]);
});

test("the age of a sync is relative for a day", async () => {
  const written = await page.evaluate(() => {
    const now = new Date("2026-11-21T13:40:00Z");
    return ["2026-11-21T13:39:40Z", "2026-11-21T13:36:00Z", "2026-11-21T10:00:00Z"].map((date) => harness.format.age(date, now));
  });
  assert.deepEqual(written, ["just now", "4 min ago", "3 h ago"]);
});

test("a wait the service named is told in place of the general advice", async () => {
  const next = await page.evaluate(
    () => harness.failureWords.failureWords(harness.scenes.failure("rate-limited", { waitSeconds: 90 })).next,
  );
  assert.equal(next, "Wait 1 min 30 s, then try again.");
});

test("copied details hold the code and the server's words", async () => {
  const details = await page.evaluate(() =>
    harness.failureWords.failureDetails(harness.scenes.failure("refused", { serverWords: "email taken" })),
  );
  assert.match(details, /^refused\n[\s\S]*email taken$/);
});

test("where a code stands for many reasons, the failure's own sentence names the one", async () => {
  const page = await browser.open();
  const words = (code, message, saysAll = false) =>
    page.evaluate(
      ([code, message, saysAll]) => {
        const { failureAdvice, failureSentences, failureAtField } = harness.failureWords;
        const failure = harness.scenes.failure(code, { message, saysAll });
        return [failureAdvice(failure), failureSentences(failure), failureAtField(failure)];
      },
      [code, message, saysAll],
    );
  const scope = "This credential may not read controls. The scope is probably control.read.";
  const withStep = `${scope} Ask an administrator to add the permission.`;
  assert.deepEqual(await words("not-permitted", scope), [withStep, withStep, scope]);
  const redirect = "accounts.example pointed to https://login.example instead of answering. Credentials never follow.";
  assert.deepEqual(await words("redirected", redirect, true), [redirect, redirect, redirect]);
  const [advice, sentences, field] = await words("keychain-locked", "The keychain is locked.");
  assert.equal(sentences, `The keychain is locked. ${advice}`, "the code says all that is known");
  assert.equal(field, "The keychain is locked.");
  const [, unsaid] = await words("redirected", "", true);
  assert.match(unsaid, /^The server pointed to another address\. /);
});
