// Every page of the example case in a browser, from a server and from a folder: no error on the console, nothing that
// the page's policy forbids, no request to anybody else, nothing wider than a phone.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

import { build, copy, files, isRedirect, ofEachType, serve } from "./casebook.mjs";
import { launch, watched } from "./chromium.mjs";

const SCRIPT = '<script src="/.casebook/live.js" defer></script>';
let browser, server, site, routes;

before(async () => {
  const root = copy();
  site = build(root);
  routes = files(site, ".html");
  [browser, server] = await Promise.all([launch(), serve(root)]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

/** Opens each address in one tab, and calls `look` there. */
async function each(addresses, options, look) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  for (const address of addresses) {
    await page.goto(address, { waitUntil: "load" });
    await look(page, address);
  }
  await context.close();
}

/** Tells whether the page at an address is a redirect, by the file that was built for it. */
function leadsElsewhere(address) {
  const route = routes.find((route) => address.endsWith(`/${route}`));
  return isRedirect(site, route);
}

async function quiet(addresses, home) {
  const context = await browser.newContext({ serviceWorkers: "block" });
  const page = await context.newPage();
  const faults = await watched(page, home);
  for (const address of addresses) {
    await page.goto(address, { waitUntil: "load" });
    // A page that leads elsewhere is followed, so that its going does not come between the next one and its coming.
    if (leadsElsewhere(address)) await page.waitForURL((url) => url.href !== address, { waitUntil: "load" });
  }
  await context.close();
  assert.deepEqual(faults, []);
}

test("every page loads from the server without an error, a violation or a foreign request", async () => {
  await quiet(routes.map((route) => `${server.url}/${route}`), server.url);
});

test("every page loads from a folder without an error, a violation or a foreign request", async () => {
  // 404.html is for hosts: its links begin at the root.
  const shown = routes.filter((route) => route !== "404.html");
  await quiet(shown.map((route) => pathToFileURL(path.join(site, route)).href), "file://");
});

test("a request, an inline script and an error would have been seen", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const faults = await watched(page, server.url);
  await page.route("http://elsewhere.invalid/**", (route) => route.fulfill({ body: "" }));
  await page.goto(`${server.url}/index.html`);
  await page.evaluate(() => {
    const add = (name, attributes) => document.body.append(Object.assign(document.createElement(name), attributes));
    add("script", { textContent: "window.ran = true" });
    add("img", { src: "http://elsewhere.invalid/x.png", alt: "" });
    console.error("said");
  });
  await page.waitForFunction(() => document.querySelector("body > img:last-of-type").complete);
  const text = faults.join("\n");
  for (const expected of ["policy: script-src", "policy: img-src", "console: said"]) assert.ok(text.includes(expected), `${expected} in:\n${text}`);
  assert.equal(await page.evaluate(() => window.ran), undefined);
  await context.close();
});

test("what the server answers is what a build writes, and one script element", async () => {
  for (const route of files(site)) {
    const response = await fetch(`${server.url}/${route.split("/").map(encodeURIComponent).join("/")}`);
    assert.equal(response.status, 200, route);
    const answered = Buffer.from(await response.arrayBuffer());
    const written = fs.readFileSync(path.join(site, route));
    if (!route.endsWith(".html")) {
      assert.ok(answered.equals(written), route);
      continue;
    }
    const [text, expected] = [answered.toString(), written.toString()];
    assert.equal(text.split(SCRIPT).length, 2, `${route} has the script once`);
    assert.equal(text.replace(SCRIPT, ""), expected, route);
  }
});

test("the sitemap names pages that are there", async () => {
  const sitemap = fs.readFileSync(path.join(site, "sitemap.xml"), "utf8");
  const listed = [...sitemap.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, url]) => new URL(url).pathname);
  assert.ok(listed.length > 40);
  for (const route of listed) assert.equal((await fetch(server.url + route)).status, 200, route);
});

test("a page that is not there is the page 404.html, with what it needs", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const response = await page.goto(`${server.url}/people/nobody/at/all.html`);
  assert.equal(response.status(), 404);
  const styled = await page.evaluate(() => [...document.styleSheets].some((sheet) => sheet.cssRules.length > 10));
  assert.ok(styled, "its style sheet is found from any depth");
  await context.close();
});

test("on a phone nothing scrolls sideways", async () => {
  const shown = routes.filter((route) => !isRedirect(site, route)).map((route) => `${server.url}/${route}`);
  const wide = [];
  await each(shown, { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true }, async (page, address) => {
    const found = await page.evaluate(() => {
      const element = document.scrollingElement;
      const hides = [document.documentElement, document.body].some((part) => ["hidden", "clip"].includes(getComputedStyle(part).overflowX));
      return { scrolls: element.scrollWidth > element.clientWidth, hides, width: element.scrollWidth };
    });
    if (found.scrolls || found.hides || found.width > 390) wide.push(`${address}: ${JSON.stringify(found)}`);
  });
  assert.deepEqual(wide, []);
});

test("every page prints", async () => {
  await each(ofEachType(site).map((route) => `${server.url}/${route}`), {}, async (page, address) => {
    const pdf = await page.pdf({ format: "A4" });
    assert.equal(pdf.subarray(0, 5).toString(), "%PDF-", address);
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator(".masthead-nav").first().isVisible(), false, `${address}: no navigation on paper`);
    const notes = page.locator(".note");
    for (let at = 0; at < (await notes.count()); at += 1) {
      assert.ok(await notes.nth(at).isVisible(), `${address}: note ${at + 1} is on paper`);
    }
    await page.emulateMedia({ media: "screen" });
  });
});

test("without JavaScript a page shows its notes and what mentions it", async () => {
  let notes = 0, mentions = 0;
  await each(ofEachType(site).map((route) => `${server.url}/${route}`), { javaScriptEnabled: false, viewport: { width: 1280, height: 900 } }, async (page, address) => {
    for (const note of await page.locator(".note").all()) {
      assert.ok(await note.isVisible(), `${address}: a note is hidden`);
      notes += 1;
    }
    const section = page.locator('section[aria-labelledby="h-mentions"] li');
    for (const mention of await section.all()) {
      assert.ok(await mention.isVisible(), `${address}: a mention is hidden`);
      mentions += 1;
    }
  });
  assert.ok(notes > 5 && mentions > 5, `${notes} notes, ${mentions} mentions`);
});

test("without JavaScript a note opens on a phone where its number leads", async () => {
  const route = ofEachType(site).find((name) => name.startsWith("dossiers/"));
  await each([`${server.url}/${route}`], { javaScriptEnabled: false, viewport: { width: 390, height: 844 } }, async (page) => {
    const cite = page.locator('.body > p .cite[href^="#note-"]').first();
    const note = page.locator(`[id="${(await cite.getAttribute("href")).slice(1)}"]`);
    await cite.click();
    assert.ok(await note.isVisible());
  });
});
