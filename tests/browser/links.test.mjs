// Every link inside a built site leads somewhere. CASEBOOK_CORPUS=DIR looks at another built site too.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";

import { build, configure, copy, files, folder } from "./casebook.mjs";
import { faults } from "./crawl.mjs";

/** Checks what is found in a site of one page, `a.html`, beside a page with the id `there`. */
function check(markup, expected) {
  const site = folder();
  fs.mkdirSync(path.join(site, "b"));
  fs.writeFileSync(path.join(site, "b/index.html"), '<p id="there">');
  fs.writeFileSync(path.join(site, "a.html"), markup);
  assert.deepEqual(faults(site), expected);
}

test("the crawler finds links to nothing", () => {
  check('<a href="b/">x</a><a href="./b/index.html#there">x</a><a href="https://example.org/">x</a>', []);
  check('<a href="c.html">x</a>', ['a.html: "c.html" leads to no file']);
  check('<a href="b/#here">x</a>', ['a.html: "b/#here" leads to no id in b/index.html']);
  check("<a title='>' href=b/index.html?x=1#there>x</a>", []);
  check('<img srcset="b/1.png 640w, b/2.png 2x">', ['a.html: "b/1.png" leads to no file', 'a.html: "b/2.png" leads to no file']);
  check('<meta http-equiv="refresh" content="0; url=d.html">', ['a.html: "d.html" leads to no file']);
  check('<a href="javascript:x()">x</a>', ['a.html: "javascript:x()" is javascript:']);
  check('<p id="x"></p><p id="x" aria-labelledby="y">', ['a.html: the id "x" stands twice', 'a.html: no element has the id "y"']);
  check('<script>"<a href=q>"</script><!-- <a href=q> -->', []);
});

test("every link and fragment of the example case leads somewhere", () => {
  const site = build(copy());
  assert.ok(files(site, ".html").length > 40, "the example case has many pages");
  assert.deepEqual(faults(site), []);
});

test("every link holds with pretty URLs", () => {
  const root = copy();
  configure(root, "pretty_urls", "true");
  const site = build(root);
  assert.ok(files(site).includes("people/index.html") && !files(site).includes("people.html"));
  assert.deepEqual(faults(site), []);
});

test("every link holds under a path", () => {
  assert.deepEqual(faults(build(copy(), "--base-url", "https://example.org/cases/strait/")), []);
});

test("every link holds in the theme brief", () => {
  const root = copy();
  configure(root, "theme", '"brief"');
  assert.deepEqual(faults(build(root)), []);
});

const corpus = process.env.CASEBOOK_CORPUS;
test("every link of the site in CASEBOOK_CORPUS leads somewhere", { skip: corpus ? false : "CASEBOOK_CORPUS is not set" }, () => {
  assert.deepEqual(faults(path.resolve(corpus)), []);
});
