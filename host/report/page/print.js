// On paper: the turning points as a story, then the moment that was shown.

const kMostPrinted = 300;

function printStory(state, words) {
  const trace = state.trace, told = [];
  for (let i = 0; i < trace.count && told.length < kMostPrinted; ++i) {
    if (!kTurning.has(trace.kind(i))) continue;
    const event = trace.event(i), phase = phaseOf(trace, i);
    told.push(make("li", { value: i + 1 },
      make("b", {}, `${kPhases[phase].sign} ${event.kind}`), `  @${grouped(event.instruction)}  `,
      sentenceOf(event, words)));
  }
  get("print-story").replaceChildren(make("h2", {}, "The story"),
    make("p", {}, `Turning points of ${grouped(trace.count)} events, each with its number` +
      `${told.length === kMostPrinted ? `; the first ${kMostPrinted}` : ""}.`),
    make("ol", {}, ...told));
}
