// Owns the browser of the component tests: the test page built as the program's, served under the program's policy,
// opened in the system's Chromium. Must not reach any other host.
import { createServer } from "node:http";
import { readFile, rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";
import { build } from "vite";

const UI = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
// Each process its own: two at once would empty each other's folder.
const BUILT = path.join(UI, `node_modules/.cache/countersign-test-page-${process.pid}`);
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'none'; " +
  "base-uri 'none'; form-action 'none'; object-src 'none'";
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };
const BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

async function buildPage() {
  await build({
    root: path.join(UI, "test/page"),
    configFile: false,
    base: "./",
    logLevel: "warn",
    build: { outDir: BUILT, emptyOutDir: true, target: "es2022", modulePreload: false, cssCodeSplit: false, minify: false, assetsInlineLimit: 0 },
  });
}

function servePage() {
  const server = createServer(async (request, response) => {
    if (request.url === "/favicon.ico") {
      response.writeHead(204).end();
      return;
    }
    const name = request.url === "/" ? "index.html" : path.normalize(request.url.split("?")[0]).replace(/^\/+/, "");
    try {
      const body = await readFile(path.join(BUILT, name));
      response.writeHead(200, { "content-type": TYPES[path.extname(name)] ?? "text/plain", "content-security-policy": POLICY });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

/** @returns {Promise<{ open: Function, close: () => Promise<void> }>} */
export async function startBrowser() {
  const executablePath = BROWSERS.find((candidate) => existsSync(candidate));
  if (!executablePath) throw new Error("component tests need Chromium: apt-get install chromium");
  await buildPage();
  const server = await servePage();
  const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"],
  });

  /** A fresh page; every error on its console, policy violations included, ends up in `page.faults`. */
  async function open({ width = 1280, height = 800, dark = false, reducedMotion = "reduce" } = {}) {
    const context = await browser.newContext({
      viewport: { width, height },
      colorScheme: dark ? "dark" : "light",
      reducedMotion,
      locale: "en-US",
      timezoneId: "Europe/Oslo",
    });
    const page = await context.newPage();
    page.faults = [];
    page.on("pageerror", (error) => page.faults.push(String(error)));
    page.on("console", (message) => message.type() === "error" && page.faults.push(message.text()));
    page.setDefaultTimeout(10_000);
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await page.waitForFunction(() => "harness" in globalThis);
    return page;
  }

  return {
    open,
    async close() {
      await browser.close();
      await new Promise((resolve) => server.close(resolve));
      await rm(BUILT, { recursive: true, force: true });
      await rm(BUILT, { recursive: true, force: true });
    },
  };
}
