// Buttons, the slider, keys, the address of the page, light and dark, copying.

class Controls {
  constructor(state, search, copyText) {
    this.state = state;
    this.search = search;
    this.copyText = copyText;
    this.timer = null;
    this.slider = get("slider");
    this.slider.max = Math.max(1, state.trace.count);
    this.slider.addEventListener("input", () => this.jump(Number(this.slider.value) - 1));
    this.actions = {
      first: () => this.jump(0), last: () => this.jump(state.trace.count - 1),
      back: () => this.jump(state.event - (state.step >= 0 ? 0 : 1)), next: () => this.jump(state.event + 1),
      "back-key": () => this.turn(-1), "next-key": () => this.turn(1),
      play: () => this.play(), "step-back": () => state.stepBy(-1), "step-next": () => state.stepBy(1),
      copy: () => this.copy(), theme: () => this.theme(), "help-button": () => get("help").showModal(),
    };
    for (const [id, action] of Object.entries(this.actions)) get(id).addEventListener("click", action);
    get("speed").addEventListener("change", () => this.timer && (this.play(), this.play()));
    get("steps").hidden = state.moments.steps.length === 0;
    document.addEventListener("keydown", (key) => this.onKey(key));
    addEventListener("hashchange", () => state.readAddress(location.hash));
    state.listen(() => this.show());
    this.readTheme();
  }

  jump(to) {
    this.state.go(to);
  }
  turn(direction) {
    const trace = this.state.trace;
    this.state.seek(direction, (i) => kTurning.has(trace.kind(i)));
  }

  play() {
    const button = get("play");
    if (this.timer) {
      clearInterval(this.timer);
      this.timer = null;
    } else {
      if (this.state.event === this.state.trace.count - 1) this.jump(0);
      this.timer = setInterval(() => {
        if (this.state.event >= this.state.trace.count - 1) return this.play();
        return this.jump(this.nextToPlay());
      }, Number(get("speed").value));
    }
    button.textContent = this.timer ? "❚❚ Stop" : "▶ Play";
    button.setAttribute("aria-label", this.timer ? "Stop" : "Play");
    // A reader that speaks cannot keep up with a film.
    get("sentence").setAttribute("aria-live", this.timer ? "off" : "polite");
  }
  /** Plays what the list shows. */
  nextToPlay() {
    const list = this.search.list, row = list.rowOf(this.state.event + 1);
    return row < list.count ? list.event(row) : this.state.trace.count - 1;
  }

  onKey(key) {
    if (key.ctrlKey || key.altKey || key.metaKey || get("help").open) return;
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(key.target.tagName) && key.target.type !== "checkbox") return;
    const inButton = /^(BUTTON|SUMMARY|A)$/.test(key.target.tagName) || key.target.type === "checkbox";
    const of = {
      ArrowRight: "next", ArrowLeft: "back", j: "next", k: "back", Home: "first", End: "last",
      "]": "next-key", "[": "back-key", " ": inButton ? null : "play", p: "play", ".": "step-next", ",": "step-back",
      c: "copy", t: "theme", "?": "help-button",
    };
    if (key.key === "/") this.search.query.focus();
    else if (key.key === "n" || key.key === "N") this.search.find(key.key === "n" ? 1 : -1);
    else if (key.key === "f") get("filters").open = !get("filters").open;
    else if (of[key.key]) this.actions[of[key.key]]();
    else return;
    key.preventDefault();
  }

  show() {
    const state = this.state;
    this.slider.value = state.event + 1;
    const event = state.trace.event(state.event);
    this.slider.setAttribute("aria-valuetext", `event ${state.event + 1} of ${state.trace.count}, ${event.kind}`);
    get("position").textContent = `${grouped(state.event + 1)} / ${grouped(state.trace.count)}`;
    if (location.hash !== state.address()) {
      clearTimeout(this.addressTimer);  // browsers bound how often an address may change
      this.addressTimer = setTimeout(() => history.replaceState(null, "", state.address()), this.timer ? 300 : 20);
    }
  }

  async copy() {
    const text = this.copyText();
    let copied = true;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = make("textarea", { "aria-hidden": "true" });
      area.value = text;
      document.body.append(area);
      area.select();
      copied = document.execCommand("copy");
      area.remove();
    }
    get("copy").textContent = copied ? "Copied" : "Cannot copy";
    setTimeout(() => (get("copy").textContent = "Copy"), 1500);
  }

  readTheme() {
    let kept = null;
    try {
      kept = localStorage.getItem("sehlab-theme");
    } catch { /* a page from a file may have no storage */ }
    if (kept) document.documentElement.dataset.theme = kept;
  }
  theme() {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    try {
      localStorage.setItem("sehlab-theme", root.dataset.theme);
    } catch { /* as above */ }
    this.state.changed();
  }
}
