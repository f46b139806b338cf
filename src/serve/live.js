// What `casebook serve` adds to a page. It tells the server what the page consists of and does what it is told:
// reload where it was scrolled to, swap a style sheet, show what is wrong with the site, or nothing.
// A page's policy forbids inline script and style: the overlay is made of elements, its style sheet is constructed.
"use strict";
(() => {
  const MEMORY = "casebook-reload";
  const RETRY = 700, REST = 2500, SILENCE = 60000, LONGEST = 30000;
  const page = location.pathname;
  const have = new Map(); // path → tag of the bytes that are shown; "" where it is not known
  let before = null; // what this page was reloaded for
  let source = null, timer = 0, watchdog = 0, resting = false;

  // --- where it was scrolled to

  function restore() {
    try {
      before = JSON.parse(sessionStorage.getItem(MEMORY));
      sessionStorage.removeItem(MEMORY);
    } catch { /* storage is forbidden, or not ours */ }
    if (before?.at !== location.href) before = null;
    if (!before) return;
    const { x, y } = before;
    const scroll = () => scrollTo({ left: x, top: y, behavior: "instant" });
    scroll();
    // Pictures may have made the page longer since; a reader who scrolled already is left alone.
    const reached = scrollY;
    if (document.readyState !== "complete") addEventListener("load", () => scrollY === reached && scroll(), { once: true });
  }

  function reload(path, tag) {
    try {
      const note = { at: location.href, x: scrollX, y: scrollY, path, tag };
      sessionStorage.setItem(MEMORY, JSON.stringify(note));
    } catch { /* then it reloads to where the browser thinks */ }
    stop();
    location.reload();
  }

  // --- what it consists of

  const tagOf = (entry) => entry?.serverTiming?.find((timing) => timing.name === "casebook")?.description ?? "";

  // Returns whether there is more of it than was known.
  function takeStock() {
    const known = have.size;
    if (!have.has(page)) have.set(page, tagOf(performance.getEntriesByType("navigation")[0]));
    for (const entry of performance.getEntriesByType("resource")) {
      const url = new URL(entry.name);
      const isPart = ["link", "css", "img", "image", "script", "video", "audio", "track"].includes(entry.initiatorType);
      if (!isPart || url.origin !== location.origin || url.pathname.startsWith("/.casebook/")) continue;
      if (!have.has(url.pathname)) have.set(url.pathname, tagOf(entry));
    }
    return have.size > known;
  }

  function subscription() {
    let query = "";
    for (const [path, tag] of have) {
      const pair = `${tag}=${encodeURIComponent(path)}`;
      if (query.length + pair.length < LONGEST) query += (query && "&") + pair;
    }
    return `/.casebook/events?${query}`;
  }

  // --- the stream: whatever breaks it, asking again tells all that was missed

  function stop() {
    source?.close();
    source = null;
    clearTimeout(timer);
    clearTimeout(watchdog);
  }

  function again(delay) {
    stop();
    timer = setTimeout(start, delay);
  }

  function start() {
    stop();
    resting = false;
    source = new EventSource(subscription());
    const alive = () => {
      clearTimeout(watchdog);
      watchdog = setTimeout(() => again(0), SILENCE);
    };
    source.onopen = alive;
    source.onerror = () => again(RETRY);
    source.addEventListener("pulse", alive);
    source.addEventListener("state", (event) => {
      alive();
      hear(JSON.parse(event.data));
    });
    // Too many pages are open: this one sleeps until it is looked at.
    source.addEventListener("later", () => {
      stop();
      resting = true;
      if (!document.hidden) timer = setTimeout(start, REST);
    });
    alive();
  }

  function hear({ changed, overlay }) {
    for (const [path, tag] of changed) {
      const old = have.get(path);
      const isDone = before?.path === path && before.tag === tag;
      have.set(path, tag);
      if (!old || old === tag || isDone) continue;
      if (path !== page && swap(path, tag)) continue;
      reload(path, tag);
      return;
    }
    show(overlay);
  }

  // --- style sheets

  function swap(path, tag) {
    const links = [...document.querySelectorAll('link[rel~="stylesheet"][href]')];
    const own = links.filter((link) => {
      const url = new URL(link.href);
      return url.origin === location.origin && url.pathname === path;
    });
    for (const link of own) {
      const next = link.cloneNode();
      const url = new URL(link.href);
      url.searchParams.set("casebook", tag);
      next.href = url.href;
      next.onload = next.onerror = () => link.remove();
      link.after(next);
    }
    return own.length > 0;
  }

  // --- the overlay

  const STYLE = `
    :host { all: initial; }
    @media print { :host { display: none; } }
    section { position: fixed; inset: auto 0 0 0; z-index: 2147483647; max-height: 60vh; overflow: auto; box-sizing: border-box;
      padding: 1rem 1.25rem 1.25rem; border-top: 4px solid #a3262a; background: #fffdf8; color: #1f1b16;
      font: 15px/1.5 system-ui, sans-serif; box-shadow: 0 -4px 24px rgb(0 0 0 / .25); }
    header { display: flex; gap: 1rem; align-items: baseline; justify-content: space-between; }
    h2 { margin: 0; font-size: 1.1rem; }
    p { margin: .25rem 0 0; }
    ol { margin: .75rem 0 0; padding: 0; list-style: none; }
    li { padding: .6rem 0; border-top: 1px solid #d9d2c5; overflow-wrap: anywhere; }
    code { font: 13px/1.5 ui-monospace, monospace; }
    .error { color: #8f1d21; font-weight: 600; }
    .warning { color: #6b4e00; font-weight: 600; }
    .message, .help { white-space: pre-wrap; }
    .place { color: #554c40; }
    button { flex: none; padding: .35rem .8rem; border: 1px solid currentcolor; border-radius: 4px; background: none; color: inherit;
      font: inherit; cursor: pointer; min-height: 32px; }
    @media (prefers-color-scheme: dark) {
      section { background: #24211d; color: #ece6db; border-color: #e0696d; }
      li { border-color: #4a443b; }
      .error { color: #ff9c9f; } .warning { color: #f0c674; } .place { color: #c3b9a9; }
    }`;
  let host = null, shown = "";

  function make(name, text, kind) {
    const element = document.createElement(name);
    if (text !== undefined) element.textContent = text;
    if (kind) element.className = kind;
    return element;
  }

  function show(overlay) {
    const told = overlay ? JSON.stringify(overlay) : "";
    if (told === shown) return;
    shown = told;
    hide();
    if (!overlay) return;
    host = make("casebook-overlay");
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    const root = host.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    root.append(panel(overlay));
    document.documentElement.append(host);
  }

  function hide() {
    host?.remove();
    host = null;
  }

  function panel({ notes, problems }) {
    const section = make("section");
    section.setAttribute("role", "alert");
    section.lang = "en";
    section.dir = "ltr";
    const header = make("header");
    const button = make("button", "Hide");
    button.type = "button";
    button.addEventListener("click", hide);
    header.append(make("h2", headline(problems)), button);
    const list = make("ol");
    for (const problem of problems) list.append(item(problem));
    section.append(header);
    if (!document.documentElement.dataset.casebookNothing) section.append(make("p", "This page is the last good one."));
    section.append(...notes.map((note) => make("p", note)), list);
    section.addEventListener("keydown", (event) => event.key === "Escape" && hide());
    return section;
  }

  function headline(problems) {
    const count = (severity) => {
      const number = problems.filter((problem) => problem.severity === severity).length;
      return number ? [`${number} ${severity}${number > 1 ? "s" : ""}`] : [];
    };
    const counts = [...count("error"), ...count("warning")];
    return counts.length ? counts.join(", ") : "The site cannot be built";
  }

  function item({ severity, code, message, file, line, column, help }) {
    const entry = make("li");
    const said = make("div", undefined, "message");
    said.append(make("span", `${severity}[${code}]`, severity), `: ${message}`);
    entry.append(said);
    if (file) {
      const place = make("div", undefined, "place");
      place.append(make("code", [file, line, column].filter((part) => part != null).join(":")));
      entry.append(place);
    }
    if (help) entry.append(make("div", `help: ${help}`, "help"));
    return entry;
  }

  // --- when

  let begun = false;
  const begin = () => {
    if (begun) return;
    begun = true;
    takeStock();
    start();
  };
  restore();
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin);
  // A picture may wait until it is scrolled to.
  document.addEventListener("load", () => begun && takeStock() && again(100), true);
  // A part of the page that never comes must not keep it from learning.
  setTimeout(begin, 3000);
  addEventListener("pagehide", stop);
  addEventListener("pageshow", (event) => event.persisted && begun && start());
  const wake = () => begun && !document.hidden && (resting || !source) && start();
  document.addEventListener("visibilitychange", wake);
  addEventListener("focus", wake);
})();
