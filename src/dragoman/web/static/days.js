// Days of the timeline, chosen by dragging over it.

const LEAST = 4; // pixels; less is a click on one period

/** Let days be chosen on a timeline. */
export function chooseDays(svg, show) {
  const brush = svg.querySelector(".brush");
  const columns = [...svg.querySelectorAll("a[data-start]")];
  let from = null;

  const at = (event) => {
    const box = svg.getBoundingClientRect();
    return ((event.clientX - box.left) / box.width) * svg.viewBox.baseVal.width;
  };
  const edges = (column) => {
    const hit = column.querySelector(".hit");
    return [hit.x.baseVal.value, hit.x.baseVal.value + hit.width.baseVal.value];
  };
  const between = (low, high) => columns.filter((c) => edges(c)[1] > low && edges(c)[0] < high);

  svg.addEventListener("pointerdown", (event) => {
    if (event.button === 0) from = { x: at(event), client: event.clientX, moved: false };
  });
  addEventListener("pointermove", (event) => {
    if (!from || !svg.isConnected) return;
    if (Math.abs(event.clientX - from.client) > LEAST) from.moved = true;
    if (!from.moved) return;
    const [low, high] = [from.x, at(event)].sort((a, b) => a - b);
    brush.setAttribute("x", low);
    brush.setAttribute("width", high - low);
  });
  addEventListener("pointerup", (event) => {
    if (!from || !svg.isConnected) return;
    const { x, moved } = from;
    from = null;
    brush.setAttribute("width", 0);
    if (!moved) return;
    const chosen = between(...[x, at(event)].sort((a, b) => a - b));
    if (!chosen.length) return;
    const address = new URL(chosen[0].href.baseVal, location.href);
    address.searchParams.set("since", chosen[0].dataset.start);
    address.searchParams.set("until", chosen.at(-1).dataset.end);
    svg.addEventListener("click", (click) => { click.preventDefault(); click.stopPropagation(); }, { capture: true, once: true });
    setTimeout(() => show(address), 0);
  });
  addEventListener("pointercancel", () => { // a finger that moves the page
    from = null;
    brush.setAttribute("width", 0);
  });
  svg.addEventListener("dragstart", (event) => event.preventDefault());
}
