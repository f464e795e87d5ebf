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

// ---- Filters that apply at once: fetch the same page, put its live parts in place -----------------

let running;

const address = (form) => {
  const wanted = new URL(form.action);
  wanted.search = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== "")).toString();
  return wanted;
};

const show = async (url) => {
  running?.abort();
  running = new AbortController();
  const results = document.querySelector("section[data-live]");
  results?.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { signal: running.signal, headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.status);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const focused = document.activeElement;
    const folds = new Map([...document.querySelectorAll("details[id]")].map((fold) => [fold.id, fold.open]));
    for (const part of document.querySelectorAll("[data-live][id]")) {
      const next = fresh.getElementById(part.id);
      if (next) part.replaceWith(document.adoptNode(next));
    }
    reveal();
    folds.forEach((open, id) => { const fold = document.getElementById(id); if (fold) fold.open = open; });
    document.title = fresh.title;
    if (focused && !focused.isConnected) {
      const again = focused.id
        ? document.getElementById(focused.id)
        : document.querySelector(`input[name="${CSS.escape(focused.name)}"][value="${CSS.escape(focused.value)}"]`);
      again?.focus({ preventScroll: true });
    }
    say(document.getElementById("count")?.textContent.trim() ?? "");
    return true;
  } catch (trouble) {
    results?.removeAttribute("aria-busy");
    if (trouble.name !== "AbortError") location.assign(url);
    return false;
  }
};

const apply = wait(200, async (form) => {
  const url = address(form);
  if (await show(url)) history.pushState({ live: true }, "", url);
});

document.addEventListener("change", ({ target }) => {
  const form = target.form;
  if (form?.matches("[data-live-form]") && target.matches("select, [type=checkbox], [type=radio]")) apply(form);
});
addEventListener("popstate", () => { if (document.querySelector("[data-live-form]")) location.reload(); });

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
  const option = ({ label, url, kind }, place) => {
    const item = Object.assign(document.createElement("li"), { className: "suggestions__option", id: `${list.id}-${place}` });
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.append(Object.assign(document.createElement("span"), { textContent: label }));
    if (kind) item.append(" ", Object.assign(document.createElement("span"), { className: "suggestions__kind", textContent: kind }));
    item.dataset.url = url;
    return item;
  };
  const open = (item) => {
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
      list.replaceChildren(...found.slice(0, 10).map(option));
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
    await navigator.clipboard.writeText(new URL(copy.dataset.copy || location.href, location.href).href);
    say(copy.dataset.done);
    const label = copy.querySelector(".kern-label");
    const before = label.textContent;
    label.textContent = copy.dataset.done;
    setTimeout(() => { label.textContent = before; }, 2500);
  } catch { /* not allowed: the address is in the bar anyway */ }
});
