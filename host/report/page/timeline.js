// The time line: a strip of the events around the reader, with dispatches, handlers and unwindings
// as bars that lie inside of each other; above it the whole trace, when the strip cannot hold it.

const kCell = 18;        // pixels an event has at least
const kBar = 17;         // pixels of a bar's height
const kMostBars = 5;     // depths that have a bar of their own

class TimeLine {
  constructor(state, words) {
    this.state = state;
    this.words = words;
    this.strip = get("strip");
    this.overview = get("overview");
    this.from = 0;
    state.listen(() => this.draw());
    new ResizeObserver(() => this.draw()).observe(this.strip.parentElement);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
    this.strip.addEventListener("pointerdown", (at) => this.drag(at, this.strip, (x, width) =>
      this.from + Math.floor((x / width) * this.cells)));
    this.overview.addEventListener("pointerdown", (at) => this.drag(at, this.overview, (x, width) =>
      Math.floor((x / width) * state.trace.count)));
  }

  drag(down, canvas, eventAt) {
    const go = (at) => {
      const box = canvas.getBoundingClientRect();
      this.state.go(eventAt(Math.max(0, Math.min(at.clientX - box.left, box.width - 1)), box.width));
    };
    canvas.setPointerCapture(down.pointerId);
    go(down);
    canvas.onpointermove = go;
    canvas.onpointerup = canvas.onpointercancel = () => (canvas.onpointermove = null);
  }

  get cells() {
    const fit = Math.max(8, Math.floor(this.strip.clientWidth / kCell));
    return Math.min(fit, Math.max(this.state.trace.count, 1));
  }

  colours() {
    const style = getComputedStyle(document.documentElement);
    const named = (name) => style.getPropertyValue(`--${name}`).trim();
    const all = { ink: named("ink"), faint: named("faint"), paper: named("paper"), line: named("line"),
      accent: named("accent") };
    for (const phase of Object.keys(kPhases)) all[phase] = named(phase);
    return all;
  }

  prepare(canvas, height) {
    const scale = devicePixelRatio || 1;
    canvas.style.height = `${height}px`;
    canvas.width = Math.round(canvas.clientWidth * scale);
    canvas.height = Math.round(height * scale);
    const pen = canvas.getContext("2d");
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, canvas.clientWidth, height);
    return pen;
  }

  draw() {
    const trace = this.state.trace, cells = this.cells;
    if (this.state.event < this.from || this.state.event >= this.from + cells) {
      this.from = this.state.event - Math.floor(cells / 3);
    }
    const margin = Math.min(3, Math.floor(cells / 4));
    if (this.state.event > this.from + cells - 1 - margin) this.from = this.state.event - cells + 1 + margin;
    if (this.state.event < this.from + margin) this.from = this.state.event - margin;
    this.from = Math.max(0, Math.min(this.from, trace.count - cells));
    this.drawStrip(cells);
    this.overview.hidden = cells >= trace.count;
    if (!this.overview.hidden) this.drawOverview(cells);
  }

  drawStrip(cells) {
    const trace = this.state.trace, colours = this.colours();
    const last = Math.min(trace.count, this.from + cells) - 1;
    const slices = trace.slicesIn(this.from, last);
    const bars = Math.min(kMostBars, slices.reduce((most, s) => Math.max(most, s.depth + 1), 0));
    const height = 26 + Math.max(1, bars) * kBar + 4;
    const pen = this.prepare(this.strip, height);
    const width = this.strip.clientWidth, cell = width / cells;
    pen.textBaseline = "middle";
    for (let i = this.from; i <= last; ++i) {
      const phase = phaseOf(trace, i), x = (i - this.from) * cell;
      pen.fillStyle = colours[phase];
      pen.globalAlpha = phase === "run" ? 0.28 : 1;
      pen.fillRect(x + 0.5, 4, cell - 1, 18);
      pen.globalAlpha = 1;
      pen.fillStyle = phase === "run" ? colours.ink : colours.paper;
      pen.font = "bold 12px system-ui, sans-serif";
      pen.textAlign = "center";
      pen.fillText(kPhases[phase].sign, x + cell / 2, 13.5);
    }
    pen.textAlign = "left";
    this.taken = [];  // of each depth: where the bar before ends
    for (const slice of slices) this.bar(pen, slice, cell, last, colours);
    if (slices.length === 0) {
      pen.fillStyle = colours.faint;
      pen.font = "12px system-ui, sans-serif";
      pen.fillText("no dispatch in this stretch", 4, 26 + kBar / 2);
    }
    const x = (this.state.event - this.from) * cell;
    pen.strokeStyle = colours.ink;
    pen.lineWidth = 2.5;
    pen.strokeRect(x + 1, 2, cell - 2, height - 4);
  }

  bar(pen, slice, cell, last, colours) {
    if (slice.depth >= kMostBars) return;
    const from = Math.max(slice.begin, this.from), to = Math.min(slice.end, last);
    const x = (from - this.from) * cell, width = (to - from + 1) * cell, y = 26 + slice.depth * kBar;
    pen.fillStyle = colours[slice.kind === "vectored" ? "handler" : slice.kind];
    pen.fillRect(x + 0.5, y, width - 1, kBar - 2);
    if (slice.kind === "unwind") this.hatch(pen, x, y, width, colours.paper);
    pen.save();
    pen.font = "11px system-ui, sans-serif";
    const label = this.label(slice), needed = pen.measureText(label).width + 10;
    const room = x - (this.taken[slice.depth] || 0);
    this.taken[slice.depth] = x + width;
    if (needed > width && room > needed) {  // beside the bar, where it does not fit inside
      pen.fillStyle = colours.ink;
      pen.fillText(label, x - needed + 5, y + kBar / 2 - 0.5);
    } else {
      pen.beginPath();
      pen.rect(x, y, width - 2, kBar);
      pen.clip();
      pen.fillStyle = colours.paper;
      pen.fillText(label, x + 5, y + kBar / 2 - 0.5);
    }
    pen.restore();
  }

  hatch(pen, x, y, width, colour) {
    pen.save();
    pen.beginPath();
    pen.rect(x + 0.5, y, width - 1, 3);
    pen.clip();
    pen.strokeStyle = colour;
    pen.lineWidth = 1.5;
    for (let at = x - kBar; at < x + width; at += 6) {
      pen.beginPath();
      pen.moveTo(at, y + 4);
      pen.lineTo(at + 5, y - 1);
      pen.stroke();
    }
    pen.restore();
  }

  label(slice) {
    const d = this.state.trace.event(slice.begin).data;
    if (slice.kind === "dispatch") return `dispatch ${this.words.statusWords(d.code)}`;
    if (slice.kind === "unwind") return `unwind ${d.flags & 4 ? "all" : `to ${hex(d.target)}`}`;
    return short(d.handler);
  }

  drawOverview(cells) {
    const trace = this.state.trace, colours = this.colours();
    const pen = this.prepare(this.overview, 22), width = this.overview.clientWidth;
    pen.fillStyle = colours.line;
    pen.fillRect(0, 8, width, 6);
    const perPixel = Math.max(1, trace.count / width);
    if (!this.marks || this.marks.width !== width) this.marks = this.readMarks(width, perPixel);
    for (let x = 0; x < width; ++x) {
      const mark = this.marks.of[x];
      if (!mark) continue;
      pen.fillStyle = colours[mark];
      const tall = mark === "fault" || mark === "watch";
      pen.fillRect(x, tall ? 2 : 6, 1, tall ? 18 : 10);
    }
    pen.strokeStyle = colours.ink;
    pen.lineWidth = 2;
    pen.strokeRect((this.from / trace.count) * width, 1,
      Math.max(3, (cells / trace.count) * width), 20);
  }

  /** The most telling phase of the events under each pixel, by kinds alone. */
  readMarks(width, perPixel) {
    const trace = this.state.trace, rank = ["resume", "unwind", "handler", "dispatch", "watch", "fault"];
    const rankOf = trace.kindNames.map((kind) => rank.indexOf(kPhaseOfKind[kind]));
    const of = new Array(Math.ceil(width)).fill("");
    for (let x = 0; x < of.length; ++x) {
      let best = -1;
      const end = Math.min(trace.count, (x + 1) * perPixel);
      for (let i = Math.floor(x * perPixel); i < end; ++i) best = Math.max(best, rankOf[trace.kinds[i]]);
      of[x] = best < 0 ? "" : rank[best];
    }
    return { width, of };
  }
}
