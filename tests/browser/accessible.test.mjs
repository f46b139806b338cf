// axe on a page of each type, wide and light, narrow and dark: nothing serious, nothing critical.
import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

import { build, configure, copy, ofEachType } from "./casebook.mjs";
import { launch } from "./chromium.mjs";

const AXE = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
let browser, site;

before(async () => {
  site = build(copy());
  browser = await launch();
});
after(() => browser?.close());

/** Returns the grave violations of a page, a line each. */
async function violations(page, name) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate((values) => window.axe.run({ runOnly: { type: "tag", values } }), RULES);
  const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  return grave.map(({ id, nodes }) => `${name}: ${id}: ${nodes.map((node) => node.target.join(" ")).slice(0, 3).join(", ")}`);
}

async function sweep(site, options) {
  const context = await browser.newContext({ ...options, bypassCSP: true });
  const page = await context.newPage();
  const found = [];
  for (const route of ofEachType(site)) {
    await page.goto(pathToFileURL(path.join(site, route)).href);
    found.push(...(await violations(page, route)));
  }
  await context.close();
  assert.deepEqual(found, []);
}

test("no page has a grave violation in light colours", () => sweep(site, { colorScheme: "light", viewport: { width: 1280, height: 900 } }));

test("no page has a grave violation in dark colours on a phone", () => sweep(site, { colorScheme: "dark", viewport: { width: 390, height: 844 } }));

test("no page of the theme brief has a grave violation", () => {
  const root = copy();
  configure(root, "theme", '"brief"');
  return sweep(build(root), { colorScheme: "light", viewport: { width: 1280, height: 900 } });
});

test("a grave violation would have been found", async () => {
  const context = await browser.newContext({ bypassCSP: true });
  const page = await context.newPage();
  await page.setContent('<html lang="en"><title>x</title><main><h1>x</h1><img src="x.png"><p style="color:#bbb;background:#fff">faint</p></main></html>');
  const found = (await violations(page, "x")).join("\n");
  assert.match(found, /image-alt/);
  assert.match(found, /color-contrast/);
  await context.close();
});

test("light and dark are different colours", async () => {
  const colours = [];
  for (const colorScheme of ["light", "dark"]) {
    const context = await browser.newContext({ colorScheme });
    const page = await context.newPage();
    await page.goto(pathToFileURL(path.join(site, "index.html")).href);
    colours.push(await page.evaluate(() => getComputedStyle(document.body).color));
    await context.close();
  }
  assert.notEqual(colours[0], colours[1]);
});
