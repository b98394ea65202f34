// Review by keyboard. Every key stands for a button, link or form that is there without script:
// data-key says which. Keys can be switched off, and never act while somebody writes.
const KEYS = "dragoman-keys";
let shown = null;
let last = "event";

/** Whether keys act. */
const on = () => localStorage.getItem(KEYS) !== "off";

/** Make ready a page of review; `show` puts the answer of an address in the place of the contents. */
export function holdReview(part, show) {
  shown = show;
  const button = part.querySelector("[data-switch]");
  if (!button) return;
  button.hidden = false;
  button.setAttribute("aria-pressed", on());
  button.addEventListener("click", () => {
    localStorage.setItem(KEYS, on() ? "off" : "on");
    button.setAttribute("aria-pressed", on());
  });
}

/** Open a form that is folded away, and begin to write in it. */
function open(summary) {
  const details = summary.parentElement;
  details.open = true;
  const field = details.querySelector("input:not([type=hidden])");
  (field ?? summary).focus();
  field?.select?.();
}

/** What a key stands for. */
function meant(part, key) {
  if (key !== "c") return part.querySelector(`[data-key="${CSS.escape(key)}"]`);
  return part.querySelector(`[data-correct="${last}"] summary`);
}

document.addEventListener("keydown", (event) => {
  const part = document.querySelector("[data-review]");
  if (!part || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const details = event.target.closest?.("details[data-correct], details[data-panel]");
  if (event.key === "Escape" && details?.open) {
    details.open = false;
    details.querySelector("summary").focus();
    return;
  }
  const writes = event.target.closest?.("input:not([type=checkbox]), textarea, select");
  if (writes || !on() || event.key.length !== 1) return;
  const found = meant(part, event.key);
  if (!found) return;
  event.preventDefault();
  if (event.repeat || document.body.classList.contains("waiting")) return;
  if (found.matches("[data-key='?']")) found.click();
  else if (found.matches("summary")) open(found);
  else found.click();
});

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (event.defaultPrevented || !shown || form.method !== "post" || !form.closest("[data-review]")) return;
  event.preventDefault();
  if (document.body.classList.contains("waiting")) return;
  const body = new FormData(form, event.submitter);
  const held = event.submitter?.dataset.key ?? form.closest("details")?.querySelector("summary")?.dataset.key;
  last = body.get("field") ?? last;
  await shown(form.getAttribute("action"), { body }); // form.action is the button of that name
  const part = document.querySelector("[data-review]");
  if (!part) return;
  const wrong = part.querySelector("details[data-correct][open] input:not([type=hidden])");
  (wrong ?? (held && part.querySelector(`[data-key="${held}"]`)) ?? part.querySelector("[data-key]"))?.focus({ preventScroll: true });
  const told = part.querySelector("[role=alert]") ?? part.querySelector("[data-said]");
  document.querySelector("#said").textContent = told ? `${told.textContent} ${part.querySelector("h1").textContent}`.replace(/\s+/g, " ") : "";
});
