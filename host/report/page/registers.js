// Registers and EFLAGS, with what changed since the thread's moment before.

const kFlags = [[0, "CF", "carry"], [2, "PF", "parity"], [4, "AF", "auxiliary carry"], [6, "ZF", "zero"],
  [7, "SF", "sign"], [8, "TF", "trap: single step"], [9, "IF", "interrupts"], [10, "DF", "direction"],
  [11, "OF", "overflow"], [18, "AC", "alignment check"]];
/** In the order that people look for them. */
const kShownRegisters = ["eax", "ebx", "ecx", "edx", "esi", "edi", "ebp", "esp", "eip", "eflags"];
const kSegments = ["cs", "ss", "ds", "es", "fs", "gs", "fs base"];

class RegisterPanel {
  constructor(state, stacks) {
    this.stacks = stacks;
    this.body = get("registers");
    state.listen(() => this.draw(state));
  }

  draw(state) {
    const now = state.moment();
    if (!now) return this.body.replaceChildren(noMoment(state, "Registers are"));
    const before = state.momentBefore(now);
    const was = (n) => (before && before.registers[n] !== now.registers[n] ? before.registers[n] : null);
    const row = (name) => {
      const n = kRegisters.indexOf(name), value = now.registers[n], old = was(n);
      return make("tr", { class: old === null ? "" : "changed" },
        make("th", { scope: "row" }, name),
        make("td", { class: "value" }, hex(value)),
        make("td", { class: "note" }, old === null ? "" : `was ${hex(old)}`,
          old !== null && this.note(state, now, value) ? "  " : "", this.note(state, now, value)));
    };
    const flags = make("p", { class: "flags", "aria-label": "Flags that are set" },
      ...kFlags.map(([bit, name, meaning]) => {
        const set = (now.eflags >>> bit) & 1;
        const moved = before && ((before.eflags >>> bit) & 1) !== set;
        return make("span", { class: `flag${set ? " set" : ""}${moved ? " moved" : ""}`,
          title: `${name}, ${meaning}: ${set}${moved ? " (changed)" : ""}` }, `${name} ${set}`);
      }));
    this.body.replaceChildren(
      make("table", {}, make("caption", { class: "hidden" }, "Registers and what changed"),
        make("tbody", {}, ...kShownRegisters.map(row))),
      flags,
      make("details", {}, make("summary", {}, "Segments"),
        make("table", {}, make("tbody", {}, ...kSegments.map(row)))));
    return undefined;
  }

  note(state, now, value) {
    const name = state.moments.name(value);
    if (name) return name;
    const stack = this.stacks.get(now.thread);
    return stack && value >= stack.begin && value < stack.end ? "OS stack" : "";
  }
}

/** Why there are no registers, memory or code here, and how to get them. */
function noMoment(state, what) {
  if (!state.moments.there) {
    return missing(`${what} not part of a saved trace.`,
      "A report that is made while the program runs has them: sehlab run --report FILE.html PROGRAM.exe");
  }
  return missing(`${what} not kept for this event.`, "There were too many events: the first ones have " +
    "them, then those of faults, dispatches and defects.");
}
