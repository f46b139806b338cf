// Citations in the line: the card with the passage, by hover, by keyboard and by tap.
import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

import { build, copy, files } from "./casebook.mjs";
import { launch, tabTo } from "./chromium.mjs";

const AXE = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** A citation of words that were found, whose passage a page shows. */
const QUOTING = '.body .cite-inline[href*="#q-"]';
let browser, site, dossier;

before(async () => {
  const root = copy();
  fs.appendFileSync(path.join(root, "casebook.toml"), '\n[citations]\nstyle = "apa"\n');
  site = build(root);
  dossier = files(site, ".html").find((route) => route.startsWith("dossiers/"));
  browser = await launch();
});
after(() => browser?.close());

async function open(options, route = dossier) {
  const context = await browser.newContext({ bypassCSP: true, ...options });
  const page = await context.newPage();
  await page.goto(pathToFileURL(path.join(site, route)).href);
  return page;
}

/** Holds the open card to what it must say, and to the page. */
async function holds(page, width) {
  const card = page.locator(".card");
  await card.waitFor();
  assert.equal(await card.count(), 1);
  assert.ok((await card.locator(".card-source").first().textContent()).trim().length > 10, "it names the source");
  assert.ok(await card.locator(".note-check").first().isVisible(), "it says that the words were found");
  const words = (await card.locator(".note-context mark").allTextContents()).join(" ").trim();
  assert.ok(words.split(/\s+/).length > 1, `it shows the passage: ${words}`);
  assert.ok((await card.locator(".note-context").first().textContent()).length > words.length, "in its context");
  const box = await card.boundingBox();
  assert.ok(box.x >= 0 && box.x + box.width <= width, `it is on the page: ${JSON.stringify(box)}`);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth), false);
}

for (const width of [390, 1440]) {
  test(`at ${width} px the keyboard opens a card, Escape closes it, Enter leads to the passage`, async () => {
    const page = await open({ viewport: { width, height: 900 } });
    await tabTo(page, QUOTING);
    await holds(page, width);
    const told = await page.evaluate(() => {
      const cite = document.activeElement;
      return document.getElementById(cite.getAttribute("aria-describedby"))?.matches(".card") ?? false;
    });
    assert.ok(told, "the card describes the citation");
    await page.evaluate(AXE);
    const { violations } = await page.evaluate(() => window.axe.run());
    assert.deepEqual(violations.filter(({ impact }) => ["serious", "critical"].includes(impact)).map(({ id }) => id), []);
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(".card").count(), 0);
    assert.ok(await page.evaluate(() => document.activeElement.matches(".cite-inline:not([aria-describedby])")));
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/sources\/.*#q-\d+$/);
    const target = await page.evaluate(() => document.querySelector(":target")?.textContent ?? "");
    assert.ok(target.length > 0, "the passage is there");
    await page.context().close();
  });
}

test("the pointer opens a card, which stays while the pointer is in it", async () => {
  const page = await open({ viewport: { width: 1280, height: 900 } });
  await page.locator(QUOTING).first().hover();
  await holds(page, 1280);
  await page.locator(".card .note-passage").first().hover();
  await page.waitForTimeout(400);
  await holds(page, 1280);
  await page.mouse.move(2, 2);
  await page.locator(".card").waitFor({ state: "detached" });
  await page.context().close();
});

test("a tap opens a card, a tap elsewhere closes it, a second tap leads to the passage", async () => {
  const page = await open({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const cite = page.locator(QUOTING).first();
  await cite.tap();
  await page.waitForTimeout(400);
  await holds(page, 390);
  assert.ok(page.url().endsWith(dossier), "it is the same page");
  await page.locator("h1").tap();
  await page.locator(".card").waitFor({ state: "detached" });
  await cite.tap();
  await page.locator(".card").waitFor();
  await page.waitForTimeout(400);
  await cite.tap();
  await page.waitForURL(/\/sources\/.*#q-\d+$/);
  await page.context().close();
});

test("a citation in a field has a card in every style", async () => {
  const route = files(site, ".html").find((name) => {
    const text = fs.readFileSync(path.join(site, name), "utf8");
    return name.startsWith("claims/") && /class="cited" href="[^"]*#q-/.test(text);
  });
  const page = await open({ viewport: { width: 1280, height: 900 } }, route);
  await tabTo(page, '.cited[href*="#q-"]');
  await holds(page, 1280);
  await page.context().close();
});

test("without a script a citation is a link to its passage", async () => {
  const page = await open({ viewport: { width: 1280, height: 900 }, javaScriptEnabled: false });
  assert.equal(await page.locator("template.cite-card").first().isVisible(), false);
  await page.locator(QUOTING).first().click();
  await page.waitForURL(/\/sources\/.*#q-\d+$/);
  await page.context().close();
});
