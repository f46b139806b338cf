// The search: Pagefind's index, asked in the reader's browser. Needs a web server; from a file the page points to the A–Z list.
"use strict";
(() => {
  const form = document.querySelector("form[data-search]");
  if (!form) return;
  const input = form.querySelector("input");
  const status = document.querySelector(".search-status");
  const results = document.querySelector(".search-results");
  const STEP = 20;
  if (location.protocol === "file:") {
    status.textContent = form.dataset.failed;
    return;
  }
  const index = new URL(form.dataset.search, location.href).href;
  let pagefind = null, asked = 0;

  const load = async () => {
    pagefind ??= import(index);
    return pagefind;
  };
  const entry = (found) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = found.url;
    link.textContent = found.meta.title || found.url;
    const text = document.createElement("p");
    // Pagefind's excerpt is escaped text with <mark> around the words that were found.
    const parsed = new DOMParser().parseFromString(found.excerpt, "text/html");
    parsed.body.childNodes.forEach((node) => {
      const part = node.nodeName === "MARK" ? document.createElement("mark") : document.createElement("span");
      part.textContent = node.textContent;
      text.append(part);
    });
    item.append(link);
    if (found.meta.standing) {
      const chip = document.createElement("span");
      chip.className = "aside";
      chip.textContent = ` ${found.meta.standing}`;
      item.append(chip);
    }
    item.append(text);
    return item;
  };
  const page = async (hits, from, mine) => {
    const some = await Promise.all(hits.slice(from, from + STEP).map((hit) => hit.data()));
    if (mine !== asked) return;
    results.append(...some.map(entry));
    if (from + STEP >= hits.length) return;
    const item = document.createElement("li");
    const more = document.createElement("button");
    more.type = "button";
    more.className = "marks";
    more.textContent = form.dataset.more;
    more.addEventListener("click", () => { item.remove(); page(hits, from + STEP, mine); });
    item.append(more);
    results.append(item);
  };
  const search = async () => {
    const words = input.value.trim();
    const mine = ++asked;
    const address = new URL(location.href);
    if (words) address.searchParams.set("q", words); else address.searchParams.delete("q");
    history.replaceState(null, "", address);
    if (!words) {
      results.replaceChildren();
      status.textContent = "";
      return;
    }
    try {
      const { results: hits } = await (await load()).search(words);
      if (mine !== asked) return;
      results.replaceChildren();
      status.textContent = hits.length ? `${form.dataset.found} ${hits.length}` : form.dataset.none;
      await page(hits, 0, mine);
    } catch {
      pagefind = null;
      if (mine === asked) status.textContent = form.dataset.failed;
    }
  };
  let waiting = 0;
  form.hidden = false;
  form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
  input.addEventListener("focus", () => load().catch(() => {}), { once: true });
  input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(search, 160); });
  input.value = new URLSearchParams(location.search).get("q") ?? "";
  if (input.value) search();
})();
