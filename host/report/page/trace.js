// The trace: events unpacked a block at a time, when somebody looks at them.

const kSliceKinds = ["dispatch", "unwind", "handler", "vectored"];

class Trace {
  constructor(data) {
    this.count = data.events;
    this.beyond = data.beyond;
    this.textLeftOut = data.text_left_out;
    this.kindNames = data.schema.map(([name]) => name);
    this.schema = data.schema.map(([, fields]) => fields);
    this.kinds = bytesOf(data.kinds);
    this.depths = bytesOf(data.depths);
    this.threadIds = [...numberList(bytesOf(data.thread_ids))];
    this.threads = numbersOf(bytesOf(data.threads), this.count);
    this.instructions = new Float64Array(this.count);
    const deltas = new Reader(bytesOf(data.instructions));
    for (let i = 0, at = 0; i < this.count; ++i) this.instructions[i] = at += deltas.difference();
    this.texts = data.texts;
    this.block = data.block;
    this.body = bytesOf(data.body);
    // Each number says how far a block begins behind the one before it.
    this.blockBegins = Float64Array.from(numberList(bytesOf(data.blocks)));
    for (let i = 1; i < this.blockBegins.length; ++i) this.blockBegins[i] += this.blockBegins[i - 1];
    this.places = numberList(bytesOf(data.places));
    this.chainBytes = bytesOf(data.chains);
    this.chainBegins = beginsOf(numberList(bytesOf(data.chain_sizes)));
    this.chainsRead = new Map();
    this.blocksRead = new Map();
    this.readSlices(numberList(bytesOf(data.slices)));
    this.lives = new Lives(data.lives);
  }

  kind(i) {
    return this.kindNames[this.kinds[i]];
  }
  thread(i) {
    return this.threadIds[this.threads[i]];
  }
  place(number) {
    return { address: this.places[2 * number], symbol: this.texts[this.places[2 * number + 1]] };
  }

  /** {i, kind, instruction, thread, depth, eip, esp, chain, data}; its number for people is i + 1. */
  event(i) {
    const number = Math.floor(i / this.block);
    let block = this.blocksRead.get(number);
    if (!block) {
      block = this.readBlock(number);
      if (this.blocksRead.size > 256) this.blocksRead.delete(this.blocksRead.keys().next().value);
      this.blocksRead.set(number, block);
    }
    return block[i - number * this.block];
  }

  readBlock(number) {
    const reader = new Reader(this.body, this.blockBegins[number]);
    const events = [];
    const end = Math.min((number + 1) * this.block, this.count);
    for (let i = number * this.block; i < end; ++i) events.push(this.readEvent(reader, i));
    return events;
  }

  readEvent(reader, i) {
    const trace = this;
    const eip = this.place(reader.number());
    const esp = reader.number();
    const chainNumber = reader.number();
    const data = {};
    for (const [name, type] of this.schema[this.kinds[i]]) data[name] = this.readField(reader, type);
    return {
      i, kind: this.kind(i), instruction: this.instructions[i], thread: this.thread(i),
      depth: this.depths[i], eip, esp, data,
      get chain() {
        return trace.chain(chainNumber);
      },
    };
  }

  readField(reader, type) {
    if (type === "bool") return reader.number() !== 0;
    if (type === "place") return this.place(reader.number());
    if (type === "text") return this.texts[reader.number()];
    if (type === "range") return { begin: reader.number(), end: reader.number() };
    if (type === "hexes") return Array.from({ length: reader.number() }, () => reader.number());
    if (type === "frames") {
      return Array.from({ length: reader.number() }, () =>
        ({ frame: reader.number(), code: this.place(reader.number()) }));
    }
    return reader.number();  // hex, number, address
  }

  /** {head, ending, links: [{record, next, handler}]}. */
  chain(number) {
    let chain = this.chainsRead.get(number);
    if (chain) return chain;
    const reader = new Reader(this.chainBytes, this.chainBegins[number]);
    chain = { head: reader.number(), ending: this.texts[reader.number()], links: [] };
    for (let left = reader.number(); left > 0; --left) {
      chain.links.push({
        record: reader.number(), next: reader.number(), handler: this.place(reader.number()),
      });
    }
    if (this.chainsRead.size > 4096) this.chainsRead.clear();
    this.chainsRead.set(number, chain);
    return chain;
  }

  readSlices(numbers) {
    this.slices = [];
    let begin = 0;
    for (let at = 0; at + 4 < numbers.length; at += 5) {
      begin += numbers[at];
      this.slices.push({
        begin, end: begin + numbers[at + 1], thread: numbers[at + 2], depth: numbers[at + 3],
        kind: kSliceKinds[numbers[at + 4]],
      });
    }
    // Of the slices up to each: the farthest end, so that a search backwards knows when to stop.
    this.sliceReach = new Float64Array(this.slices.length);
    let reach = -1;
    this.slices.forEach((slice, n) => (this.sliceReach[n] = reach = Math.max(reach, slice.end)));
  }

  /** Those that have an event in [from, to], outermost first. */
  slicesIn(from, to) {
    let low = 0, high = this.slices.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.slices[middle].begin <= to) low = middle + 1;
      else high = middle;
    }
    const found = [];
    for (let n = low - 1; n >= 0 && this.sliceReach[n] >= from; --n) {
      if (this.slices[n].end >= from) found.push(this.slices[n]);
    }
    return found.reverse();
  }

  /** The slices that this event of its thread lies in, outermost first. */
  around(i) {
    return this.slicesIn(i, i).filter((slice) => slice.thread === this.thread(i));
  }
}
