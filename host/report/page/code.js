// Disassembly around EIP, with symbols and source lines.

class CodePanel {
  constructor(state) {
    this.body = get("code");
    state.listen(() => this.draw(state));
  }

  draw(state) {
    const now = state.moment(), event = state.trace.event(state.event);
    if (!now) {
      return this.body.replaceChildren(
        make("p", { class: "at" }, "EIP ", make("b", {}, hex(event.eip.address)), " ", event.eip.symbol),
        noMoment(state, "Disassembly and source lines are"));
    }
    const here = now.code.find((line) => line.address === now.eip);
    const rows = [];
    let source = "", of = "";
    const functionHere = here ? here.symbol.replace(/\+0x[0-9a-f]+$/, "") : "";
    for (const line of now.code) {
      const owner = line.symbol.replace(/\+0x[0-9a-f]+$/, "");
      if (line.address > now.eip && owner !== functionHere) break;  // the function ends here
      if (owner !== of) rows.push(make("tr", { class: "source" }, make("td", { colspan: 5 }, owner)));
      const moved = line.source && (line.source !== source || owner !== of);
      of = owner;
      source = line.source || source;
      const current = line.address === now.eip;
      rows.push(make("tr", { class: current ? "here" : "", "aria-current": current ? "true" : false },
        make("td", {}, current ? "▶" : ""), make("td", { class: "address" }, hex(line.address)),
        make("td", { class: "bytes" }, line.bytes), make("td", { class: "text" }, line.text),
        make("td", { class: "line-of", title: line.source || false },
          moved ? line.source.slice(line.source.lastIndexOf("/") + 1) : "")));
    }
    this.body.replaceChildren(
      make("p", { class: "at" }, make("b", {}, here ? here.symbol || hex(now.eip) : hex(now.eip)),
        here && here.source ? `  ${here.source}` : ""),
      rows.length ? make("div", { class: "wide", tabindex: 0, role: "region", "aria-label": "Disassembly" },
        make("table", {}, make("caption", { class: "hidden" }, "Instructions around EIP"),
          make("tbody", {}, ...rows))) : make("p", { class: "missing" }, "No instruction can be decoded at EIP."));
    return undefined;
  }
}
