// Where the reader is: an event, or an instruction step behind one; and who wants to know.

class State {
  constructor(trace, moments) {
    this.trace = trace;
    this.moments = moments;
    this.event = 0;
    this.step = -1;  // index in moments.steps; -1: at the event itself
    this.listeners = [];
  }
  listen(listener) {
    this.listeners.push(listener);
  }
  changed() {
    for (const listener of this.listeners) listener(this);
  }

  go(event, step = -1) {
    const to = Math.max(0, Math.min(this.trace.count - 1, event));
    if (to === this.event && step === this.step) return;
    this.event = to;
    this.step = step;
    this.changed();
  }

  /** The nearest event in a direction that `wanted` says yes to; stays where there is none. */
  seek(direction, wanted) {
    for (let i = this.event + direction; i >= 0 && i < this.trace.count; i += direction) {
      if (wanted(i)) return this.go(i);
    }
    return undefined;
  }

  /** One instruction on or back, as far as the page has steps; true: it moved. */
  stepBy(direction) {
    const steps = this.moments.steps;
    let to;
    if (this.step >= 0) {
      to = this.step + direction;
    } else {
      const first = Moments.behind(steps, this.event);  // the first behind this event
      to = direction > 0 ? first : first - 1;
    }
    if (to < 0 || to >= steps.length) return false;
    this.go(steps[to][0] - 1, to);
    return true;
  }

  /** Registers, memory and code where the reader is; null where the page has none. */
  moment() {
    return this.step >= 0 ? this.moments.step(this.step) : this.moments.of(this.event);
  }

  /** That of the same thread before this one, to tell what changed. */
  momentBefore(now) {
    if (this.step > 0 && this.moments.steps[this.step - 1][2] === now.thread) {
      return this.moments.step(this.step - 1);
    }
    const last = this.step >= 0 ? this.event : this.event - 1;
    for (let i = last; i >= 0 && i > this.event - 1000; --i) {
      if (this.trace.thread(i) !== now.thread) continue;
      const before = this.moments.of(i);
      if (before) return before;
    }
    return null;
  }

  // Deep links: #e=45, and #e=45&i=32262 at a step.
  readAddress(address) {
    const found = /[#&]e=(\d+)/.exec(address);
    if (!found) return false;
    const event = Number(found[1]) - 1;
    const at = /[#&]i=(\d+)/.exec(address);
    const step = at ? this.moments.steps.findIndex((one) =>
      one[0] === event + 1 && one[1] === Number(at[1])) : -1;
    this.go(event, step);
    return true;
  }
  address() {
    const at = this.step >= 0 ? `&i=${this.moments.steps[this.step][1]}` : "";
    return `#e=${this.event + 1}${at}`;
  }
}
