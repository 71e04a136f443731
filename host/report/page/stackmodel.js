// What lies on the thread's stacks at a moment: records, words, ESP and what is dead, by address.

const kEnd = 0xffffffff;
/** Records of one chain that are drawn; a trace may hold chains without end. */
const kMostRecords = 64;

/** Where each thread's stack lies, from the events that tell of their starts: id → {begin, end}. */
function stacksOf(trace) {
  const stacks = new Map();
  const starts = trace.kindNames.indexOf("thread-start");
  for (let i = 0; i < trace.count; ++i) {
    if (trace.kinds[i] !== starts) continue;
    const d = trace.event(i).data;
    if (d.stack.end > d.stack.begin) stacks.set(d.id, { ...d.stack, teb: d.teb });
  }
  return stacks;
}

class StackModel {
  constructor(trace, moments, stacks) {
    this.trace = trace;
    this.moments = moments;
    this.stacks = stacks;
    const images = trace.kindNames.indexOf("image"), first = trace.kinds.indexOf(images);
    // The program is the first image. Its own names are shown without it: columns are narrow.
    this.own = first < 0 ? "" : `${trace.event(first).data.name.replace(/\.[^.]*$/, "").toLowerCase()}!`;
  }

  /** Of the event `i`, with its moment or null. */
  at(i, moment) {
    const trace = this.trace, event = trace.event(i);
    const thread = moment ? moment.thread : event.thread;
    const stack = this.stacks.get(thread) || null;
    const esp = moment ? moment.esp : event.esp;
    const inside = (address) => !stack || (address >= stack.begin && address < stack.end);
    const here = inside(esp);
    const osEsp = here ? esp : moment ? moment.osEsp : this.lastOsEsp(i, thread, inside);
    const records = this.records(event, thread, i, inside, osEsp);
    if (event.chain.ending !== "end") records.push(...this.cutOff(records, thread, i, inside));
    return { event, thread, stack, esp, osEsp, onOsStack: here, records, inside,
      head: event.chain.head, more: Math.max(0, event.chain.links.length - kMostRecords), ending: event.chain.ending,
      memory: moment ? moment.memory : new Map(), ebp: moment ? moment.ebp : 0,
      returns: new Map(moment ? moment.calls.map((call) => [call.frame + 4, call.back]) : []) };
  }

  /** ESP of the thread's last event on its own stack; 0: not found near. */
  lastOsEsp(i, thread, inside) {
    for (let k = i; k >= 0 && k > i - 2000; --k) {
      if (this.trace.thread(k) === thread && inside(this.trace.event(k).esp)) return this.trace.event(k).esp;
    }
    return 0;
  }

  records(event, thread, i, inside, osEsp) {
    return event.chain.links.slice(0, kMostRecords).map((link, n) => {
      const life = this.trace.lives.find(thread, link.record, i);
      const pushed = life && life.pushed >= 0 ? this.trace.event(life.pushed) : null;
      const exposed = life && life.exposed >= 0 && life.exposed <= i;
      const state = {
        ...link, n, pushed, inside: inside(link.record),
        exposed: exposed ? this.trace.event(life.exposed) : null,
        written: life && life.written >= 0 && life.written <= i ? this.trace.event(life.written) : null,
        defect: life && life.defect >= 0 && life.defect <= i ? this.trace.event(life.defect) : null,
        below: inside(link.record) && osEsp !== 0 && link.record < osEsp,
      };
      state.dangling = Boolean(state.exposed || state.defect);
      state.role = this.role(event, link);
      return state;
    });
  }

  /** Records that are still linked, and that a broken chain no longer leads to. */
  cutOff(records, thread, i, inside) {
    const reached = new Set(records.map((record) => record.record));
    return this.trace.lives.open(thread, i, 64).filter((life) => !reached.has(life.record)).map((life) => {
      const pushed = this.trace.event(life.pushed);
      return { record: life.record, next: pushed.data.next, handler: pushed.data.handler, pushed, n: -1,
        inside: inside(life.record), exposed: null, written: null, defect: null, dangling: false, role: "", cut: true };
    });
  }

  /** What the event does with the record. */
  role(event, link) {
    const d = event.data;
    const roles = { visit: "visited", refused: "refused", handler: "its handler is called",
      disposition: "its handler answers", push: "just linked", exposed: "just left behind", written: "written over",
      defect: "relied on", unwind: "target of the unwinding", fault: "" };
    const record = d.record !== undefined && !["dispatch"].includes(event.kind) ? d.record :
      d.frame !== undefined ? d.frame : d.target;
    return record === link.record ? roles[event.kind] || "" : "";
  }

  /** The rows of one stack from high to low addresses: records, words, ESP and gaps. */
  rows(model, own) {
    const wanted = (address) => (model.stack ? model.inside(address) === own : own);
    const esp = own ? model.osEsp : model.esp;
    const marks = new Map();
    for (const record of model.records) {
      if (wanted(record.record)) marks.set(record.record, record);
    }
    const covered = new Set();
    for (const address of marks.keys()) covered.add(address).add(address + 4);
    const near = (address) => {
      if (esp && address >= esp - 24 && address < esp + 120) return true;
      for (const record of marks.keys()) if (address >= record - 8 && address < record + 16) return true;
      return false;
    };
    const addresses = [...model.memory.keys()].filter((address) => wanted(address) && near(address) &&
      !covered.has(address));
    addresses.push(...marks.keys());
    addresses.sort((a, b) => b - a);
    const rows = [];
    let above = null, espShown = esp === 0;
    for (const address of addresses) {
      const size = marks.has(address) ? 8 : 4;
      if (!espShown && address < esp) {
        if (above !== null && above > esp) rows.push({ gap: above - esp });
        rows.push({ esp });
        if (esp > address + size) rows.push({ gap: esp - address - size });
        espShown = true;
      } else if (above !== null && above > address + size) {
        rows.push({ gap: above - address - size });
      }
      const dead = esp !== 0 && address < esp;
      rows.push(marks.has(address) ? { record: marks.get(address), address, dead } :
        { address, value: model.memory.get(address), dead, note: this.note(model, address) });
      above = address;
    }
    if (!espShown) {
      if (above !== null && above > esp) rows.push({ gap: above - esp });
      rows.push({ esp });
    }
    return rows;
  }

  name(value) {
    const name = this.moments.name(value);
    return this.own && name.startsWith(this.own) ? name.slice(this.own.length) : name;
  }

  note(model, address) {
    const value = model.memory.get(address);
    const name = this.name(value);
    if (model.returns.has(address)) return { text: `returns to ${name || hex(value)}`, strong: true };
    const parts = [];
    if (address === model.ebp) parts.push("← EBP");
    if (name) parts.push(name);
    else if (model.records.some((record) => record.record === value)) parts.push("→ a record");
    return { text: parts.join("  "), strong: address === model.ebp };
  }
}
