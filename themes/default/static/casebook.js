// Conveniences on top of pages that work without them: a note or a passage shown beside its citation, passages of one
// source marked, the ledger filtered. No request, no dependency; everything shown is already on the page.
"use strict";
(() => {
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const noteOf = (cite) => document.getElementById(decodeURIComponent(cite.hash.slice(1)));

  // Cards. One at a time, under or over its citation; it stays while the pointer is in it.
  let card = null, lit = null, cited = null, leaving = 0, touched = false;
  const close = () => {
    clearTimeout(leaving);
    card?.remove();
    lit?.classList.remove("lit");
    if (cited?.getAttribute("aria-describedby") === "cite-card") cited.removeAttribute("aria-describedby");
    card = lit = cited = null;
  };
  const leave = () => {
    clearTimeout(leaving);
    leaving = setTimeout(close, 180);
  };
  const put = (cite, nodes) => {
    cited = cite;
    card = document.createElement("div");
    card.className = "card";
    card.append(...nodes);
    all("[id]", card).forEach((node) => node.removeAttribute("id"));
    all("a", card).forEach((link) => { link.tabIndex = -1; });
    card.addEventListener("pointerenter", () => clearTimeout(leaving));
    card.addEventListener("pointerleave", (event) => { if (event.pointerType !== "touch") leave(); });
    document.body.append(card);
    // A citation may run over two lines: the card stands at the first.
    const at = cite.getClientRects()[0];
    const room = document.documentElement.clientWidth - card.offsetWidth - 16;
    card.style.left = `${scrollX + Math.max(16, Math.min(at.left - 16, room))}px`;
    const end = cite.getBoundingClientRect().bottom;
    const below = end + 6 + card.offsetHeight <= innerHeight || at.top - card.offsetHeight - 6 < 0;
    card.style.top = `${scrollY + (below ? end + 6 : at.top - card.offsetHeight - 6)}px`;
  };
  const hover = (cite, show) => {
    cite.addEventListener("pointerenter", (event) => { if (event.pointerType !== "touch") show(cite); });
    cite.addEventListener("pointerleave", (event) => { if (event.pointerType !== "touch") leave(); });
    cite.addEventListener("focus", () => { if (cite.matches(":focus-visible")) show(cite); });
    cite.addEventListener("blur", () => { if (!touched) leave(); });
  };

  // Notes. In the margin and in sight: lit. Otherwise, a card under the number; tapped, the note opens below its line.
  const inSight = (note) => {
    const box = note.getBoundingClientRect();
    return box.height > 0 && box.top >= 0 && box.bottom <= innerHeight;
  };
  const showNote = (cite) => {
    const note = noteOf(cite);
    if (!note) return;
    close();
    if (inSight(note)) {
      lit = note;
      note.classList.add("lit");
      return;
    }
    put(cite, [...note.childNodes].map((node) => node.cloneNode(true)));
    card.setAttribute("aria-hidden", "true");   // who listens has the note itself, where the number points
  };
  all('.cite[href^="#note-"]').forEach((cite) => {
    const note = noteOf(cite);
    if (!note) return;
    cite.setAttribute("aria-describedby", note.id);
    hover(cite, showNote);
    cite.addEventListener("click", (event) => {
      if (!note.matches(".note-cite") || !matchMedia("(max-width: 45em)").matches) return;
      event.preventDefault();
      close();
      note.classList.toggle("open");
    });
  });

  // Citations in the line. What their card says lies behind them, in a template. The first tap opens it, the next one
  // follows the link.
  all("template.cite-card").forEach((template) => {
    const cite = template.previousElementSibling;
    if (!cite?.matches("a.cite-inline, a.cited")) return;
    const show = () => {
      if (cited === cite) return clearTimeout(leaving);
      close();
      put(cite, [template.content.cloneNode(true)]);
      card.id = "cite-card";
      card.setAttribute("role", "tooltip");
      cite.setAttribute("aria-describedby", card.id);
    };
    hover(cite, show);
    cite.addEventListener("click", (event) => {
      if (!touched || cited === cite) return;
      event.preventDefault();
      show();
    });
  });

  addEventListener("pointerdown", (event) => {
    touched = event.pointerType === "touch";
    if (touched && card && event.target !== cited && !cited?.contains(event.target) && !card.contains(event.target)) close();
  });
  addEventListener("keydown", (event) => {
    touched = false;
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
