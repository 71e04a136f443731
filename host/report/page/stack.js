// The stack as a column of memory, high addresses above: records as linked cards from fs:[0] to
// 0xFFFFFFFF, what is dead greyed, a second column while the thread runs on another stack.

class StackPanel {
  constructor(state, stacks) {
    this.model = new StackModel(state.trace, state.moments, stacks);
    this.state = state;
    this.body = get("stacks");
    state.listen(() => this.draw());
    this.maps = [];
    new ResizeObserver(() => this.links()).observe(this.body);
  }

  draw() {
    const model = this.model.at(this.state.event, this.state.moment());
    const columns = [];
    this.maps = [];
    if (!model.onOsStack) columns.push(this.column(model, false));
    columns.unshift(this.column(model, true));
    const before = this.body.querySelector(".column .scroll");
    const top = before ? before.scrollTop : 0;
    this.body.replaceChildren(...columns);
    get("stack-note").replaceChildren(this.state.moment() ? "" :
      noMoment(this.state, "Words of memory between the records are"));
    get("story").parentElement.classList.toggle("two", !model.onOsStack);
    const [scroll, other] = this.body.querySelectorAll(".scroll");
    scroll.scrollTop = top;
    this.follow(scroll);
    if (other) this.follow(other);
    this.links();
  }

  column(model, own) {
    const name = own ? "OS stack" : "Another stack";
    const limits = own ? (model.stack ? `${hex(model.stack.begin)}–${hex(model.stack.end)}` : "") : "a goroutine's or a fiber's";
    const box = make("div", { class: "column" },
      make("h3", {}, name, make("small", {}, limits), this.where(model, own)));
    const scroll = make("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": `${name}, high addresses first` });
    if (own) scroll.append(this.end(model));
    const rows = this.model.rows(model, own);
    let dead = false;
    for (const row of rows) {
      if (row.dead && !dead) scroll.append(make("p", { class: "deadline" }, "below ESP: dead stack"));
      dead = dead || Boolean(row.dead);
      scroll.append(this.row(row, model, dead));
    }
    if (own) {
      for (const record of model.records.filter((one) => !one.inside && model.stack)) {
        scroll.append(make("p", { class: "gap" }, "outside of this stack"), this.card(record, model, false));
      }
      scroll.append(make("div", { class: "head" }, make("b", {}, "fs:[0]"), ` = ${hex(model.head)}`));
    }
    const map = new StackMap(scroll);
    this.maps.push(map);
    box.append(make("div", { class: "window" }, scroll, map.box));
    return box;
  }

  where(model, own) {
    return own !== model.onOsStack ? "" : make("span", { class: "badge running" }, "the thread runs here");
  }

  end(model) {
    if (model.more) return make("div", { class: "terminus", "data-record": "broken" }, `and ${grouped(model.more)} records more`);
    if (model.ending === "end") return make("div", { class: "terminus", "data-record": kEnd }, "FFFFFFFF  end of the chain");
    return make("div", { class: "terminus broken", "data-record": "broken" }, `the chain breaks: ${model.ending}`);
  }

  row(row, model, dead) {
    if (row.gap !== undefined) return make("p", { class: `gap${dead ? " dead" : ""}` }, `⋮ ${row.gap} bytes`);
    if (row.esp !== undefined) {
      return make("div", { class: "esp" }, make("b", {}, "ESP"), ` ${hex(row.esp)}`,
        row.esp !== model.esp ? make("small", {}, "  when the thread was last seen here") : "");
    }
    if (row.record) return this.card(row.record, model, row.dead);
    return make("div", { class: `cell${row.dead ? " dead" : ""}` },
      make("span", { class: "address" }, hex(row.address)), make("span", { class: "value" }, hex(row.value)),
      make("span", { class: `note${row.note.strong ? " strong" : ""}`, title: row.note.text || false }, row.note.text));
  }

  card(record, model, dead) {
    const bad = record.dangling;
    const badge = record.defect ? record.defect.data.defect.toUpperCase() : record.exposed ? "EXPOSED" :
      record.cut ? "CUT OFF" : dead ? "BELOW ESP" : "live";
    const lines = [
      make("div", { class: "line" }, make("span", {}, "next"), make("span", {}, make("code", {}, hex(record.next)),
        make("span", { class: "note" }, record.next === kEnd ? "  end" : ""))),
      make("div", { class: "line" }, make("span", {}, "handler"), make("span", {},
        make("code", {}, record.handler.symbol ? short(record.handler) : hex(record.handler.address)),
        make("span", { class: "note" }, record.handler.symbol ? `  ${hex(record.handler.address)}` : ""))),
    ];
    if (record.pushed) {
      const d = record.pushed.data;
      const push = make("a", { href: `#e=${record.pushed.i + 1}` }, `@${grouped(record.pushed.instruction)}`);
      lines.push(make("div", { class: "line small" }, make("span", {}, "pushed"),
        make("span", {}, push, ` by ${short(d.by)}${this.ofFrame(d)}`)));
    }
    if (bad) lines.push(this.trouble(record));
    if (record.cut) lines.push(make("p", { class: "small" }, "still there, but fs:[0] no longer leads here"));
    const card = make("div", {
      class: `card${bad ? " bad" : ""}${(dead || record.cut) && !bad ? " dead" : ""}${record.role ? " active" : ""}`,
      "data-record": record.record, "data-next": record.next, "data-n": record.n,
    },
    make("div", { class: "line top" }, make("b", {}, hex(record.record)),
      make("span", { class: `badge ${bad ? "bad" : dead || record.cut ? "dead" : "live"}` }, badge),
      record.role ? make("span", { class: "role" }, record.role) : "",
      record.record === model.head ? make("span", { class: "role" }, "← fs:[0]") : ""),
    ...lines);
    return card;
  }

  /** ", frame of mstart", where the record is not in the frame of who pushed it. */
  ofFrame(d) {
    return known(d.owner) && functionOf(d.owner) !== functionOf(d.by) ? `, frame of ${functionOf(d.owner)}` : "";
  }

  trouble(record) {
    const parts = [];
    const link = (event, text) => make("a", { href: `#e=${event.i + 1}` }, `${text} @${grouped(event.instruction)}`);
    if (record.exposed) parts.push(link(record.exposed, "frame gone since"));
    if (record.written) parts.push(", ", link(record.written, "written over"), ` by ${short(record.written.data.by)}`);
    if (record.defect) parts.push(", ", link(record.defect, "relied on"));
    if (parts[0] === ", ") parts.shift();
    return make("div", { class: "line small trouble" }, make("span", {}, "!"), make("span", {}, ...parts));
  }

  /** Brings into view what the event is about: its record, or ESP. */
  follow(scroll) {
    const to = scroll.querySelector(".card.active") || scroll.querySelector(".esp");
    if (!to) return;
    const top = to.offsetTop, bottom = top + to.offsetHeight;
    if (top < scroll.scrollTop + 20 || bottom > scroll.scrollTop + scroll.clientHeight - 40) {
      scroll.scrollTo({ top: top - scroll.clientHeight / 3, behavior: motion() });
    }
  }

  /** Draws the links of the chain beside the cards, from each record to the next. */
  links() {
    for (const scroll of this.body.querySelectorAll(".scroll")) {
      scroll.querySelector("svg")?.remove();
      const cards = [...scroll.querySelectorAll(".card")];
      const at = new Map([...scroll.querySelectorAll("[data-record]")].map((one) => [one.dataset.record, one]));
      const svg = drawing("svg");
      svg.setAttribute("class", "links");
      svg.setAttribute("aria-hidden", "true");
      svg.style.height = `${scroll.scrollHeight}px`;
      const middle = (one) => one.offsetTop + Math.min(16, one.offsetHeight / 2);
      const lastReached = String(Math.max(...cards.map((card) => Number(card.dataset.n))));
      const head = scroll.querySelector(".head");
      const first = cards.find((card) => card.querySelector(".top")?.textContent.includes("fs:[0]"));
      if (head && first) svg.append(this.arrow(middle(head), middle(first), first.classList.contains("bad"), 0));
      cards.forEach((card, n) => {
        const next = at.get(card.dataset.next) || (card.dataset.n === lastReached ? at.get("broken") : null);
        if (next) svg.append(this.arrow(middle(card) + 18, middle(next), /bad|broken/.test(next.className), n % 2));
      });
      scroll.append(svg);
    }
    for (const map of this.maps) map.draw();
  }

  arrow(from, to, bad, lane) {
    const path = drawing("path");
    const x = 26, out = 12 - lane * 5;
    path.setAttribute("d", `M${x},${from} H${out} V${to} H${x - 1} m-5,-4 l5,4 l-5,4`);
    path.setAttribute("class", bad ? "bad" : "");
    return path;
  }
}

const motion = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");
