// The map, moved by dragging and by the arrow keys, brought closer by wheel, keys and buttons.
// Only the view box changes: nothing is fetched or drawn anew, so that it follows the hand.

const CLOSEST = 24;
const SCALE = 1000 / (2 * 2.7066);
const A = [1.340264, -0.081106, 0.000893, 0.003796];
const M = Math.sqrt(3) / 2;

/** Degrees of a point of the drawing: Equal Earth turned back, by Newton's steps. */
function degrees(x, y) {
  const [px, py] = [x / SCALE - 2.7066, 1.3173 - y / SCALE];
  let t = py;
  for (let step = 0; step < 12; step++) {
    const t2 = t * t, t6 = t2 ** 3;
    const off = t * (A[0] + A[1] * t2 + t6 * (A[2] + A[3] * t2)) - py;
    t -= off / (A[0] + 3 * A[1] * t2 + t6 * (7 * A[2] + 9 * A[3] * t2));
  }
  const t2 = t * t, t6 = t2 ** 3;
  const slope = A[0] + 3 * A[1] * t2 + t6 * (7 * A[2] + 9 * A[3] * t2);
  const lon = ((M * px * slope) / Math.cos(t)) * (180 / Math.PI);
  const lat = Math.asin(Math.max(-1, Math.min(1, Math.sin(t) / M))) * (180 / Math.PI);
  return [Math.max(-180, Math.min(180, lon)), Math.max(-90, Math.min(90, lat))];
}

/** Let a map be moved. */
export function holdMap(svg, show) {
  const whole = { ...{ x: 0, y: 0 }, width: svg.viewBox.baseVal.width, height: svg.viewBox.baseVal.height };
  const view = { ...whole };
  const dots = [...svg.querySelectorAll(".dot")].map((dot) => [dot, dot.r.baseVal.value]);
  let held = null;
  let drawing = 0;

  const draw = () => {
    drawing = 0;
    view.width = Math.max(whole.width / CLOSEST, Math.min(whole.width, view.width));
    view.height = view.width * (whole.height / whole.width);
    view.x = Math.max(0, Math.min(whole.width - view.width, view.x));
    view.y = Math.max(0, Math.min(whole.height - view.height, view.y));
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`);
    svg.dispatchEvent(new CustomEvent("map:drawn"));
  };
  const soon = () => { drawing ||= requestAnimationFrame(draw); };
  const resize = () => {
    const share = Math.sqrt(view.width / whole.width) * Math.sqrt(view.width / whole.width) ** 0.6;
    for (const [dot, radius] of dots) dot.setAttribute("r", radius * share);
  };
  const zoom = (by, x = view.x + view.width / 2, y = view.y + view.height / 2) => {
    const width = Math.max(whole.width / CLOSEST, Math.min(whole.width, view.width * by));
    const share = width / view.width;
    view.x = x - (x - view.x) * share;
    view.y = y - (y - view.y) * share;
    view.width = width;
    resize();
    soon();
  };
  const point = (event) => {
    const box = svg.getBoundingClientRect();
    return [view.x + ((event.clientX - box.left) / box.width) * view.width, view.y + ((event.clientY - box.top) / box.height) * view.height];
  };

  svg.addEventListener("pointerdown", (event) => {
    if (event.button === 0) held = { x: event.clientX, y: event.clientY, moved: false };
  });
  addEventListener("pointermove", (event) => {
    if (!held || !svg.isConnected) return;
    const unit = view.width / svg.getBoundingClientRect().width;
    if (Math.abs(event.clientX - held.x) + Math.abs(event.clientY - held.y) > 3) held.moved = true;
    if (!held.moved) return;
    view.x -= (event.clientX - held.x) * unit;
    view.y -= (event.clientY - held.y) * unit;
    Object.assign(held, { x: event.clientX, y: event.clientY });
    soon();
  });
  addEventListener("pointerup", () => {
    if (held?.moved) svg.addEventListener("click", (click) => { click.preventDefault(); click.stopPropagation(); }, { capture: true, once: true });
    held = null;
  });
  addEventListener("pointercancel", () => { held = null; });
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  svg.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && view.width === whole.width && event.deltaY > 0) return; // the page may scroll
    event.preventDefault();
    zoom(event.deltaY > 0 ? 1.2 : 1 / 1.2, ...point(event));
  }, { passive: false });
  svg.addEventListener("keydown", (event) => {
    const step = view.width / 8;
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    if (moves[event.key]) { view.x += moves[event.key][0]; view.y += moves[event.key][1]; soon(); }
    else if (event.key === "+" || event.key === "=") zoom(1 / 1.4);
    else if (event.key === "-") zoom(1.4);
    else return;
    event.preventDefault();
  });

  const acts = {
    in: () => zoom(1 / 1.6),
    out: () => zoom(1.6),
    box: () => {
      const [west, north] = degrees(view.x, view.y);
      const [east, south] = degrees(view.x + view.width, view.y + view.height);
      const address = new URL(location.href);
      address.searchParams.delete("after");
      address.searchParams.set("box", [west, south, east, north].map((part) => part.toFixed(2)).join(","));
      show(address);
    },
  };
  for (const button of svg.closest("section").querySelectorAll("[data-zoom]")) {
    button.hidden = false;
    button.addEventListener("click", acts[button.dataset.zoom]);
  }
}
