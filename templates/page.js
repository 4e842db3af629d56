/* What the page can do beyond reading and checking, which work without it: stepping through citations, search, keys, and keeping the focus. */
(() => {
  "use strict";
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  const make = (tag, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };
  const shelf = byId("articles");
  const visible = (element) => element.getClientRects().length > 0;
  const say = (text) => { byId("said").textContent = text; };
  const cites = all("a.cite");
  let open = null; // the citation whose sentence is shown
  let wanted = null; // the citation that was clicked or stepped to, until its sentence is shown
  let at = null; // the claim that the keys j and k start from

  // Checking: the sentence beside the brief

  const steps = shelf.querySelector(".steps");
  const count = make("span");
  const back = make("button", { type: "button", textContent: "‹", title: "Citation before" });
  const on = make("button", { type: "button", textContent: "›", title: "Next citation" });
  back.setAttribute("aria-label", "Citation before");
  on.setAttribute("aria-label", "Next citation");
  steps.append(back, count, on);
  steps.hidden = true;
  const siblings = (cite) => all("a.cite", cite.closest(".cites"));
  const targeted = () => {
    const target = location.hash.length > 1 ? byId(decodeURIComponent(location.hash.slice(1))) : null;
    return target && shelf.contains(target) ? target : null;
  };
  const current = (cite) => {
    cites.forEach((other) => other.removeAttribute("aria-current"));
    open = cite;
    steps.hidden = !cite;
    if (!cite) return;
    cite.setAttribute("aria-current", "true");
    const some = siblings(cite);
    const place = some.indexOf(cite);
    back.hidden = on.hidden = some.length === 1;
    count.textContent = some.length === 1 ? "" : `Source ${place + 1} of ${some.length}`;
    back.disabled = place === 0;
    on.disabled = place === some.length - 1;
  };
  const show = () => {
    const target = targeted();
    if (!target) return current(null);
    const fits = (cite) => cite && cite.hash === location.hash;
    current([wanted, open].find(fits) || cites.find(fits) || null);
    wanted = null;
    target.scrollIntoView({ block: target.closest(".s") ? "center" : "start" });
    if (!open) return;
    open.focus({ preventScroll: true });
    const box = open.getBoundingClientRect();
    const low = getComputedStyle(shelf).left === "0px" ? shelf.getBoundingClientRect().top : innerHeight;
    if (box.top < 80 || box.bottom > low) scrollBy(0, box.top - Math.min(low, innerHeight) / 2);
    const article = target.closest("article");
    say(`${article.querySelector("h2").textContent}. ${target.closest(".s").textContent}`);
  };
  const go = (cite) => {
    if (!cite) return;
    wanted = cite;
    if (cite.hash === location.hash) show(); else location.replace(cite.hash);
  };
  const close = () => {
    const from = open;
    location.replace("#-"); // no such place: nothing is targeted, and nothing moves
    current(null);
    if (from) from.focus({ preventScroll: true });
  };
  document.addEventListener("click", (event) => {
    const cite = event.target.closest("a.cite");
    if (!cite) return;
    if (cite === open && event.detail === 0) { // Enter once more leads into the article
      event.preventDefault();
      const target = targeted();
      target.tabIndex = -1;
      target.focus({ preventScroll: true });
      return;
    }
    wanted = cite;
    if (cite.hash === location.hash) show();
  });
  back.addEventListener("click", () => { const some = siblings(open); go(some[some.indexOf(open) - 1]); });
  on.addEventListener("click", () => { const some = siblings(open); go(some[some.indexOf(open) + 1]); });
  shelf.querySelector(".close").addEventListener("click", (event) => { event.preventDefault(); close(); });
  addEventListener("hashchange", show);

  // The quotation on hover: above its claim where there is no room below, and gone with Esc

  const placed = (event) => {
    const source = event.target.closest && event.target.closest(".source");
    document.body.classList.toggle("calm", document.body.classList.contains("calm") && source === calmed);
    if (!source) return;
    const tip = source.querySelector(".tip");
    tip.classList.remove("above");
    const box = tip.getBoundingClientRect();
    tip.classList.toggle("above", box.bottom > innerHeight && box.top > box.height + 60);
  };
  let calmed = null;
  document.addEventListener("mouseover", placed);
  document.addEventListener("focusin", placed);
  const calm = () => {
    const shown = all(".source").find((source) => getComputedStyle(source.querySelector(".tip")).visibility === "visible");
    if (!shown) return false;
    calmed = shown;
    document.body.classList.add("calm");
    return true;
  };

  // Filters and search

  const tools = document.querySelector(".tools");
  const claims = all(".claim, .story > h3");
  const nothing = document.querySelector(".nothing");
  const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const search = make("input", { type: "search", className: "search", placeholder: "Search (press /)" });
  search.setAttribute("aria-label", "Search the brief and its articles");
  const list = make("ul");
  const hits = make("section", { className: "hits", hidden: true }, make("h2", { textContent: "In the articles", id: "hits" }), list);
  hits.setAttribute("aria-labelledby", "hits");
  const shown = () => claims.filter((claim) => claim.matches(".claim:not(h3)") && visible(claim)).length;
  const tell = () => {
    const number = shown();
    const filtered = search.value.trim() || (tools && !tools.querySelector("[value=all]")?.checked);
    const said = number === 1 ? "1 claim is shown" : `${number} claims are shown`;
    nothing.hidden = number > 0 || !filtered;
    nothing.textContent = list.childElementCount ? "No claim says that; the articles have it." : "Nothing like that is here.";
    say(list.childElementCount ? `${said}; ${list.childElementCount} sentences of articles` : said);
  };
  const highlight = (words) => {
    if (!window.Highlight || !CSS.highlights) return;
    const ranges = [];
    const texts = words.length ? all(".claim:not(.miss) .text, .hits a") : [];
    for (const text of texts) {
      const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const plain = node.data.toLowerCase();
        if (plain.length !== node.data.length) continue;
        for (const word of words) {
          for (let start = plain.indexOf(word); start >= 0; start = plain.indexOf(word, start + word.length)) {
            const range = new Range();
            range.setStart(node, start);
            range.setEnd(node, start + word.length);
            ranges.push(range);
          }
        }
      }
    }
    CSS.highlights.set("found", new Highlight(...ranges));
  };
  const find = () => {
    const words = folded(search.value).split(/\s+/).filter(Boolean);
    const has = (element) => { const text = folded(element.textContent); return words.every((word) => text.includes(word)); };
    document.body.classList.toggle("searching", words.length > 0);
    for (const story of all(".story")) {
      const head = words.length > 0 && has(story.querySelector("h3"));
      for (const claim of all(".claim", story)) claim.classList.toggle("miss", !head && !has(claim));
    }
    for (const head of all(".story h4")) head.classList.toggle("miss", !head.nextElementSibling.querySelector(".claim:not(.miss)"));
    for (const claim of claims) if (!claim.closest(".story")) claim.classList.toggle("miss", !has(claim));
    list.replaceChildren();
    if (words.length) {
      for (const sentence of all(".s", shelf).filter(has).slice(0, 30)) {
        const plain = sentence.querySelector(".plain") || sentence;
        const from = sentence.closest("article").querySelector("header p").textContent.split(" · ")[0];
        const link = make("a", { href: `#${sentence.id}`, textContent: plain.textContent });
        list.append(make("li", {}, link, ` ${from}`));
      }
    }
    hits.hidden = !list.childElementCount;
    highlight(words);
    tell();
  };
  if (tools) {
    tools.append(search);
    byId("main").append(hits);
    tools.addEventListener("submit", (event) => event.preventDefault());
    search.addEventListener("input", find);
    tools.addEventListener("change", (event) => { if (event.target.name === "show") tell(); });
    if (search.value) find(); // a browser keeps what was typed
  }

  // Keys

  const keys = [["j k", "next claim, claim before"], ["n p", "next citation, citation before"], ["Enter", "show the sentence; once more: go to it"],
    ["Esc", "close, or clear the search"], ...(tools ? [["/", "search"]] : []), ["?", "these keys"]];
  const rows = keys.map(([names, what]) => make("tr", {}, make("td", {}, ...names.split(" ").flatMap((name) => [make("kbd", { textContent: name }), " "])), make("td", { textContent: what })));
  const help = make("dialog", {}, make("h2", { textContent: "Keys", id: "keys" }), make("table", {}, make("tbody", {}, ...rows)),
    make("form", { method: "dialog" }, make("button", { textContent: "Close" })));
  help.setAttribute("aria-labelledby", "keys");
  document.body.append(help);
  help.querySelector("form").addEventListener("submit", (event) => { event.preventDefault(); help.close(); });
  const hint = document.querySelector(".keys-hint");
  const button = make("button", { type: "button", textContent: "Keys" });
  button.addEventListener("click", () => help.showModal());
  hint.append(button);
  const step = (list, from, by) => {
    const some = list.filter(visible);
    const place = some.indexOf(from);
    if (place >= 0 || !from) return some[place < 0 ? (by > 0 ? 0 : -1) : place + by] || (by < 0 && place < 0 ? some.at(-1) : null);
    const follows = (element) => from.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING;
    return by > 0 ? some.find(follows) : some.filter((element) => !follows(element)).at(-1);
  };
  const here = () => {
    const focused = document.activeElement;
    return claims.find((claim) => claim.contains(focused)) || (focused === document.body ? at : null);
  };
  const move = (by) => {
    const claim = step(claims, here() || at, by);
    if (!claim) return;
    at = claim;
    if (!claim.hasAttribute("tabindex")) claim.tabIndex = -1;
    claim.focus({ preventScroll: true });
    claim.scrollIntoView({ block: "center" });
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || help.open) return;
    if (event.key === "Escape") {
      if (calm()) return;
      if (event.target === search) { search.value = ""; find(); search.blur(); return; }
      if (targeted()) close();
      return;
    }
    if (event.target.matches("input:not([type=radio]), textarea, select, [contenteditable]")) return;
    const focused = document.activeElement;
    const from = focused.matches("a.cite") ? focused : open || (here() && here().querySelector("a.cite"));
    switch (event.key) {
      case "j": move(1); break;
      case "k": move(-1); break;
      case "n": go(from && from !== focused && from !== open ? from : step(cites, from, 1)); break;
      case "p": go(step(cites, from, -1)); break;
      case "/": if (tools) { event.preventDefault(); search.focus(); search.select(); } break;
      case "?": help.showModal(); break;
    }
  });
  show();
})();
