// A source's page: passages highlighted, notes beside them; and the passage behind a citation.
import assert from "node:assert/strict";
import path from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

import { build, copy, files } from "./casebook.mjs";
import { launch, tabTo } from "./chromium.mjs";

let browser, site, sources;

before(async () => {
  site = build(copy());
  sources = files(site, ".html").filter((route) => route.startsWith("sources/"));
  browser = await launch();
});
after(() => browser?.close());

async function open(route, width) {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  await page.goto(pathToFileURL(path.join(site, route)).href);
  return page;
}

/** Each paragraph that has notes: where its text, its highlights and its notes stand. */
function paragraphs(page) {
  return page.evaluate(() => {
    const box = (element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      return { left, right, top, bottom };
    };
    return [...document.querySelectorAll(".para")].filter((para) => para.querySelector(".opposite")).map((para) => ({
      text: box(para.querySelector(".para-text")),
      marks: [...para.querySelectorAll("mark")].map(box),
      notes: [...para.querySelectorAll(".opposite")].map(box),
    }));
  });
}

for (const width of [390, 1440]) {
  test(`highlights and notes line up at ${width} px`, async () => {
    let seen = 0;
    for (const route of sources) {
      const page = await open(route, width);
      let below = -Infinity;
      for (const { text, marks, notes } of await paragraphs(page)) {
        seen += notes.length;
        assert.ok(marks.length > 0, `${route}: a paragraph with notes has a highlight`);
        for (const mark of marks) {
          assert.ok(mark.left >= text.left - 8 && mark.right <= text.right + 8, `${route}: a highlight lies in the text`);
        }
        for (const note of notes) {
          assert.ok(note.left >= 0 && note.right <= width, `${route}: a note is on the page`);
          assert.ok(note.top >= below - 1, `${route}: notes do not cover each other`);
          below = note.bottom;
          if (width > 720) assert.ok(note.left >= text.right, `${route}: notes stand in the margin`);
          else assert.ok(note.top >= text.bottom - 1, `${route}: notes stand below their paragraph`);
        }
        if (width > 720) {
          const room = Math.max(text.top, notes[0].top) - text.top;
          assert.ok(room < 700, `${route}: the first note stands beside its paragraph, not ${room} px below`);
        }
      }
      await page.close();
    }
    assert.ok(seen > 10, `there are ${seen} notes`);
  });
}

test("a citation of quoted words shows them in their context, and that they were verified", async () => {
  const dossier = files(site, ".html").find((route) => route.startsWith("dossiers/"));
  const page = await open(dossier, 600);
  const id = await page.evaluate(() => document.querySelector(".body .note-cite:has(.note-context)")?.id);
  assert.ok(id, "a note has a passage");
  assert.equal(await page.locator(`[id="${id}"] .note-context`).isVisible(), false, "it is not in the way of reading");
  await tabTo(page, `.body .cite[href="#${id}"]`);
  const context = page.locator(".card .note-context");
  await context.waitFor();
  const words = (await context.locator("mark").allTextContents()).join(" ");
  assert.ok(words.split(/\s+/).length > 1 && (await context.textContent()).includes(words.split(/\s+/)[0]), words);
  assert.ok(await page.locator(".card .note-check").isVisible());
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".card").count(), 0);
  await page.close();
});
