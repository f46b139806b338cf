// `casebook serve` while its author works: what an open page does when files change. Nothing here waits for a time, only
// for what is to happen; that something did not happen is known when a later change has arrived.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, afterEach, before, test } from "node:test";
import { setTimeout } from "node:timers/promises";

import { build, copy, files, serve } from "./casebook.mjs";
import { launch } from "./chromium.mjs";

const SCRIPT = '<script src="/.casebook/live.js" defer></script>';
const ABOUT = "content/about.md", METHODS = "content/methods.md", SHEET = "themes/default/static/casebook.css";
let browser, root, server, good;
const originals = new Map();

before(async () => {
  root = copy();
  good = build(root);
  [browser, server] = await Promise.all([launch(), serve(root)]);
});
after(async () => {
  await browser?.close();
  await server?.stop();
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
  for (const [name, bytes] of originals) fs.writeFileSync(path.join(root, name), bytes);
  originals.clear();
  // The next test begins with the site as it was.
  const late = AbortSignal.timeout(20000);
  while (!(await isAnswered(good))) await setTimeout(20, undefined, { signal: late });
});

const read = (name) => fs.readFileSync(path.join(root, name), "utf8");
const answer = async (route) => {
  const response = await fetch(`${server.url}/${route}`);
  return { status: response.status, text: (await response.text()).replace(SCRIPT, "") };
};

/** Tells whether the server answers every file of a built site with its bytes. */
async function isAnswered(site) {
  for (const route of files(site).filter((name) => /\.(html|css)$/.test(name))) {
    const { status, text } = await answer(route);
    if (status !== 200 || text !== fs.readFileSync(path.join(site, route), "utf8")) return false;
  }
  return true;
}

/** Changes a file for the length of a test. */
function edit(name, change) {
  const before = read(name);
  if (!originals.has(name)) originals.set(name, before);
  fs.writeFileSync(path.join(root, name), change(before));
}

const append = (text) => (before) => `${before}\n\n${text}\n`;

/** Opens a tab that counts its loads, once its stream is open. */
async function open(route) {
  const context = await browser.newContext({ viewport: { width: 700, height: 300 } });
  const page = await context.newPage();
  page.loads = 0;
  page.on("load", () => { page.loads += 1; });
  const streaming = page.waitForRequest(/\.casebook\/events/);
  await page.goto(`${server.url}/${route}`);
  await streaming;
  return page;
}

/** Waits until a page says a text, through reloads. */
const says = (page, text) => page.getByText(text).first().waitFor({ state: "attached", timeout: 15000 });

test("an edit reloads the page that it changes, where it was scrolled to, and no other", async () => {
  const [about, methods] = [await open("about.html"), await open("methods.html")];
  await methods.evaluate(() => scrollTo({ top: 200, behavior: "instant" }));
  const at = await methods.evaluate(() => scrollY);
  assert.ok(at > 100, "the page is long enough to scroll");
  edit(METHODS, append("Written a moment ago."));
  await says(methods, "Written a moment ago.");
  await methods.waitForFunction((wanted) => scrollY === wanted, at);
  edit(ABOUT, append("And here too."));
  await says(about, "And here too.");
  edit(METHODS, append("Written last."));
  await says(methods, "Written last.");
  await methods.waitForFunction((wanted) => scrollY === wanted, at);
  assert.equal(about.loads, 2, "the other page was loaded again for its own change only");
  assert.equal(methods.loads, 3);
});

test("an edit of a style sheet is seen without a reload", async () => {
  const page = await open("about.html");
  const colour = (wanted) => page.waitForFunction((rgb) => getComputedStyle(document.querySelector("h1")).color === rgb, wanted);
  edit(SHEET, append("h1 { color: rgb(1, 2, 3) !important; }"));
  await colour("rgb(1, 2, 3)");
  edit(SHEET, append("h1 { color: rgb(4, 5, 6) !important; }"));
  await colour("rgb(4, 5, 6)");
  assert.equal(page.loads, 1);
  assert.equal(await page.locator("link[rel=stylesheet]").count(), 1);
});

test("a broken file shows what is wrong and where, while every page is answered as it was; mended, all is well", async () => {
  const [about, methods] = [await open("about.html"), await open("methods.html")];
  edit(ABOUT, append("See [[nobody-of-this-name]]."));
  const line = read(ABOUT).split("\n").findIndex((text) => text.startsWith("See [[")) + 1;
  for (const page of [about, methods]) {
    const overlay = page.locator("casebook-overlay section");
    await overlay.waitFor();
    const text = await overlay.textContent();
    assert.match(text, /error\[broken-reference\]/);
    assert.match(text, /nobody-of-this-name/);
    assert.match(text, new RegExp(`content/about\\.md:${line}:7`));
    assert.equal(page.loads, 1, "the last good page stays");
  }
  assert.ok(await isAnswered(good));
  await about.keyboard.press("Escape");
  edit(ABOUT, (text) => text.replace("[[nobody-of-this-name]]", "nobody"));
  await says(about, "See nobody.");
  await methods.locator("casebook-overlay").waitFor({ state: "detached" });
  assert.equal(await about.locator("casebook-overlay").count(), 0);
  assert.equal(methods.loads, 1);
});

test("the overlay does not name a withheld record", async () => {
  const name = "content/people/kittiwake.md";
  assert.match(read(name), /visibility = "confidential"|visibility: confidential/, "the example case has a confidential record");
  const page = await open("about.html");
  edit(name, (text) => text.replace(/^(\+\+\+|---)\n/, (fence) => `${fence}born ${fence.startsWith("+") ? "=" : ":"} "no date at all"\n`));
  const overlay = page.locator("casebook-overlay section");
  await overlay.waitFor();
  const text = await overlay.textContent();
  assert.match(text, /withheld record \d+/);
  assert.doesNotMatch(text, /kittiwake|no date at all/i);
});

test("a record that is added, renamed and removed comes and goes with its page", async () => {
  const page = await open("people.html");
  const of = (name) => path.join(root, "content/people", name);
  fs.writeFileSync(of("late-comer.md"), "# Late Comer\n\nKnows [[kell-harbour]].\n");
  await says(page, "Late Comer");
  assert.equal((await answer("people/late-comer.html")).status, 200);
  fs.renameSync(of("late-comer.md"), of("later-comer.md"));
  await page.waitForFunction(() => document.querySelector('a[href$="later-comer.html"]'));
  assert.equal((await answer("people/late-comer.html")).status, 404);
  fs.rmSync(of("later-comer.md"));
  await page.waitForFunction(() => !document.querySelector('a[href$="later-comer.html"]'));
  assert.equal((await answer("people/later-comer.html")).status, 404);
});

test("a new title in the configuration reaches every page, and the pages equal a clean build's", async () => {
  const page = await open("methods.html");
  edit("casebook.toml", (text) => text.replace(/^title = .*$/m, 'title = "Another Title Altogether"'));
  await says(page, "Another Title Altogether");
  assert.ok(await isAnswered(build(root)));
});
