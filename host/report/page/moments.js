// Moments: registers, memory, code and the exception beside events, where the report was made while
// the program ran. A page made from a saved trace has none.

const kRegisters = ["eax", "ecx", "edx", "ebx", "esp", "ebp", "esi", "edi", "eip", "eflags",
  "cs", "ss", "ds", "es", "fs", "gs", "fs base"];

class Moments {
  constructor(data) {
    this.there = data !== null;
    this.skipped = data ? data.skipped : 0;
    this.moments = data ? data.moments : [];
    this.steps = data ? data.steps : [];
    this.lines = data ? data.lines : [];
    this.code = data ? data.code : [];
    this.listings = data ? data.listings : [];
    this.names = new Map(data ? data.names : []);
    this.sources = new Map((data ? data.sources : []).map(([file, ...lines]) => {
      const texts = new Map();
      for (let k = 0; k + 1 < lines.length; k += 2) texts.set(lines[k], lines[k + 1]);
      return [file, texts];
    }));
  }

  /** Index of the first of `list` that has more than `events` events behind it. */
  static behind(list, events) {
    let low = 0, high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle][0] <= events) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** That of event `i`; null: it has none. */
  of(i) {
    const at = Moments.behind(this.moments, i + 1) - 1;
    return at >= 0 && this.moments[at][0] === i + 1 ? this.unpack(this.moments[at]) : null;
  }
  step(n) {
    return this.unpack(this.steps[n]);
  }

  unpack(packed) {
    const [events, instruction, thread, registers, osEsp, lines, listing, frames, exception] = packed;
    const memory = new Map();
    for (const line of lines) {
      const at = this.lines[9 * line];
      for (let k = 0; k < 8; ++k) memory.set(at + 4 * k, this.lines[9 * line + 1 + k]);
    }
    const calls = [];
    for (let k = 0; k + 1 < frames.length; k += 2) calls.push({ frame: frames[k], back: frames[k + 1] });
    return {
      events, instruction, thread, registers, osEsp, memory, calls,
      esp: registers[4], ebp: registers[5], eip: registers[8], eflags: registers[9],
      code: this.listings[listing].map((n) => {
        const [address, bytes, text, symbol, source] = this.code[n];
        return { address, bytes, text, symbol, source };
      }),
      exception: exception === 0 ? null :
        { recordAt: exception[0], contextAt: exception[1], record: exception[2], context: exception[3] },
    };
  }

  /** Of "probe.c:6": the file, the line, and what is known of the text up to `around` lines from it. */
  source(place, around = 3) {
    const colon = place.lastIndexOf(":");
    const file = place.slice(0, colon), line = Number(place.slice(colon + 1));
    const texts = this.sources.get(file), lines = [];
    for (let n = line - around; texts && n <= line + around; ++n) {
      if (texts.has(n)) lines.push([n, texts.get(n)]);
    }
    return { file, line, lines };
  }

  /** What code at this address is called; "" when it is no code. */
  name(address) {
    return this.names.get(address) || "";
  }
}
