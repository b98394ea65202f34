// The room without script is links and forms, and all of it works. This makes it quicker: a link or
// a search within the room changes the contents and the address without loading the page anew; days
// and parts of the map can be chosen by dragging; what belongs to one country lights up everywhere.
import { chooseDays } from "./days.js";
import { holdMap } from "./map.js";
import { holdReview } from "./review.js";

const main = document.querySelector("main");
const said = document.querySelector("#said");
let asking = null;

/** Whether an address can be shown without loading a page: one of ours, and no file. */
function ours(address) {
  return address.origin === location.origin && !/^\/(static|api\/openapi)/.test(address.pathname);
}

/** Show the contents of an address, or what it answers to a form. */
export async function show(address, { keep = true, record = true, body = null } = {}) {
  asking?.abort();
  asking = new AbortController();
  document.body.classList.add("waiting");
  try {
    const sent = body ? { method: "POST", body } : {};
    const answer = await fetch(address, { headers: { Accept: "text/html" }, signal: asking.signal, ...sent });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (record) history.pushState({ y: 0 }, "", answer.url);
    swap(page, keep);
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
  }
}

/** What a link is called: a value of a facet keeps its name when its address changes. */
function named(link) {
  const label = link.querySelector(".label") ?? link;
  return `${link.dataset.facet ?? ""} ${link.getAttribute("aria-label") ?? label.textContent.trim()}`;
}

/** Put the contents of a page in the place of those shown. */
function swap(page, keep) {
  const from = document.activeElement;
  const name = from?.matches?.("a") ? named(from) : "";
  main.replaceChildren(...page.querySelector("main").childNodes);
  document.title = page.title;
  for (const link of document.querySelectorAll(".top nav a")) {
    link.toggleAttribute("aria-current", link.pathname === location.pathname);
    if (link.hasAttribute("aria-current")) link.setAttribute("aria-current", "page");
  }
  document.body.classList.remove("waiting");
  begin();
  const total = main.querySelector(".total, h1");
  said.textContent = total ? total.textContent.replace(/\s+/g, " ").trim() : page.title;
  const same = keep && from?.matches?.("a") && [...main.querySelectorAll("a")].find((a) => named(a) === name);
  if (same) same.focus({ preventScroll: true });
  else main.focus({ preventScroll: true });
  if (!keep) scrollTo(0, 0);
}

/** Whether a reader wants a new window, a download, or something else of a link's own. */
function particular(event, link) {
  const keys = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button;
  return event.defaultPrevented || keys || link.hasAttribute("data-plain") || link.hasAttribute("target") || link.getAttribute("rel");
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || particular(event, link)) return;
  const address = new URL(link.href.baseVal ?? link.href, location.href);
  if (!ours(address) || (address.hash && address.pathname === location.pathname)) return;
  event.preventDefault();
  history.replaceState({ y: scrollY }, "");
  show(address, { keep: address.pathname === location.pathname && !address.searchParams.has("after") });
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "get" || event.defaultPrevented) return;
  event.preventDefault();
  const address = new URL(form.action);
  for (const [name, value] of new FormData(form)) if (value) address.searchParams.append(name, value);
  show(address);
});

addEventListener("popstate", async (event) => {
  await show(location.href, { record: false });
  scrollTo(0, event.state?.y ?? 0);
});

/** Light up what belongs to one country in every picture and list. */
function light(event) {
  const code = event.type === "pointerout" || event.type === "focusout" ? "" : event.target.closest?.("[data-code]")?.dataset.code;
  for (const lit of main.querySelectorAll(".lit")) lit.classList.remove("lit");
  if (!code) return;
  for (const one of code.split(" ")) {
    for (const other of main.querySelectorAll(`[data-code~="${CSS.escape(one)}"]`)) {
      if (!code.includes(" ") || other.dataset.code === code || !other.dataset.code.includes(" ")) other.classList.add("lit");
    }
  }
}
for (const type of ["pointerover", "pointerout", "focusin", "focusout"]) main.addEventListener(type, light);

/** Take a dropped file into the form for files. */
function takeFiles(form) {
  const field = form.querySelector("input[type=file]");
  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    form.classList.add("over");
  });
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    if (!event.dataTransfer.files.length) return;
    field.files = event.dataTransfer.files;
    form.requestSubmit();
  });
}

/** Make ready what the contents hold. */
function begin() {
  const narrow = main.querySelector("[data-narrow]");
  if (narrow && matchMedia("(max-width: 60rem)").matches) narrow.open = false;
  main.querySelectorAll("[data-newest]").forEach((part) => { part.scrollLeft = part.scrollWidth; }); // newest in sight
  main.querySelectorAll("[data-brush=time]").forEach((svg) => chooseDays(svg, show));
  main.querySelectorAll("[data-map]").forEach((svg) => holdMap(svg, show));
  main.querySelectorAll("[data-drop]").forEach(takeFiles);
  main.querySelectorAll("[data-review]").forEach((part) => holdReview(part, show));
  main.dispatchEvent(new CustomEvent("room:shown", { bubbles: true }));
}
begin();
