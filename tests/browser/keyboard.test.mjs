// A reader without a mouse.
import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

import { build, copy, files } from "./casebook.mjs";
import { launch, tabTo } from "./chromium.mjs";

const CITE = '.body .cite[href^="#note-"]';
let browser, site, dossier;

before(async () => {
  site = build(copy());
  dossier = files(site, ".html").find((route) => route.startsWith("dossiers/"));
  browser = await launch();
});
after(() => browser?.close());

async function open(route, width) {
  const page = await browser.newPage({ viewport: { width, height: 700 } });
  await page.goto(pathToFileURL(path.join(site, route)).href);
  return page;
}

/** The note that the focused number leads to. */
async function noteOfFocus(page) {
  const id = await page.evaluate(() => decodeURIComponent(document.activeElement.hash.slice(1)));
  return page.locator(`[id="${id}"]`);
}

test("the first stop is a link that skips to the text, and shows itself", async () => {
  const page = await open("claims.html", 1280);
  await page.keyboard.press("Tab");
  const skip = page.locator(".skip");
  assert.ok(await skip.evaluate((link) => link === document.activeElement));
  const box = await skip.boundingBox();
  assert.ok(box.x >= 0 && box.y >= 0 && box.width > 40 && box.height > 10, JSON.stringify(box));
  await page.keyboard.press("Enter");
  assert.ok(await page.evaluate(() => document.activeElement.matches("main")));
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.activeElement.closest("main") !== null), "the next stop is in the text");
  await page.close();
});

test("whatever has the focus shows it", async () => {
  const page = await open(dossier, 1280);
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press("Tab");
    const shown = await page.evaluate(() => {
      const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
      return document.activeElement === document.body || (outlineStyle !== "none" && parseFloat(outlineWidth) > 0);
    });
    assert.ok(shown, `stop ${presses + 1} has no outline: ${await page.evaluate(() => document.activeElement.outerHTML.slice(0, 120))}`);
  }
  await page.close();
});

test("a citation in focus shows its note in a card where the note is out of sight, and Escape closes it", async () => {
  const page = await open(dossier, 600);
  await tabTo(page, CITE);
  const note = await noteOfFocus(page);
  const card = page.locator(".card");
  await card.waitFor();
  assert.equal((await card.textContent()).trim(), (await note.textContent()).trim());
  const box = await card.boundingBox();
  assert.ok(box.x >= 0 && box.x + box.width <= 600, "the card is on the page");
  await page.keyboard.press("Escape");
  assert.equal(await card.count(), 0);
  await page.close();
});

test("Enter on a citation opens its note in place on a narrow screen, and Escape closes it", async () => {
  const page = await open(dossier, 600);
  await tabTo(page, CITE);
  const note = await noteOfFocus(page);
  assert.equal(await note.isVisible(), false);
  await page.keyboard.press("Enter");
  await note.waitFor();
  await page.keyboard.press("Escape");
  await note.waitFor({ state: "hidden" });
  await page.close();
});

test("a citation in focus lights its note in the margin of a wide screen, and Escape puts it out", async () => {
  const page = await open(dossier, 1400);
  await tabTo(page, CITE);
  const note = await noteOfFocus(page);
  assert.ok(await note.isVisible());
  const isShown = () => page.evaluate(() => document.querySelector(".note.lit, .card") !== null);
  assert.ok(await isShown());
  await page.keyboard.press("Escape");
  assert.equal(await isShown(), false);
  await page.close();
});

test("the number in a note leads back to its place in the text", async () => {
  const page = await open(dossier, 1400);
  await tabTo(page, ".body .note-n");
  const target = await page.evaluate(() => document.activeElement.hash);
  await page.keyboard.press("Enter");
  assert.ok(await page.evaluate((hash) => document.querySelector(hash).matches(".cite"), target));
  await page.close();
});
