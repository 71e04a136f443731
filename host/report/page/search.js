// Finding: a filter by thread and kind, and a search through what the list shows.

class Search {
  constructor(state, list) {
    this.state = state;
    this.list = list;
    this.query = get("query");
    this.runs = 0;  // a newer search ends an older one
    this.makeFilters();
    this.query.addEventListener("keydown", (key) => {
      if (key.key === "Enter") this.find(key.shiftKey ? -1 : 1);
      if (key.key === "Escape") this.query.blur();
    });
    this.query.addEventListener("input", () => this.count());
    get("find-next").addEventListener("click", () => this.find(1));
    get("find-back").addEventListener("click", () => this.find(-1));
  }

  makeFilters() {
    const trace = this.state.trace, present = new Array(trace.kindNames.length).fill(0);
    for (let i = 0; i < trace.count; ++i) ++present[trace.kinds[i]];
    this.thread = get("thread-filter");
    this.thread.append(make("option", { value: "" }, "all"),
      ...trace.threadIds.slice(0, 1000).map((id, n) => make("option", { value: n }, String(id))));
    const boxes = trace.kindNames.map((name, kind) => (present[kind] === 0 ? "" :
      make("label", {}, make("input", { type: "checkbox", value: kind, checked: true, "data-kind": name }),
        ` ${name} `, make("small", {}, grouped(present[kind])))));
    get("kind-filter").append(...boxes.filter((box) => box !== ""));
    this.boxes = [...get("kind-filter").querySelectorAll("input")];
    for (const control of [this.thread, ...this.boxes]) control.addEventListener("change", () => this.apply());
    const set = (wanted) => {
      for (const box of this.boxes) box.checked = wanted(box.dataset.kind);
      this.apply();
    };
    get("all-kinds").addEventListener("click", () => set(() => true));
    get("key-kinds").addEventListener("click", () => set((kind) => kTurning.has(kind)));
  }

  /** Takes over what the filter's controls say. */
  apply() {
    const trace = this.state.trace;
    const kinds = new Set(this.boxes.filter((box) => box.checked).map((box) => Number(box.value)));
    const thread = this.thread.value === "" ? -1 : Number(this.thread.value);
    const all = kinds.size === this.boxes.length && thread < 0;
    let shown = null;
    if (!all) {
      shown = new Uint32Array(trace.count);
      let count = 0;
      for (let i = 0; i < trace.count; ++i) {
        if (kinds.has(trace.kinds[i]) && (thread < 0 || trace.threads[i] === thread)) shown[count++] = i;
      }
      shown = shown.subarray(0, count);
    }
    get("filter-state").textContent = all ? "" : `${grouped(shown.length)} of ${grouped(trace.count)} events`;
    this.list.setShown(shown);
    this.count();
  }

  matches(row, wanted) {
    const event = this.state.trace.event(this.list.event(row));
    const text = `${event.kind} ${this.list.line(event)} ${show(event.eip)} @${event.instruction}`;
    return text.toLowerCase().includes(wanted);
  }
  get wanted() {
    return this.query.value.trim().toLowerCase();
  }

  /** To the next row that matches, round the end; in pieces, so that the page stays alive. */
  async find(direction) {
    const run = ++this.runs, rows = this.list.count, wanted = this.wanted;
    if (!wanted || rows === 0) return;
    let row = this.list.rowOf(this.state.event);
    for (let looked = 0; looked < rows; ++looked) {
      row = (row + direction + rows) % rows;
      if (this.matches(row, wanted)) return this.state.go(this.list.event(row));
      if (looked % 20000 === 19999) await new Promise((go) => setTimeout(go));
      if (run !== this.runs) return;
    }
    get("found").textContent = "nothing found";
  }

  /** Says how many rows match. */
  async count() {
    const run = ++this.runs, wanted = this.wanted, rows = this.list.count;
    if (!wanted) return void (get("found").textContent = "");
    let found = 0;
    for (let row = 0; row < rows; ++row) {
      if (this.matches(row, wanted)) ++found;
      if (row % 20000 === 19999) {
        get("found").textContent = `${grouped(found)} so far…`;
        await new Promise((go) => setTimeout(go));
        if (run !== this.runs) return;
      }
    }
    get("found").textContent = found === 0 ? "nothing found" : `${grouped(found)} found`;
  }
}
