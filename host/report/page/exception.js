// The exception that is being dispatched: its record and its context, field by field.

const kRecordFields = [["ExceptionCode", "what happened"], ["ExceptionFlags", "how it is dispatched"],
  ["ExceptionRecord", "an older record that this one is about; 0: none"],
  ["ExceptionAddress", "where it happened"], ["NumberParameters", "how many words follow"]];
/** In the order of Moments::write. */
const kContextFields = ["ContextFlags", "Dr0", "Dr1", "Dr2", "Dr3", "Dr6", "Dr7", "SegGs", "SegFs", "SegEs",
  "SegDs", "Edi", "Esi", "Ebx", "Edx", "Ecx", "Eax", "Ebp", "Eip", "SegCs", "EFlags", "Esp", "SegSs"];
const kContextShown = ["Eip", "Esp", "Ebp", "Eax", "Ebx", "Ecx", "Edx", "Esi", "Edi", "EFlags"];
const kContextMeaning = { Eip: "where the thread goes on", Esp: "its stack then", EFlags: "flags",
  ContextFlags: "which groups are valid", Dr6: "debug status", Dr7: "debug control" };

class ExceptionPanel {
  constructor(state, words) {
    this.words = words;
    this.body = get("exception");
    state.listen(() => this.draw(state));
  }

  draw(state) {
    const trace = state.trace;
    const dispatch = trace.around(state.event).filter((slice) => slice.kind === "dispatch").pop();
    if (!dispatch) {
      const last = trace.event(state.event);
      const parts = last.kind === "fault" ? [this.fromTrace(last)] : [];
      return this.body.replaceChildren(...parts, parts.length ? "" :
        make("p", { class: "quiet" }, "No exception is being dispatched here."));
    }
    const now = state.moment(), begun = trace.event(dispatch.begin);
    const parts = [];
    if (now && now.exception && now.exception.record.length) {
      const first = state.moments.of(dispatch.begin);
      parts.push(this.record(now.exception, state), this.context(now.exception, first && first.exception, state));
    } else {
      parts.push(this.fromTrace(this.faultOf(trace, dispatch) || begun), noMoment(state, "The context is"));
    }
    return this.body.replaceChildren(...parts);
  }

  /** The fault that brought a dispatch about: the event of its thread before it. */
  faultOf(trace, dispatch) {
    for (let i = dispatch.begin - 1; i >= 0 && i > dispatch.begin - 20; --i) {
      if (trace.thread(i) === dispatch.thread) return trace.kind(i) === "fault" ? trace.event(i) : null;
    }
    return null;
  }

  fromTrace(event) {
    const d = event.data;
    const rows = [["ExceptionCode", hex(d.code), this.words.statusName(d.code)],
      ["ExceptionFlags", hex(d.flags), this.flagNames(d.flags)]];
    if (d.at) rows.push(["ExceptionAddress", hex(d.at.address), d.at.symbol]);
    (d.parameters || []).slice(0, 15).forEach((value, n) =>
      rows.push([`Information[${n}]`, hex(value), this.parameter(d.code, n, value)]));
    return this.table("Exception record, as the trace tells it", rows);
  }

  record(exception, state) {
    const rows = exception.record.map((value, n) => {
      const [name, meaning] = kRecordFields[n] || [`Information[${n - 5}]`, ""];
      const notes = { ExceptionCode: this.words.statusName(value), ExceptionFlags: this.flagNames(value),
        ExceptionAddress: state.moments.name(value) };
      return [name, hex(value), notes[name] || (n > 4 ? this.parameter(exception.record[0], n - 5, value) : meaning)];
    });
    return this.table(`EXCEPTION_RECORD at ${hex(exception.recordAt)}`, rows);
  }

  context(exception, first, state) {
    const row = (name) => {
      const n = kContextFields.indexOf(name), value = exception.context[n];
      const old = first && first.contextAt === exception.contextAt ? first.context[n] : value;
      const note = state.moments.name(value) || kContextMeaning[name] || "";
      return [name, hex(value), old === value ? note : `edited, was ${hex(old)}  ${note}`, old !== value];
    };
    const rest = kContextFields.filter((name) => !kContextShown.includes(name));
    const box = make("div", {},
      this.table(`CONTEXT at ${hex(exception.contextAt)}`, exception.context.length ? kContextShown.map(row) : []));
    if (exception.context.length) {
      box.append(make("details", {}, make("summary", {}, "All of the context"),
        this.table("Segments, debug registers", rest.map(row))));
    }
    return box;
  }

  flagNames(value) {
    return this.words.flags(value).map((entry) => entry.word.replace("EXCEPTION_", "")).join(", ") ||
      (value === 0 ? "none: it may be continued" : "");
  }

  /** ExceptionInformation of an access violation and its kin (winnt.h, EXCEPTION_RECORD). */
  parameter(status, n, value) {
    if (![0xc0000005, 0xc0000006, 0x80000001].includes(status)) return "";
    if (n === 0) return { 0: "0: a read", 1: "1: a write", 8: "8: an execution" }[value] || "";
    return n === 1 ? "the address that was touched" : "";
  }

  table(caption, rows) {
    return make("table", {}, make("caption", {}, caption), make("tbody", {},
      ...rows.map(([name, value, note, changed]) => make("tr", { class: changed ? "changed" : "" },
        make("th", { scope: "row" }, name), make("td", { class: "value" }, value),
        make("td", { class: "note" }, note)))));
  }
}
