// The list of events: only the rows in view exist, however many events there are.

const kRowHeight = 26;
/** Browsers bound the height of an element; beyond this the scroll bar stands for more rows. */
const kMostPixels = 8e6;

class EventList {
  constructor(state, words) {
    this.state = state;
    this.words = words;
    this.box = get("events");
    this.rows = get("rows");
    this.shown = null;  // numbers of the events that the filter lets through; null: all
    this.box.addEventListener("scroll", () => this.draw());
    this.box.addEventListener("wheel", (wheel) => this.onWheel(wheel), { passive: false });
    this.box.addEventListener("keydown", (key) => this.onKey(key));
    this.rows.addEventListener("click", (click) => {
      const row = click.target.closest("[data-event]");
      if (row) this.state.go(Number(row.dataset.event));
    });
    new ResizeObserver(() => this.draw()).observe(this.box);
    state.listen(() => this.reveal());
    this.setShown(null);
  }

  get count() {
    return this.shown ? this.shown.length : this.state.trace.count;
  }
  event(row) {
    return this.shown ? this.shown[row] : row;
  }
  /** The row of that event, or of the first one behind it that is shown. */
  rowOf(event) {
    if (!this.shown) return event;
    let low = 0, high = this.shown.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.shown[middle] < event) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  setShown(shown) {
    this.shown = shown;
    this.pixels = Math.min(this.count * kRowHeight, kMostPixels);
    get("spacer").style.height = `${this.pixels}px`;
    this.reveal();
  }

  get inView() {
    return this.box.clientHeight / kRowHeight;
  }
  /** The row at the top, with a fraction. */
  get top() {
    const pixels = this.pixels - this.box.clientHeight;
    return pixels <= 0 ? 0 : (this.box.scrollTop / pixels) * Math.max(0, this.count - this.inView);
  }
  scrollToRow(row) {
    const rows = Math.max(0, this.count - this.inView);
    const to = Math.max(0, Math.min(rows, row));
    this.box.scrollTop = rows === 0 ? 0 : (to / rows) * (this.pixels - this.box.clientHeight);
  }

  reveal() {
    const row = this.rowOf(this.state.event), top = this.top;
    if (row < top + 1 || row > top + this.inView - 2) this.scrollToRow(row - this.inView / 3);
    this.draw();
  }

  onWheel(wheel) {
    if (this.count * kRowHeight <= kMostPixels || wheel.deltaMode !== 0) return;
    wheel.preventDefault();
    this.scrollToRow(this.top + wheel.deltaY / kRowHeight);
  }

  onKey(key) {
    if (key.ctrlKey || key.altKey || key.metaKey) return;
    const row = this.rowOf(this.state.event), page = Math.max(1, Math.floor(this.inView) - 1);
    const to = { ArrowDown: row + 1, ArrowUp: row - 1, PageDown: row + page, PageUp: row - page,
      Home: 0, End: this.count - 1 }[key.key];
    if (to === undefined || this.count === 0) return;
    key.preventDefault();
    key.stopPropagation();
    this.state.go(this.event(Math.max(0, Math.min(this.count - 1, to))));
  }

  line(event) {
    return kLines[event.kind](event.data, this.words);
  }

  draw() {
    const first = Math.max(0, Math.floor(this.top));
    const last = Math.min(this.count, Math.ceil(this.top + this.inView) + 1);
    const rows = [];
    for (let row = first; row < last; ++row) rows.push(this.row(row));
    this.rows.replaceChildren(...rows);
    this.rows.style.transform =
      `translateY(${this.box.scrollTop - (this.top - first) * kRowHeight}px)`;
    const selected = this.rowOf(this.state.event);
    const drawn = selected >= first && selected < last && this.event(selected) === this.state.event;
    if (drawn) this.box.setAttribute("aria-activedescendant", `event-${this.state.event + 1}`);
    else this.box.removeAttribute("aria-activedescendant");
  }

  row(row) {
    const trace = this.state.trace, i = this.event(row), event = trace.event(i);
    const phase = phaseOf(trace, i);
    const depth = Math.min(event.depth, 6);
    return make("div", {
      role: "option", id: `event-${i + 1}`, "data-event": i, class: `row ${phase}`,
      "aria-selected": i === this.state.event ? "true" : "false",
      "aria-setsize": this.count, "aria-posinset": row + 1,
      title: `event ${i + 1}, @${grouped(event.instruction)}, thread ${event.thread}`,
    },
    make("span", { class: "number", style: `width:${String(trace.count).length}ch` }, String(i + 1)),
    make("span", { class: "sign", "aria-label": kPhases[phase].name }, kPhases[phase].sign),
    make("span", { class: "kind", style: `padding-left:${depth * 10}px` }, event.kind),
    make("span", { class: "what" }, this.line(event)));
  }
}
