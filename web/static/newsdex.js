// Comforts on top of a page that works without them: filters that act at once, keys, a drawer, a preview, dragging
// a range on the timeline. The server makes every page; this only fetches them and puts them in place.
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const $ = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const wide = () => matchMedia("(min-width: 60.01rem)").matches;
  let current = -1, fetching = null;

  // ---- The search form
  const address = (form) => {
    const pairs = [...new FormData(form)].filter(([, value]) => value !== "");
    const query = new URLSearchParams(pairs).toString();
    return form.getAttribute("action").split("?")[0] + (query ? "?" + query : "");
  };

  // what had the focus is found again by its name in the fresh page; else the focus goes to what was found
  const label = (el) => (el.getAttribute("aria-label") || el.textContent).trim();
  const focusKey = (el) => {
    if (el?.name && el.form?.id === "search") return [el.name, el.type === "checkbox" || el.type === "radio" ? el.value : null];
    return el?.closest?.("main a[href]") ? [label(el)] : null;
  };
  const refocus = (key, caret) => {
    if (!key) return;
    const same = key.length === 1 ? (el) => label(el) === key[0] : (el) => el.name === key[0] && (key[1] === null || el.value === key[1]);
    const found = all(key.length === 1 ? ".switches a, .filters a, .understood a" : "input").find(same) || $("#found");
    if (!found) return;
    found.focus({ preventScroll: true });
    if (caret != null && found.setSelectionRange) found.setSelectionRange(caret, caret);
  };

  async function go(url, { push = true, scroll = null } = {}) {
    if (fetching) fetching.abort();
    fetching = new AbortController();
    const mine = fetching;
    root.classList.add("busy");
    try {
      const answer = await fetch(url, { signal: mine.signal, headers: { Accept: "text/html" } });
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      const main = $("main", fresh);
      if (!main || !$("#search", fresh)) { location.assign(url); return; }
      const active = document.activeElement, key = focusKey(active), caret = active && active.type === "search" ? active.selectionStart : null;
      const open = $("#filters")?.classList.contains("open"), at = $(".panels")?.scrollTop;
      const unfolded = folds().filter(([, part]) => part.classList.contains("open")).map(([, part]) => part.id);
      const panels = new Map(all(".panel[data-panel]").map((el) => [el.dataset.panel, el.open]));
      if (push) { remember(); history.pushState({ place: 0 }, "", url); }
      shown = here();
      document.title = fresh.title;
      $("main").replaceWith(document.adoptNode(main));
      const foot = $(".foot", fresh), nav = $(".meta-nav", fresh);
      if (foot) $(".foot").replaceWith(document.adoptNode(foot));
      if (nav) $(".meta-nav").replaceWith(document.adoptNode(nav));
      all(".panel[data-panel]").forEach((el) => { if (panels.has(el.dataset.panel)) el.open = panels.get(el.dataset.panel) || el.open; });
      unfolded.forEach((id) => $("#" + id)?.classList.add("open"));
      if (open && !wide()) { drawer(true, false); $(".panels").scrollTop = at; }
      refocus(key, caret);
      current = -1;
      arrive();
      if (scroll !== null) scrollTo(0, scroll);
      say($("#found")?.textContent.trim());
    } catch (error) {
      if (error.name !== "AbortError") location.assign(url);
    } finally {
      if (fetching === mine) { fetching = null; root.classList.remove("busy"); }
    }
  }

  const remember = () => history.replaceState({ place: scrollY }, "");
  const here = () => location.pathname + location.search;
  let shown = here();
  addEventListener("popstate", (event) => {
    // a jump within the page is one too
    if (here() !== shown && $("#search") && document.body.classList.contains("results")) go(location.href, { push: false, scroll: event.state?.place ?? 0 });
  });
  if ("scrollRestoration" in history && document.body.classList.contains("results")) history.scrollRestoration = "auto";

  // there from the beginning: what is said in a region made for it is often not heard
  const live = Object.assign(document.createElement("p"), { id: "live", className: "visually-hidden" });
  live.setAttribute("role", "status");
  document.body.append(live);
  const say = (text) => { live.textContent = text || ""; };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.id === "search" && document.body.classList.contains("results")) {
      event.preventDefault();
      drawer(false);
      go(address(form), { scroll: 0 });
    }
  });
  document.addEventListener("change", (event) => {
    const el = event.target;
    if (el.form?.id !== "search" || !document.body.classList.contains("results")) return;
    if (el.type === "checkbox" || el.type === "radio" || el.name === "from" || el.name === "to") {
      if (el.checkValidity()) go(address(el.form));
    }
  });
  let typing;
  document.addEventListener("input", (event) => {
    const el = event.target;
    if (!el.name?.startsWith("facet_words.") || el.form?.id !== "search") return;
    clearTimeout(typing);
    typing = setTimeout(() => go(address(el.form), { push: false }), 250);
  });

  let asking;
  document.addEventListener("input", (event) => {
    const box = event.target;
    if (box.id !== "q" || !box.form?.dataset.suggest || event.inputType === "insertReplacementText") return;
    clearTimeout(asking);
    if (box.value.trim().length < 2) return;
    asking = setTimeout(async () => {
      const url = new URL(box.form.dataset.suggest, location.href);
      url.searchParams.set("q", box.value);
      const answer = await fetch(url).catch(() => null);
      if (!answer?.ok) return;
      let list = $("#suggestions");
      if (!list) { list = Object.assign(document.createElement("datalist"), { id: "suggestions" }); document.body.append(list); }
      list.replaceChildren(...(await answer.json()).suggestions.map((one) => Object.assign(document.createElement("option"), { value: one.label ?? one })));
      box.setAttribute("list", "suggestions");
    }, 150);
  });

  // ---- Links that only change this page
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open]"), closer = event.target.closest("[data-close]");
    if (opener) { event.preventDefault(); drawer(true); return; }
    if (closer) { event.preventDefault(); drawer(false); return; }
    const fold = event.target.closest("[data-fold]");
    if (fold) { event.preventDefault(); $("#" + fold.dataset.fold).classList.toggle("open"); tellFolds(); return; }
    const peek = event.target.closest("[data-peek]");
    if (peek) { current = hits().indexOf(peek.closest(".hit")); mark(); preview(hits()[current], true); return; }
    const copier = event.target.closest("[data-copy]");
    if (copier) { navigator.clipboard?.writeText($("#" + copier.dataset.copy).textContent).then(() => { copier.textContent = "✓"; }); return; }
    const link = event.target.closest(".filters a[href], .chips a[href], .understood a[href], .bars a[href], .legend a[href], .switches a[href], .pager a[href], .dateline a[href], .named a[href], .story a[href]");
    if (!link || !document.body.classList.contains("results") || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const href = link.getAttribute("href") || link.getAttribute("xlink:href");
    const url = new URL(href, location.href);
    if (url.origin !== location.origin || url.pathname !== location.pathname) return;
    event.preventDefault();
    if (dragged) return;
    go(url.href, { scroll: link.closest(".pager, .dateline, .named, .story") ? 0 : null });
  });

  // ---- What telephones show folded; wide windows show all of it
  const folds = () => all("[data-fold]").map((el) => [el, $("#" + el.dataset.fold)]);
  const tellFolds = () => folds().forEach(([el, part]) => {
    const told = { role: "button", "aria-controls": part.id, "aria-expanded": part.classList.contains("open") };
    Object.entries(told).forEach(([name, value]) => el.setAttribute(name, value));
  });

  // ---- The drawer of filters
  let before = null;
  function drawer(open, take = true) {
    const filters = $("#filters");
    if (!filters) return;
    if (open) { before = document.activeElement; filters.classList.add("open"); } else filters.classList.remove("open");
    root.classList.toggle("has-drawer", open);
    if (open) { filters.setAttribute("role", "dialog"); filters.setAttribute("aria-modal", "true"); } else { filters.removeAttribute("role"); filters.removeAttribute("aria-modal"); }
    all(".masthead, .searchbox, .answer, .foot").forEach((el) => { el.inert = open; });
    if (open && take) $(".close", filters).focus();
    else if (!open && before) { ($("[data-open]") || before).focus?.({ preventScroll: true }); before = null; }
    if (!open && location.hash === "#filters") history.replaceState(history.state, "", location.href.split("#")[0]);
  }

  // ---- Keys; who speaks to the computer may switch them off, which only this browser remembers
  const keys = { get on() { try { return localStorage.newsdexKeys !== "off"; } catch { return true; } },
    set on(yes) { try { if (yes) delete localStorage.newsdexKeys; else localStorage.newsdexKeys = "off"; } catch { /* not remembered */ } } };
  const switchable = (within) => all(".use-keys", within).forEach((el) => {
    const box = $("input", el);
    el.hidden = false;
    box.checked = keys.on;
    box.addEventListener("change", () => { keys.on = box.checked; });
  });
  const hits = () => all(".hit");
  const mark = () => hits().forEach((el, i) => el.classList.toggle("current", i === current));
  function step(by) {
    const list = hits();
    if (!list.length) { const link = $(`[data-key="${by > 0 ? "j" : "k"}"]`); if (link) location.assign(link.href); return; }
    current = Math.max(0, Math.min(list.length - 1, current + by));
    mark();
    const hit = list[current];
    $(".headline a", hit).focus({ preventScroll: true });
    hit.scrollIntoView({ block: "nearest", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    if ($(".preview-pane")) preview(hit);
  }

  async function preview(hit, enter = false) {
    const link = $(".headline a", hit), url = new URL(link.href);
    url.searchParams.set("part", "1");
    const answer = await fetch(url);
    if (!answer.ok) return;
    const part = new DOMParser().parseFromString(await answer.text(), "text/html").body;
    let pane = $(".preview-pane");
    if (!pane) {
      pane = Object.assign(document.createElement("aside"), { className: "preview-pane" });
      pane.tabIndex = -1;
      document.body.append(pane);
    }
    const shut = Object.assign(document.createElement("button"), { className: "shut quiet", type: "button", textContent: "×" });
    shut.setAttribute("aria-label", $(".drawer-head .close")?.textContent || "×");
    shut.addEventListener("click", shutPreview);
    pane.replaceChildren(shut, ...part.childNodes);
    pane.setAttribute("aria-label", link.textContent);
    pane.scrollTop = 0;
    root.classList.add("previewing");
    hit.scrollIntoView({ block: "nearest" });
    if (!wide()) alone(true);
    if (enter || !wide()) shut.focus({ preventScroll: true });
  }
  // in a narrow window the text lies over the page, which is out of reach until it is shut
  const alone = (on) => { all("main, .masthead, .foot").forEach((el) => { el.inert = on; }); root.classList.toggle("has-drawer", on); };
  const shutPreview = () => { $(".preview-pane")?.remove(); root.classList.remove("previewing"); alone(false); if (current >= 0) $(".headline a", hits()[current])?.focus({ preventScroll: true }); };

  async function sheet() {
    let dialog = $("#key-sheet");
    if (!dialog) {
      const help = $('.meta-nav a[href*="help"]');
      if (!help) return;
      const page = new DOMParser().parseFromString(await (await fetch(help.href)).text(), "text/html");
      dialog = Object.assign(document.createElement("dialog"), { id: "key-sheet" });
      dialog.append(...["#keys", ".keys", ".use-keys"].map((part) => document.adoptNode($(part, page))));
      dialog.setAttribute("aria-labelledby", "keys");
      dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
      document.body.append(dialog);
      switchable(dialog);
    }
    dialog.showModal();
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if ($("#filters.open")) drawer(false); else if ($(".preview-pane")) shutPreview(); else if (document.activeElement?.id === "q") document.activeElement.blur();
      return;
    }
    const bar = event.target.closest?.(".bars a");
    if (bar && (event.key === "ArrowRight" || event.key === "ArrowLeft")) {
      const bars = all(".bars a"), by = (event.key === "ArrowRight") === (getComputedStyle(bar).direction === "ltr") ? 1 : -1;
      const next = bars[bars.indexOf(bar) + by];
      if (next) { bar.tabIndex = -1; next.tabIndex = 0; next.focus(); }
      event.preventDefault();
      return;
    }
    if (event.key === " " && event.target.closest?.("a:is([role=switch], [role=button])")) { event.preventDefault(); event.target.click(); return; }
    if (!keys.on || event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]")) return;
    if ($("dialog[open]") && event.key !== "?") return;
    const act = { "/": () => $("#q")?.select(), j: () => step(1), k: () => step(-1), "?": sheet,
      o: () => hits()[current] && location.assign($(".headline a", hits()[current]).href),
      x: () => { if ($(".preview-pane")) shutPreview(); else { if (current < 0) step(1); if (hits()[current]) preview(hits()[current]); } } }[event.key];
    if (act) { event.preventDefault(); act(); }
  });

  // ---- A range on the timeline
  let dragged = false;
  function draggable(svg) {
    const bars = all("a.bar", svg);
    if (bars.length < 2) return;
    const reach = () => bars.map((bar) => { const box = $("rect", bar).getBoundingClientRect(); return [box.left, box.right]; });
    let from = null, zone = null, boxes = null;
    const nearest = (x) => boxes.reduce((best, [l, r], i) => { const off = x < l ? l - x : x > r ? x - r : 0; return off < best[1] ? [i, off] : best; }, [0, Infinity])[0];
    svg.addEventListener("pointerdown", (event) => {
      if (event.button || event.pointerType === "touch") return;
      boxes = reach(); from = nearest(event.clientX); dragged = false;
    });
    svg.addEventListener("dragstart", (event) => event.preventDefault());
    addEventListener("pointermove", (event) => {
      if (from === null || !svg.isConnected) return;
      const to = nearest(event.clientX);
      if (to !== from) dragged = true;
      if (!dragged) return;
      if (!zone) { zone = document.createElementNS(svg.namespaceURI, "rect"); zone.setAttribute("class", "drag"); zone.setAttribute("y", 0); zone.setAttribute("height", 100); svg.append(zone); }
      const left = svg.getBoundingClientRect().left, [a, b] = [Math.min(from, to), Math.max(from, to)];
      zone.setAttribute("x", boxes[a][0] - left);
      zone.setAttribute("width", boxes[b][1] - boxes[a][0]);
    });
    addEventListener("pointerup", (event) => {
      if (from === null || !svg.isConnected) return;
      const to = nearest(event.clientX), [a, b] = [Math.min(from, to), Math.max(from, to)];
      from = null;
      zone?.remove(); zone = null;
      if (!dragged) return;
      setTimeout(() => { dragged = false; });
      const [url, last] = [a, b].map((at) => new URL(bars[at].getAttribute("href"), location.href));
      url.searchParams.set("to", last.searchParams.get("to"));
      if (document.body.classList.contains("results")) go(url.href); else location.assign(url);
    });
  }

  switchable(document);
  function arrive() {
    folds().forEach(([, part]) => { if (location.hash === "#" + part.id) part.classList.add("open"); });
    tellFolds();
    all(".bars").forEach(draggable);
    if (document.body.classList.contains("results")) all("[data-peek]").forEach((el) => { el.hidden = false; });
    all("[data-copy]").forEach((el) => { el.hidden = !navigator.clipboard; });
  }
  arrive();
})();
