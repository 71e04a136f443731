// The story: each kind of event in a sentence for people, and the rule behind it.

const kDispositions = ["ContinueExecution", "ContinueSearch", "NestedException", "CollidedUnwind"];
const kAccess = { 0: "read of", 1: "write to", 8: "execution of" };

/** Which sign and colour an event has. A letter as well as a colour: either will do. */
const kPhases = {
  run: { sign: "·", name: "run" },
  fault: { sign: "✕", name: "fault" },
  dispatch: { sign: "D", name: "dispatch" },
  handler: { sign: "H", name: "handler" },
  unwind: { sign: "U", name: "unwind" },
  resume: { sign: "→", name: "resume" },
  watch: { sign: "!", name: "watch" },
};
const kPhaseOfKind = {
  fault: "fault", inject: "fault", dispatch: "dispatch", visit: "dispatch", refused: "dispatch",
  abandoned: "dispatch", handler: "handler", vectored: "handler", disposition: "handler",
  answer: "handler", unwind: "unwind", unwound: "unwind", "unwind-end": "resume",
  continued: "resume", exposed: "watch", written: "watch", defect: "watch",
};
/** Where the story turns: what [ and ] go to. */
const kTurning = new Set(["fault", "dispatch", "refused", "handler", "vectored", "continued",
  "abandoned", "unwind", "unwind-end", "exposed", "defect", "inject", "end"]);

function phaseOf(trace, i) {
  const kind = trace.kind(i);
  if ((kind === "visit" || kind === "refused") && trace.event(i).data.unwinding) return "unwind";
  if (kPhaseOfKind[kind]) return kPhaseOfKind[kind];
  if (trace.depths[i] === 0) return "run";
  const around = trace.around(i);
  const inner = around.length ? around[around.length - 1].kind : "run";
  return inner === "vectored" ? "handler" : inner;
}

function faultWords(words, d) {
  const access = kAccess[d.parameters[0]];
  const hasAccess = [0xc0000005, 0xc0000006, 0x80000001].includes(d.code) && d.parameters.length > 1;
  return hasAccess && access ?
    `${access} ${hex(d.parameters[1])} (${words.statusWords(d.code)})` : words.statusWords(d.code);
}

const frameOf = (place) => (known(place) ? ` in the frame of ${functionOf(place)}` : "");
const byWhom = (place) => (known(place) ? show(place) : "An instruction that was not seen");

/** One line for the list. */
const kLines = {
  fault: (d, w) => `${d.software ? "raised: " : ""}${faultWords(w, d)} at ${short(d.at)}`,
  dispatch: (d, w) => `${w.statusWords(d.code)}, on ${d.on_os_stack ? "the OS stack" : "another stack"}`,
  visit: (d) => `${hex(d.record)} → ${short(d.handler)}`,
  refused: (d) => `${hex(d.record)}: ${d.why}`,
  handler: (d) => `${short(d.handler)}, frame ${hex(d.frame)}`,
  disposition: (d) => `${short(d.handler)} answers ${kDispositions[d.value] || hex(d.value)}`,
  vectored: (d) => `${d.continuing ? "continue handler " : ""}${short(d.handler)}`,
  answer: (d) => `${short(d.handler)} answers ${d.value === 0xffffffff ? "-1, continue" : hex(d.value)}`,
  continued: (d) => `on at ${short(d.to)}`,
  abandoned: (d, w) => `nobody took ${w.statusWords(d.code)}`,
  unwind: (d) => (d.flags & 4 ? "everything" : `to ${hex(d.target)}`),
  unwound: (d) => `${hex(d.record)} is off`,
  "unwind-end": (d) => `at ${hex(d.target)}, on at ${short(d.to)}`,
  push: (d) => `${hex(d.record)} ${short(d.handler)}`,
  pop: (d) => `${hex(d.record)} is off`,
  exposed: (d) => `${hex(d.record)} lies below ESP`,
  "exposure-end": (d) => `${hex(d.record)} after ${grouped(d.lasted)}`,
  written: (d) => `${hex(d.word)}: ${hex(d.old_value)} → ${hex(d.new_value)}`,
  defect: (d) => `${d.defect}: ${hex(d.record)}${d.suppressed ? " (suppressed)" : ""}`,
  gate: (d) => `${d.dll}!${d.function}`,
  "thread-start": (d) => `${d.id} at ${short(d.entry)}`,
  "thread-switch": (d) => `${d.from} → ${d.to}`,
  "thread-end": (d) => `${d.id} with ${hex(d.code)}`,
  image: (d) => `${d.name} at ${hex(d.range.begin)}`,
  reached: (d) => `${short(d.at)}, visit ${grouped(d.visit)}`,
  output: (d) => `${d.error_stream ? "stderr" : "stdout"} ${d.text}`,
  inject: (d) => `#${d.number} ${d.spec}`,
  end: (d, w) => (d.kind === "exited" ? `exited with ${d.code}` :
    d.kind === "unhandled" ? `unhandled ${w.statusWords(d.code)}` : `${d.kind} ${d.detail}`),
};

/** Sentences for the caption. */
const kSentences = {
  fault: (d, w) => (d.software ?
    `The program raises an exception at ${show(d.at)}: ${faultWords(w, d)}.` :
    `The processor faults at ${show(d.at)}: ${faultWords(w, d)}. The instruction is not carried out.`),
  dispatch: (d, w) => `Windows writes down what happened: an exception record at ${hex(d.record)} and the ` +
    `thread's registers at ${hex(d.context)}, on ${d.on_os_stack ? "the thread's own stack" :
      "a stack of the program's own, outside of the limits in the TEB"}. The search for a handler of ` +
    `${w.statusWords(d.code)} begins.`,
  visit: (d) => `${d.unwinding ? "The unwinding" : "The search"} comes to the record at ${hex(d.record)}: ` +
    `its handler is ${show(d.handler)}, the next record is at ${hex(d.next)}.`,
  refused: (d) => `The record at ${hex(d.record)} is refused: ${kRefusals[d.why] || d.why}. Its handler ` +
    `${show(d.handler)} is not called, and no record behind it is asked.`,
  handler: (d, w) => `The handler ${show(d.handler)} is called for ${w.statusWords(d.code)}, with its record at ` +
    `${hex(d.frame)}${frameOf(d.owner)}${known(d.pushed_by) ? `, linked by ${show(d.pushed_by)}` : ""}.`,
  disposition: (d) => `${show(d.handler)} answers ${kDispositions[d.value] ||
    `${hex(d.value)}, which is no disposition`}: ${kAnswers[d.value] || "that is an error of its own"}.`,
  vectored: (d, w) => `The ${d.continuing ? "continue" : "vectored"} handler ${show(d.handler)} is asked about ` +
    `${w.statusWords(d.code)}${d.continuing ? "" : ", before every record of the chain"}.`,
  answer: (d) => `${show(d.handler)} answers ${d.value === 0xffffffff ? "-1: go on where the context says" :
    `${hex(d.value)}: ask the next`}.`,
  continued: (d) => `The thread goes on at ${show(d.to)}, with ESP ${hex(d.esp)}, as the context now says.`,
  abandoned: (d, w) => `Nobody took ${w.statusWords(d.code)}${d.stack_invalid ?
    ": the search ended at a record that it did not trust" : ""}. This is the second chance: the process ends.`,
  unwind: (d, w) => `Unwinding begins, ${d.flags & 4 ? "out of all frames" : `to the record at ${hex(d.target)}`}: each ` +
    `handler on the way is called once more, to clean up (${w.statusWords(d.code)}).`,
  unwound: (d) => `The record at ${hex(d.record)} is taken off the chain: its frame is being left.`,
  "unwind-end": (d) => `The unwinding has come to ${hex(d.target)}. The thread goes on at ${show(d.to)}.`,
  push: (d) => `${byWhom(d.by)} links a record at ${hex(d.record)}${frameOf(d.owner)}: from now on its handler ` +
    `${show(d.handler)} is asked first, then the record at ${hex(d.next)}.`,
  pop: (d) => `${byWhom(d.by)} takes the record at ${hex(d.record)} off: fs:[0] is ${hex(d.head)} again.`,
  exposed: (d) => `ESP is now ${hex(d.esp)}, above the record at ${hex(d.record)}: the frame of ` +
    `${functionOf(d.owner)} is gone${d.left_by ? ` (left by ${d.left_by} at ${show(d.exposed_by)})` : ""}, and ` +
    `fs:[0] still leads to its record. Harmless as long as nobody relies on it.`,
  "exposure-end": (d) => `The record at ${hex(d.record)} is off the chain. It lay below ESP for ` +
    `${grouped(d.lasted)} instructions, and nothing relied on it.`,
  written: (d) => `${byWhom(d.by)} writes over the record at ${hex(d.record)}: the word at ${hex(d.word)} was ` +
    `${hex(d.old_value)} and is ${hex(d.new_value)}.`,
  defect: (d) => defectSentence(d),
  gate: (d) => `The program calls ${d.dll}!${d.function} from ${show(d.caller)}; the lab's Windows answers.`,
  "thread-start": (d) => `Thread ${d.id} starts at ${show(d.entry)}. Its stack is ${hex(d.stack.begin)} to ` +
    `${hex(d.stack.end)}, its TEB, where fs points, is at ${hex(d.teb)}.`,
  "thread-switch": (d) => `Thread ${d.to} runs now, thread ${d.from} waits.`,
  "thread-end": (d) => `Thread ${d.id} ends with ${hex(d.code)}.`,
  image: (d) => `The image ${d.name} is mapped from ${hex(d.range.begin)} to ${hex(d.range.end)}.`,
  reached: (d) => `Execution reaches ${show(d.at)}${d.visit === 1 ? " for the first time" :
    `: visit ${grouped(d.visit)}`}.`,
  output: (d) => `The program prints to standard ${d.error_stream ? "error" : "output"}: ${d.text}`,
  inject: (d) => `The lab steps in before ${show(d.at)}, as asked: ${d.spec}.`,
  end: (d, w) => kEnds[d.kind](d, w),
};

const kAnswers = {
  0: "the thread is to go on as the context says", 1: "not mine, ask the next record",
  2: "an exception came while a handler was running", 3: "two unwindings have met",
};
const kRefusals = {
  "outside-stack": "it is not inside the thread's stack",
  misaligned: "its address is not a multiple of 4",
  "handler-on-stack": "its handler lies on the thread's stack, where code has no business",
  "handler-not-executable": "its handler is in no executable page",
  "not-in-safeseh-table": "its handler is not in its image's SafeSEH table",
  "image-has-no-seh": "its handler's image says that it has no handlers (NO_SEH)",
  "handler-outside-images": "its handler is in no image",
  "sehop-broken": "the chain does not end in the system's final handler (SEHOP)",
  unreadable: "its memory cannot be read",
};
const kEnds = {
  exited: (d) => `The process ends by itself, with exit code ${d.code}.`,
  unhandled: (d, w) => `The process dies of ${w.statusWords(d.code)}, which nobody handled.`,
  budget: () => "The budget of instructions is spent: the lab stops the run here.",
  unmodelled: (d) => `The lab does not model what comes next, and stops: ${d.detail}.`,
  stopped: (d) => `The run was stopped${d.detail ? `: ${d.detail}` : ""}.`,
};

function defectSentence(d) {
  let text = `${d.defect.toUpperCase()}: something relies on the record at ${hex(d.record)} ` +
    `(${d.confirmed_by}${known(d.relied_on_by) ? ` at ${show(d.relied_on_by)}` : ""}).`;
  if (d.pushed_at) text += ` It was linked @${grouped(d.pushed_at)} by ${show(d.pushed_by)}.`;
  if (d.exposed_at) text += ` Its frame is gone since @${grouped(d.exposed_at)}.`;
  if (d.written_at) text += ` Its words were written @${grouped(d.written_at)} by ${show(d.written_by)}.`;
  if (d.suppressed) text += ` Suppressed: ${d.suppressed}.`;
  return text;
}
