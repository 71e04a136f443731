// The rule behind each kind of event, with where it is written down, and the glossary's words that
// go with it.

const kFacts = "docs/facts/seh-x86.md";
const kRules = {
  fault: ["A fault becomes an exception record (what, where) and a context (all registers). The kernel lays both on the stack that ESP points to and sends the thread to KiUserExceptionDispatcher.", "3.0, 2.1"],
  dispatch: ["RtlDispatchException asks vectored handlers first, then the records from fs:[0] outwards. The limits of the stack come from the thread's block, wherever ESP is.", "3.2 A to C"],
  visit: ["A record must lie inside the thread's stack and be a multiple of 4. Whether records ascend, or where ESP is, nobody asks.", "3.2 E1"],
  refused: ["A record or a handler that fails a check ends the search: STACK_INVALID is set, and no frame further out is asked.", "3.2 E1, E2; 3.3"],
  handler: ["A handler gets the exception record, its own registration record and the context. Meanwhile ntdll links a record of its own, which protects the call.", "3.2 E3; 3.4"],
  disposition: ["0 goes on with the context, 1 asks the next record (its link is read after the handler has run), anything that is no answer raises an exception of its own.", "3.2 E5, E6"],
  vectored: ["Vectored handlers are asked in their order, before chain and stack are checked. Continue handlers are told once somebody has said that the thread goes on.", "3.2 A, B"],
  answer: ["-1 ends the search: the thread goes on. Everything else means: ask the next.", "3.2 A"],
  continued: ["NtContinue loads the registers from the context, with all that handlers have changed in it.", "3.8"],
  abandoned: ["When nobody answers, NtRaiseException asks a second time: the debugger, then the process ends with the exception's code.", "3.0; 3.1; 3.9"],
  unwind: ["The second pass: RtlUnwind calls each handler with UNWINDING set, takes its record off afterwards, and ends at the target, which stays.", "3.6"],
  unwound: ["A record comes off after its handler has cleaned up.", "3.6"],
  "unwind-end": ["The target ends the unwinding, and its record stays on the chain.", "3.6"],
  push: ["A registration record is two words on the stack: the next record and the handler. fs:[0] points to the newest.", "1.2"],
  pop: ["Whoever links a record takes it off again before leaving its frame: fs:[0] gets the record's first word.", "1.2"],
  exposed: ["Stack below ESP is dead: the next call or interrupt may write there. A record there is a promise that nobody keeps. The lab reports it when something relies on it.", "3.2 E1", "docs/defects/README.md"],
  written: ["Dead stack is used again. What is written over a record's second word is what dispatch will take for its handler.", "", "docs/defects/overwritten.md"],
  defect: ["Exposure becomes a defect when something relies on the record: dispatch or unwinding visits it, a record is linked on top of it, the thread ends with it as head.", "", "docs/defects/README.md"],
  "thread-start": ["fs points to the thread's block (TEB): fs:[0] is the newest record, fs:[4] and fs:[8] are the limits of the stack.", "1.1"],
  end: ["", ""],
};

function ruleOf(event) {
  const [text, section, where = kFacts] = kRules[event.kind] || ["", ""];
  return text ? { text, source: section ? `${kFacts} ${section}` : where } : null;
}

/** Entries of the glossary that explain this event's words. */
function wordsOf(words, event) {
  const d = event.data;
  const found = [];
  const add = (entry) => entry && !found.includes(entry) && found.push(entry);
  if (event.kind === "refused") add(words.named(d.why));
  if (event.kind === "defect") add(words.named(d.defect));
  if (event.kind === "exposed") add(words.named("dangling"));
  if (event.kind === "disposition") add(words.disposition(d.value, false));
  if (event.kind === "answer") add(words.disposition(d.value, true));
  if (d.code !== undefined && event.kind !== "thread-end") words.status(d.code).forEach(add);
  if (d.flags !== undefined) words.flags(d.flags).forEach(add);
  return found;
}
