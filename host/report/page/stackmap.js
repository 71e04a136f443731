// A strip beside a stack that is longer than its window: the part in view, each record as a tick,
// ESP as a line. A click or a drag goes there; by keys the column itself scrolls.

class StackMap {
  constructor(scroll) {
    this.scroll = scroll;
    this.view = make("div", { class: "in-view" });
    this.box = make("div", { class: "map", "aria-hidden": "true", title: "The whole of this stack: a click goes there" });
    scroll.addEventListener("scroll", () => this.move(), { passive: true });
    this.box.addEventListener("pointerdown", (press) => {
      this.box.setPointerCapture(press.pointerId);
      this.go(press);
    });
    this.box.addEventListener("pointermove", (move) => move.buttons & 1 && this.go(move));
  }

  /** Once the column has its size. */
  draw() {
    const all = this.scroll.scrollHeight;
    const needless = all < 1.5 * this.scroll.clientHeight;
    this.box.classList.toggle("needless", needless);
    if (needless) return this.box.replaceChildren();
    const ticks = [...this.scroll.querySelectorAll(".card, .esp, .head")].map((one) => {
      const kind = one.className.split(" ").find((name) => ["bad", "active", "dead", "esp", "head"].includes(name)) || "live";
      const tick = make("i", { class: `tick ${one.classList.contains("bad") ? "bad" : kind}` });
      tick.style.top = `${(100 * one.offsetTop) / all}%`;
      tick.style.height = `max(2px, ${(100 * one.offsetHeight) / all - 0.3}%)`;
      return tick;
    });
    this.box.replaceChildren(...ticks, this.view);
    return this.move();
  }

  move() {
    const all = this.scroll.scrollHeight;
    this.view.style.top = `${(100 * this.scroll.scrollTop) / all}%`;
    this.view.style.height = `${(100 * this.scroll.clientHeight) / all}%`;
  }

  go(pointer) {
    const box = this.box.getBoundingClientRect();
    const at = (pointer.clientY - box.top) / box.height;
    this.scroll.scrollTop = at * this.scroll.scrollHeight - this.scroll.clientHeight / 2;
    this.move();
  }
}
