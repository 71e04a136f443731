// Reads the data, makes the parts, goes to where the address says.

const kKeys = [["→  ←", "next, previous event (also j, k)"], ["]  [", "next, previous turning point"],
  [".  ,", "next, previous instruction, where the report has them"], ["space", "play, stop"],
  ["Home  End", "first, last event"], ["/  n  N", "search; next, previous match"], ["f", "filter"],
  ["c", "copy this moment as text"], ["t", "light or dark"], ["?", "this help"]];

function readData(id) {
  const element = get(id), data = JSON.parse(element.textContent);
  element.remove();  // its text need not be kept twice
  return data;
}

function outcomeOf(trace, words) {
  const ends = trace.kindNames.indexOf("end");
  const last = trace.kinds.lastIndexOf(ends);
  return last < 0 ? "" : sentenceOf(trace.event(last), words);
}

function showHelp() {
  const table = (rows) => make("table", {}, make("tbody", {}, ...rows.map(([name, text]) =>
    make("tr", {}, make("th", { scope: "row" }, name), make("td", {}, text)))));
  get("help-body").append(table(kKeys), make("h3", {}, "Signs"),
    table(Object.values(kPhases).map((phase) => [phase.sign, phase.name])));
}

function showAbout(facts, trace, moments) {
  const parts = facts.facts.map(([name, value]) => `${name}: ${value}`);
  parts.push(`${grouped(trace.count)} events`);
  if (moments.there) parts.push(`${grouped(moments.moments.length)} with registers, memory and code`);
  if (moments.steps.length) parts.push(`${grouped(moments.steps.length)} instruction steps`);
  get("about").append(make("p", {}, parts.join("  ·  ")));
  if (moments.skipped) {
    get("about").append(missing(`${grouped(moments.skipped)} events have no registers, memory and code:`,
      "there were too many. Those of faults, dispatches and defects were kept longest."));
  }
  if (facts.facts.some(([name, value]) => name === "watch" && value === "off")) {
    get("about").append(missing("The chain watch was off: nobody looked for records below ESP.",
      "To see them marked: sehlab run --watch=report --report FILE.html PROGRAM.exe"));
  }
  if (!moments.there) get("about").append(noMoment({ moments }, "Registers, memory and code are"));
  if (trace.beyond) {
    get("about").append(missing(`The page holds the first events; ${grouped(trace.beyond)} more came before the end.`,
      "sehlab run --budget N, or a trace (--trace=jsonl), shows less or more of it."));
  }
  if (trace.textLeftOut) get("about").append(missing("Some texts are left out:", "the trace holds too much."));
}

function start() {
  const facts = readData("data-facts"), trace = new Trace(readData("data-trace"));
  const words = new Words(readData("data-words")), moments = new Moments(readData("data-moments"));
  document.title = `${facts.title}: sehlab report`;
  get("title").textContent = facts.title;
  showHelp();
  showAbout(facts, trace, moments);
  if (trace.count === 0) {
    get("sentence").textContent = "This trace has no events.";
    return;
  }
  get("outcome").textContent = outcomeOf(trace, words);
  const stacks = stacksOf(trace);
  const state = new State(trace, moments);
  const list = new EventList(state, words);
  const search = new Search(state, list);
  const stack = new StackPanel(state, stacks);
  new StoryPanel(state, words);
  new CodePanel(state);
  new RegisterPanel(state, stacks);
  new ExceptionPanel(state, words);
  new FieldPanel(state);
  new TimeLine(state, words);
  new Controls(state, search, () => momentText(state, words, stack.model));
  addEventListener("beforeprint", () => printStory(state, words));
  if (!state.readAddress(location.hash) || state.event === 0) state.changed();
}

start();
// Milliseconds since the page was asked for; tests wait for it.
document.documentElement.dataset.ready = Math.round(performance.now());
