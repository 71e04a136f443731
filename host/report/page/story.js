// The caption: where and when, what happens in a sentence, the rule behind it, words to open.

class StoryPanel {
  constructor(state, words) {
    this.state = state;
    this.words = words;
    state.listen(() => this.draw());
  }

  draw() {
    const state = this.state, trace = state.trace, event = trace.event(state.event);
    const phase = phaseOf(trace, state.event);
    const step = state.step >= 0 ? state.moment() : null;
    get("story").className = `panel story ${phase}`;
    get("where").replaceChildren(
      make("span", { class: `tag ${phase}` }, `${kPhases[phase].sign} ${kPhases[phase].name}`),
      ` ${event.kind}  ·  event ${state.event + 1} of ${trace.count}  ·  @${grouped(step ? step.instruction : event.instruction)}` +
      `  ·  thread ${event.thread}  ·  ${show(event.eip)}`);
    get("sentence").textContent = step ?
      `Instruction ${grouped(step.instruction)}, behind event ${state.event + 1}: about to run ${this.instruction(step)}.` :
      sentenceOf(event, this.words);
    const rule = step ? null : ruleOf(event);
    get("why").replaceChildren(...(rule ? [make("b", {}, "Rule  "), rule.text, " ", make("cite", {}, rule.source)] : []));
    get("words").replaceChildren(...(rule ? [this.explanation(rule)] : []),
      ...(step ? [] : wordsOf(this.words, event).map((entry) => explained(entry))));
  }

  /** Why the rule is as it is, and who says so: opens in its place. */
  explanation(rule) {
    return make("details", { class: "word explanation" }, make("summary", {}, "Explanation and sources"),
      make("p", {}, rule.more), sourceLine(...rule.from));
  }

  instruction(step) {
    const here = step.code.find((line) => line.address === step.eip);
    return here ? `${here.text} at ${here.symbol || hex(step.eip)}` : hex(step.eip);
  }
}

function sentenceOf(event, words) {
  return kSentences[event.kind](event.data, words);
}

/** A moment as plain text, for a bug report. */
function momentText(state, words, model) {
  const trace = state.trace, event = trace.event(state.event), now = state.moment();
  const lines = [`event ${event.i + 1} of ${trace.count}  @ ${event.instruction}  thread ${event.thread}  ${event.kind}  ` +
    `${show(event.eip)}`, `  ${sentenceOf(event, words)}`];
  const rule = ruleOf(event);
  if (rule) lines.push(`  (${rule.text} ${rule.source})`);
  lines.push("", `  chain from fs:[0] = ${hex(event.chain.head)}`);
  for (const record of model.at(state.event, now).records) {
    const state_ = record.defect ? record.defect.data.defect : record.exposed ? "exposed" : "";
    lines.push(`    ${hex(record.record)}  next ${hex(record.next)}  handler ${show(record.handler)}` +
      (record.pushed ? `  pushed @${record.pushed.instruction} by ${show(record.pushed.data.by)}` : "") +
      (state_ ? `  ${state_.toUpperCase()}` : ""));
  }
  if (event.chain.ending !== "end") lines.push(`    (${event.chain.ending})`);
  if (now) {
    lines.push("", ...[0, 5].map((from) => "  " + kShownRegisters.slice(from, from + 5)
      .map((name) => `${name} ${hex(now.registers[kRegisters.indexOf(name)])}`).join("  ")), "");
    const at = now.code.find((line) => line.address === now.eip);
    if (at && at.source) {
      const { file, lines: texts } = state.moments.source(at.source, 0);
      for (const [n, text] of texts) lines.push(`  ${file}:${n}  ${text.trim()}`);
    }
    for (const line of now.code) {
      lines.push(`  ${line.address === now.eip ? ">" : " "} ${hex(line.address)}  ${line.bytes.padEnd(24)}${line.text}`);
    }
  }
  return lines.join("\n") + "\n";
}
