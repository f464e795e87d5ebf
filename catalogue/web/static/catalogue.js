// Small comforts on pages that work without it: filters at once, suggestions, copy, print. Trouble is silent.

const wait = (milliseconds, action) => {
  let timer;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...values), milliseconds);
  };
};
const say = (text) => {
  const status = document.getElementById("status");
  if (status) status.textContent = text;
};

document.documentElement.classList.add("js");

// Folds that are plainly open on wide screens: the attribute follows what the style sheet shows.
const wide = matchMedia("(min-width: 62rem)");
const unfold = () => document.querySelectorAll("details[data-open-wide]").forEach((fold) => { fold.open = wide.matches; });
unfold();
wide.addEventListener("change", unfold);

// ---- Filters and marked links that apply at once: fetch the same page, put its live parts in place -

let running;
let shown = location.pathname + location.search;

const address = (form) => {
  const wanted = new URL(form.action);
  const fields = new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim() !== ""));
  if (!fields.has("near")) for (const name of ["km", "who"]) fields.delete(name); // a distance from nowhere
  wanted.search = fields.toString();
  return wanted;
};

// What the head says of the address: it must follow the address.
const ABOUT = "link[rel=canonical], link[rel=alternate], meta[name=robots]";
const renew = (fresh) => {
  document.head.querySelectorAll(ABOUT).forEach((part) => part.remove());
  document.head.append(...[...fresh.head.querySelectorAll(ABOUT)].map((part) => document.adoptNode(part)));
  document.title = fresh.title;
};

// Who had the focus gets it again in the new parts; if it is gone, the fold that it was in.
const heir = (focused, folds) => {
  const { id, name, value } = focused;
  const same = id ? document.getElementById(id) : name && document.querySelector(`input[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`);
  return same || folds.map((id) => document.querySelector(`#${CSS.escape(id)} > summary`)).find((summary) => summary?.checkVisibility());
};
const foldsAround = (node) => {
  const ids = [];
  for (let fold = node?.closest("details[id]"); fold; fold = fold.parentElement.closest("details[id]")) ids.push(fold.id);
  return ids;
};

const show = async (url, { isNew = true } = {}) => {
  running?.abort();
  running = new AbortController();
  const results = document.querySelector("section[data-live]");
  results?.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { signal: running.signal, headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.status);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const focused = document.activeElement;
    const around = foldsAround(focused);
    const before = focused?.getBoundingClientRect().top;
    const folds = new Map([...document.querySelectorAll("details[id]")].map((fold) => [fold.id, fold.open]));
    for (const part of document.querySelectorAll("[data-live][id]")) {
      const next = fresh.getElementById(part.id);
      if (next) part.replaceWith(document.adoptNode(next));
    }
    reveal();
    folds.forEach((open, id) => { const fold = document.getElementById(id); if (fold) fold.open = open; });
    renew(fresh);
    if (focused && !focused.isConnected) {
      const again = heir(focused, around); // a link without id finds its place in `follow`
      again?.focus({ preventScroll: true });
      if (again && isNew) scrollBy({ top: again.getBoundingClientRect().top - before, behavior: "instant" }); // nothing jumps
    }
    say(["count", "near-problem"].map((id) => document.getElementById(id)?.textContent.trim()).filter(Boolean).join(". "));
    const place = new URL(url);
    place.hash = "";
    if (isNew) history.pushState({ live: true }, "", place);
    shown = place.pathname + place.search;
    return true;
  } catch (trouble) {
    results?.removeAttribute("aria-busy");
    if (trouble.name !== "AbortError") location.assign(url);
    return false;
  }
};

const apply = wait(200, (form) => {
  const wanted = address(form);
  if (wanted.pathname + wanted.search !== shown) show(wanted);
});

document.addEventListener("change", ({ target }) => {
  const form = target.form;
  if (form?.matches("[data-live-form]") && target.matches("select:not(.facet__add *), [type=checkbox], [type=radio]")) apply(form);
});
// A place is complete with Enter or its button, and so is what to exclude. A search is a new page.
document.addEventListener("submit", (event) => {
  if (!document.activeElement?.closest("[data-live-form]")) return;
  event.preventDefault();
  apply(event.target);
});
// Back and forward, in place. Not for a #fragment, which is the same page.
addEventListener("popstate", async () => {
  if (location.pathname + location.search === shown) return;
  if (!document.querySelector("section[data-live]")) { location.reload(); return; }
  const field = document.getElementById("q");
  if (field) field.value = new URLSearchParams(location.search).get("q") ?? "";
  await show(location.href, { isNew: false });
});

// Links that change one thing: the focus stays on the same link, on its neighbour, or goes to the number of results.
const chosen = () => [...document.querySelectorAll(".chosen [data-live-link]")];
const follow = async (link) => {
  const { id } = link;
  const place = chosen().indexOf(link);
  const before = link.getBoundingClientRect().top;
  if (!await show(link.href)) return;
  const chips = chosen();
  const next = id ? document.getElementById(id) : chips[Math.min(place, chips.length - 1)];
  (next ?? document.getElementById("count"))?.focus({ preventScroll: Boolean(id) });
  if (id && next) scrollBy({ top: next.getBoundingClientRect().top - before, behavior: "instant" }); // a notice above may have come
  if (id && next?.dataset.said) say(next.dataset.said);
};

// One after the other, each with the address of its time: the second click must not lose the first.
let following = Promise.resolve();
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-live-link]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  if (event.detail > 1) return; // a double click is meant once
  following = following.then(() => {
    const now = link.isConnected ? link
      : link.id ? document.getElementById(link.id) : chosen().find((chip) => chip.textContent === link.textContent);
    return now ? follow(now) : undefined;
  });
});

// ---- Suggestions: the combobox pattern, list with arrows, Escape closes ---------------------------

const suggest = (input) => {
  const list = Object.assign(document.createElement("ul"), { className: "suggestions", id: `${input.id}-list`, hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.suggestLabel);
  input.closest(".search__box").after(list);
  const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
  Object.entries(attributes).forEach(([name, value]) => input.setAttribute(name, value));
  let active = -1;
  let asking;

  const close = () => {
    asking?.abort();
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (index) => {
    const options = [...list.children];
    active = (index + options.length + 1) % (options.length + 1); // the last place is the field itself
    if (active === options.length) active = -1;
    options.forEach((option, place) => option.setAttribute("aria-selected", String(place === active)));
    if (active < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", options[active].id);
      options[active].scrollIntoView({ block: "nearest" });
    }
  };
  const option = ({ label: name, parts, url = "", kind }, place) => {
    const item = Object.assign(document.createElement("li"), { className: "suggestions__option", id: `${list.id}-${place}` });
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    const label = Object.assign(document.createElement("span"), { className: "suggestions__label" });
    label.append(...parts.map(([text, hit]) => (hit ? Object.assign(document.createElement("mark"), { textContent: text }) : text)));
    item.append(label);
    if (kind) item.append(" ", Object.assign(document.createElement("span"), { className: "suggestions__kind", textContent: kind }));
    item.dataset.url = url;
    item.dataset.label = name;
    return item;
  };
  const isPicked = "suggestPick" in input.dataset; // it fills the field in; elsewhere it is a place to go to
  const open = (item) => {
    if (isPicked) {
      input.value = item.dataset.label;
      close();
      return;
    }
    const target = new URL(item.dataset.url, location.href);
    if (target.origin === location.origin) location.assign(target);
  };
  const ask = wait(180, async () => {
    const text = input.value.trim();
    asking?.abort();
    if (text.length < 2 || document.activeElement !== input) return close();
    asking = new AbortController();
    try {
      const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(text)}`, { signal: asking.signal, headers: { Accept: "application/json" } });
      if (!answer.ok) return close();
      const found = await answer.json();
      list.replaceChildren(...found.map(option));
      list.hidden = !found.length;
      active = -1;
      input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-expanded", String(!list.hidden));
      say(found.length ? `${list.children.length} ${input.dataset.suggestSome}` : input.dataset.suggestNone);
    } catch (trouble) {
      if (trouble.name !== "AbortError") close();
    }
  });

  input.addEventListener("input", ask);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) { event.preventDefault(); close(); }
    else if (list.hidden) { if (event.key === "ArrowDown") ask(); }
    else if (event.key === "ArrowDown") { event.preventDefault(); mark(active + 1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); mark(active < 0 ? list.children.length - 1 : active - 1); }
    else if (event.key === "Enter" && active >= 0) { event.preventDefault(); open(list.children[active]); }
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // keep the focus in the field
  list.addEventListener("click", ({ target }) => { const item = target.closest("[role=option]"); if (item) open(item); });
};
document.querySelectorAll("input[data-suggest]").forEach(suggest);

// ---- Buttons that only make sense here ------------------------------------------------------------

function reveal() {
  const useful = navigator.clipboard ? "[data-print], [data-copy]" : "[data-print]"; // the clipboard needs HTTPS
  document.querySelectorAll(useful).forEach((button) => { button.hidden = false; });
}
reveal();
document.addEventListener("click", async ({ target }) => {
  if (target.closest("[data-print]")) print();
  const copy = target.closest("[data-copy]");
  if (!copy) return;
  try {
    await navigator.clipboard.writeText(copy.dataset.copyText || new URL(copy.dataset.copy || location.href, location.href).href);
    say(copy.dataset.done);
    const label = copy.querySelector(".kern-label");
    const before = label.textContent;
    label.textContent = copy.dataset.done;
    setTimeout(() => { label.textContent = before; }, 2500);
  } catch { /* not allowed: the address is in the bar anyway */ }
});

// ---- Forms: what is to be mended is read out and seen first ---------------------------------------

document.querySelector("[data-focus]")?.focus();
