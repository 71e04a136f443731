// The event's own fields, as the trace has them.

class FieldPanel {
  constructor(state) {
    this.body = get("fields");
    state.listen(() => this.draw(state));
  }

  draw(state) {
    const trace = state.trace, event = trace.event(state.event);
    const rows = trace.schema[trace.kinds[state.event]].map(([name, type]) =>
      make("tr", {}, make("th", { scope: "row" }, name),
        make("td", {}, this.text(type, event.data[name]))));
    this.body.replaceChildren(make("table", {}, make("caption", { class: "hidden" }, "Fields of the event"),
      make("tbody", {}, ...rows)));
  }

  text(type, value) {
    const of = {
      bool: () => (value ? "yes" : "no"), number: () => grouped(value), hex: () => hex(value),
      address: () => hex(value), text: () => value || "–", range: () => `${hex(value.begin)} to ${hex(value.end)}`,
      place: () => (value.symbol ? `${hex(value.address)}  ${value.symbol}` : known(value) ? hex(value.address) : "–"),
      hexes: () => value.slice(0, 64).map(hex).join("  ") || "–",
      frames: () => value.slice(0, 64).map((frame) => show(frame.code)).join(" < "),
    };
    return of[type]();
  }
}
