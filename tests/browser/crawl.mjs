// A crawler over the files of a built site: every link inside it, every fragment, every id that an attribute names.
import fs from "node:fs";
import path from "node:path";

import { files } from "./casebook.mjs";

const TAG = /<([a-z][^\s/>]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/gi;
const ATTRIBUTE = /([^\s=/"']+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/g;
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const NAMED = ["aria-labelledby", "aria-describedby", "aria-controls", "for", "headers", "list"];

const decode = (text) =>
  text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, number, name) =>
    hex ? String.fromCodePoint(parseInt(hex, 16)) : number ? String.fromCodePoint(Number(number)) : (ENTITIES[name] ?? whole));

/** Reads what the crawler needs of a page: its ids, its links, the ids that its attributes name. */
export function read(html) {
  const shown = html.replace(/<!--[\s\S]*?-->/g, "").replace(/(<(script|style)\b[^>]*>)[\s\S]*?(<\/\2>)/gi, "$1$3");
  const found = { ids: new Set(), twice: [], links: [], named: [] };
  for (const [, tag, rest] of shown.matchAll(TAG)) {
    const attributes = new Map();
    for (const [, name, double, single, bare] of rest.matchAll(ATTRIBUTE)) {
      attributes.set(name.toLowerCase(), decode(double ?? single ?? bare));
    }
    const id = attributes.get("id");
    if (id !== undefined) {
      if (found.ids.has(id)) found.twice.push(id);
      found.ids.add(id);
    }
    const isElsewhere = attributes.get("rel") === "canonical"; // where it will be published
    for (const name of ["href", "src", "action", "poster"]) {
      if (attributes.has(name) && !isElsewhere) found.links.push(attributes.get(name));
    }
    for (const candidate of (attributes.get("srcset") ?? "").split(",").filter((text) => text.trim())) {
      found.links.push(candidate.trim().split(/\s+/)[0]);
    }
    const refresh = attributes.get("http-equiv")?.toLowerCase() === "refresh" && /url\s*=\s*(.*)$/i.exec(attributes.get("content") ?? "");
    if (refresh) found.links.push(refresh[1]);
    if (tag.toLowerCase() === "use" && attributes.has("xlink:href")) found.links.push(attributes.get("xlink:href"));
    for (const name of NAMED) {
      if (attributes.has(name)) found.named.push(...attributes.get(name).split(/\s+/).filter(Boolean));
    }
  }
  return found;
}

/** Returns the address of a file of a site that is published under a path. */
const address = (name, prefix) => new URL(prefix + name.split("/").map(encodeURIComponent).join("/"), "http://site/");

/**
 * Returns every fault of the links inside a built site, a line each: links to no file, to no id of their page, ids that
 * stand twice or that an attribute names and no element has. `404.html` is read as lying at the site's root.
 */
export function faults(site) {
  const all = new Set(files(site));
  const pages = new Map();
  const page = (name) => {
    if (!pages.has(name)) pages.set(name, read(fs.readFileSync(path.join(site, name), "utf8")));
    return pages.get(name);
  };
  const found = [];
  for (const name of files(site, ".html")) {
    const here = page(name);
    here.twice.forEach((id) => found.push(`${name}: the id "${id}" stands twice`));
    here.named.filter((id) => !here.ids.has(id)).forEach((id) => found.push(`${name}: no element has the id "${id}"`));
    const prefix = name === "404.html" ? rootOf(here) : "/";
    for (const link of here.links) {
      const fault = follow(link, name, prefix, all, page);
      if (fault) found.push(`${name}: "${link}" ${fault}`);
    }
    here.links = here.named = here.twice = []; // ids are all that other pages ask for
  }
  return found;
}

/** The path under which a site is published, which its 404.html names in every link. */
function rootOf(page) {
  const sheet = page.links.find((link) => link.endsWith(".css")) ?? "/";
  return sheet.slice(0, sheet.lastIndexOf("/") + 1) || "/";
}

function follow(link, name, prefix, all, page) {
  let url;
  try {
    url = new URL(link, address(name, prefix));
  } catch {
    return "is no URL";
  }
  if (url.origin !== "http://site") return /^(https?|mailto|tel|data):/.test(url.protocol) ? "" : `is ${url.protocol}`;
  if (!url.pathname.startsWith(prefix)) return "leads out of the site";
  let route;
  try {
    route = decodeURIComponent(url.pathname.slice(prefix.length));
  } catch {
    return "is badly encoded";
  }
  if (route === "" || route.endsWith("/")) route += "index.html";
  if (!all.has(route)) return "leads to no file";
  const fragment = decodeURIComponent(url.hash.slice(1));
  if (fragment && route.endsWith(".html") && !page(route).ids.has(fragment)) return `leads to no id in ${route}`;
  return "";
}
