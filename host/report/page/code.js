// Instructions around EIP, with their symbols, and the source's lines around EIP's.

class CodePanel {
  constructor(state) {
    this.state = state;
    this.body = get("code");
    state.listen(() => this.draw());
  }

  draw() {
    const state = this.state, now = state.moment();
    const event = state.trace.event(state.event);
    if (!now) {
      return this.body.replaceChildren(
        make("p", { class: "at" }, "EIP ", make("b", {}, hex(event.eip.address)), " ", event.eip.symbol),
        noMoment(state, "Disassembly and source lines are"));
    }
    const here = now.code.find((line) => line.address === now.eip);
    const rows = this.listing(now, here);
    this.body.replaceChildren(
      make("p", { class: "at" }, make("b", {}, here ? here.symbol || hex(now.eip) : hex(now.eip)),
        here && here.source ? `  ${here.source}` : ""),
      here && here.source ? this.source(here.source) : "",
      rows.length ? make("div", { class: "wide", tabindex: 0, role: "region", "aria-label": "Disassembly" },
        make("table", {}, make("caption", { class: "hidden" }, "Instructions around EIP"),
          make("tbody", {}, ...rows))) : make("p", { class: "missing" }, "No instruction can be decoded at EIP."));
    return undefined;
  }

  /** The source's text around a line. */
  source(place) {
    const { file, line, lines } = this.state.moments.source(place);
    if (!lines.length) {
      return make("p", { class: "quiet" }, `The text of ${file} was not at hand (--source-path DIR says where it is).`);
    }
    const margin = Math.min(...lines.filter(([, text]) => text.trim()).map(([, text]) => /^\s*/.exec(text)[0].length));
    return make("div", { class: "wide source-text", tabindex: 0, role: "region", "aria-label": `Source, ${place}` },
      make("table", {}, make("caption", { class: "hidden" }, `Lines of ${file}`),
        make("tbody", {}, ...lines.map(([n, text]) =>
          make("tr", { class: n === line ? "here" : "", "aria-current": n === line ? "true" : false },
            make("td", { class: "number" }, String(n)), make("td", { class: "text" }, text.slice(margin)))))));
  }

  listing(now, here) {
    const rows = [];
    let source = "", of = "";
    const functionHere = here ? here.symbol.replace(/\+0x[0-9a-f]+$/, "") : "";
    const fileHere = here ? here.source.slice(0, here.source.lastIndexOf(":")) : "";
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
        make("td", { class: "bytes" }, line.bytes),
        make("td", { class: "line-of", title: line.source || false }, moved ? this.lineOf(line.source, fileHere) : ""),
        make("td", { class: "text" }, line.text)));
    }
    return rows;
  }

  /** ":31" in EIP's own file, "gate_stub.inc:42" in another. */
  lineOf(place, fileHere) {
    const colon = place.lastIndexOf(":");
    return place.slice(0, colon) === fileHere ? place.slice(colon) : place.slice(place.lastIndexOf("/") + 1);
  }
}
