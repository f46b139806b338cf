// Conveniences on top of pages that work without them: a note shown beside its number, passages of one source marked,
// the ledger filtered. No request, no dependency; everything shown is already on the page.
"use strict";
(() => {
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const noteOf = (cite) => document.getElementById(decodeURIComponent(cite.hash.slice(1)));

  // Notes. In the margin and in sight: lit. Otherwise, a card under the number; tapped, the note opens below its line.
  let card = null, lit = null, leaving = 0;
  const close = () => {
    clearTimeout(leaving);
    card?.remove();
    lit?.classList.remove("lit");
    card = lit = null;
  };
  const inSight = (note) => {
    const box = note.getBoundingClientRect();
    return box.height > 0 && box.top >= 0 && box.bottom <= innerHeight;
  };
  const show = (cite) => {
    const note = noteOf(cite);
    if (!note) return;
    close();
    if (inSight(note)) {
      lit = note;
      note.classList.add("lit");
      return;
    }
    card = document.createElement("div");
    card.className = "card";
    card.setAttribute("aria-hidden", "true");   // who listens has the note itself, where the number points
    card.append(...[...note.childNodes].map((node) => node.cloneNode(true)));
    all("[id]", card).forEach((node) => node.removeAttribute("id"));
    all("a", card).forEach((link) => { link.tabIndex = -1; });
    card.addEventListener("pointerenter", () => clearTimeout(leaving));
    card.addEventListener("pointerleave", leave);
    document.body.append(card);
    const at = cite.getBoundingClientRect();
    const room = document.documentElement.clientWidth - card.offsetWidth - 16;
    card.style.left = `${scrollX + Math.max(16, Math.min(at.left - 16, room))}px`;
    const below = at.bottom + 6 + card.offsetHeight <= innerHeight;
    card.style.top = `${scrollY + (below ? at.bottom + 6 : at.top - card.offsetHeight - 6)}px`;
  };
  const leave = () => {
    clearTimeout(leaving);
    leaving = setTimeout(close, 180);
  };
  all('.cite[href^="#note-"]').forEach((cite) => {
    const note = noteOf(cite);
    if (!note) return;
    cite.setAttribute("aria-describedby", note.id);
    cite.addEventListener("pointerenter", (event) => { if (event.pointerType !== "touch") show(cite); });
    cite.addEventListener("pointerleave", leave);
    cite.addEventListener("focus", () => { if (cite.matches(":focus-visible")) show(cite); });
    cite.addEventListener("blur", leave);
    cite.addEventListener("click", (event) => {
      if (!note.matches(".note-cite") || !matchMedia("(max-width: 45em)").matches) return;
      event.preventDefault();
      close();
      note.classList.toggle("open");
    });
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    close();
    all(".note.open").forEach((note) => note.classList.remove("open"));
  });

  // Sources: mark the passages that rest on one.
  all("[data-marks] > li").forEach((row) => {
    const source = CSS.escape(row.id.replace("src-", ""));
    const uses = all(`.body [data-source~="${source}"]`).filter((use) => !use.matches(".note"));
    if (uses.length === 0) return;
    const button = document.createElement("button");
    button.className = "marks";
    button.type = "button";
    button.textContent = row.parentElement.dataset.marks;
    button.setAttribute("aria-pressed", "false");
    row.querySelector(".source-line").append(" ", button);
    button.addEventListener("click", () => {
      const on = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(on));
      uses.forEach((use) => {
        use.classList.toggle("rests", on);
        use.closest("p, li, td, blockquote")?.classList.toggle("rests-in", on);
      });
      if (on) uses[0].scrollIntoView({ block: "center" });
    });
  });

  // The ledger: by standing, person and year. Of several pages, the list by date, which holds every claim, is filtered.
  all("form[data-filter]").forEach((form) => {
    const selects = all("select", form);
    const none = form.querySelector("[data-none]");
    const apply = () => {
      const chosen = (by) => selects.find((select) => select.dataset.by === by)?.value ?? "";
      const [standing, about, year] = [chosen("standing"), chosen("about"), chosen("year")];
      let shown = 0;
      all(".ledger").forEach((table) => {
        table.hidden = form.dataset.filter === "paged" && Boolean(standing || about || year);
      });
      all("[data-group]").forEach((group) => {
        let here = 0;
        all("[data-row]", group).forEach((row) => {
          const fits = (!standing || row.dataset.row === standing) && (!year || row.dataset.year === year) &&
            (!about || row.dataset.about.split("\n").includes(about));
          row.hidden = !fits;
          if (fits) here += 1;
        });
        group.hidden = here === 0;
        shown += here;
      });
      none.textContent = shown ? "" : none.dataset.none;
    };
    form.hidden = false;
    form.addEventListener("change", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    // A link to what the filter hides shows all again.
    window.addEventListener("hashchange", () => {
      const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (!target?.closest("[hidden]")) return;
      selects.forEach((select) => { select.value = ""; });
      apply();
      target.scrollIntoView();
    });
    apply();
  });
})();
