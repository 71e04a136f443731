// The rule behind each kind of event, its explanation, and where both are written down.

const kFacts = "docs/facts/seh-x86.md";
const kRules = {
  fault: {
    rule: "A fault becomes an exception record (what, where) and a context (all registers). The kernel lays both on the stack that ESP points to and sends the thread to KiUserExceptionDispatcher.",
    more: "They lie just below ESP, wherever that is: nobody asks whether it is the thread's own stack. If they cannot be written there, and a stack overflow in their place cannot either, the thread sees nothing of its fault, and the process ends.",
    facts: "3.0, 2.1", from: ["interrupts", "record", "context", "status"] },
  dispatch: {
    rule: "RtlDispatchException asks vectored handlers first, then the records from fs:[0] outwards. The limits of the stack come from the thread's block, wherever ESP is.",
    more: "Of each record first the place is checked, then the handler, then the handler is called. The first one that answers \"continue\" ends the search. If none does, the second chance follows.",
    facts: "3.2 A to C", from: ["seh", "frame", "pietrek"] },
  visit: {
    rule: "A record must lie inside the thread's stack and be a multiple of 4. Whether records ascend, or where ESP is, nobody asks.",
    more: "So a record whose frame is gone passes, as long as its two words are whole: nothing is noticed until somebody writes over them. Only SEHOP, where it is on, looks at the whole chain beforehand.",
    facts: "3.2 E1", from: ["teb", "sehop", "pietrek"] },
  refused: {
    rule: "A record or a handler that fails a check ends the search: STACK_INVALID is set, and no frame further out is asked.",
    more: "A handler may not lie on the thread's stack. In an image with a SafeSEH table it has to be in that table, and an image marked NO_SEH has none. Outside of images its page has to be executable, unless the process says otherwise.",
    facts: "3.2 E1, E2; 3.3", from: ["safeseh", "sehop"] },
  handler: {
    rule: "A handler gets the exception record, its own registration record and the context. Meanwhile ntdll links a record of its own, which protects the call.",
    more: "An exception inside of the handler meets the protecting record first, which is how the dispatcher knows that it is nested. When the handler has returned, ESP is taken from fs:[0]: so either calling convention works, and a handler that leaves a record of its own behind goes on with a wrong ESP.",
    facts: "3.2 E3; 3.4", from: ["frame", "pietrek"] },
  disposition: {
    rule: "0 goes on with the context, 1 asks the next record (its link is read after the handler has run), anything that is no answer raises an exception of its own.",
    more: "To say \"go on\" to an exception that is marked not continuable raises STATUS_NONCONTINUABLE_EXCEPTION; a number that is no answer raises STATUS_INVALID_DISPOSITION. Each is chained to the first exception.",
    facts: "3.2 E5, E6", from: ["status", "pietrek"] },
  vectored: {
    rule: "Vectored handlers are asked in their order, before chain and stack are checked. Continue handlers are told once somebody has said that the thread goes on.",
    more: "They belong to the process and not to a frame, so they are asked also where the chain is broken.",
    facts: "3.2 A, B", from: ["vectored"] },
  answer: {
    rule: "-1 ends the search: the thread goes on. Everything else means: ask the next.",
    more: "-1 is EXCEPTION_CONTINUE_EXECUTION. A vectored handler decides for the whole process and has no frame to unwind to: 1, which runs a block in an __except filter, means no more than 0 here.",
    facts: "3.2 A", from: ["vectored"] },
  continued: {
    rule: "NtContinue loads the registers from the context, with all that handlers have changed in it.",
    more: "EIP and ESP are among them: whoever writes there moves the thread. Go's sigtramp makes it call sigpanic in this way, so that a fault becomes a panic.",
    facts: "3.8", from: ["context"] },
  abandoned: {
    rule: "When nobody answers, NtRaiseException asks a second time: the debugger, then the process ends with the exception's code.",
    more: "The filter of the program (SetUnhandledExceptionFilter) is called from the thread's outermost frame. A search that ended at a record it did not trust never comes there, so the filter is not asked either.",
    facts: "3.0; 3.1; 3.9", from: ["filter", "seh"] },
  unwind: {
    rule: "The second pass: RtlUnwind calls each handler with UNWINDING set, takes its record off afterwards, and ends at the target, which stays.",
    more: "The first pass decides while every frame is still there; the second lets each of them clean up: __finally blocks, destructors. Without a target all frames are left (EXIT_UNWIND).",
    facts: "3.6", from: ["unwind", "frame"] },
  unwound: {
    rule: "A record comes off after its handler has cleaned up.",
    more: "From here on fs:[0] leads to the next one: an exception raised later in this unwinding is not offered to the frame that is gone.",
    facts: "3.6", from: ["unwind"] },
  "unwind-end": {
    rule: "The target ends the unwinding, and its record stays on the chain.",
    more: "RtlUnwind returns to its caller as any function does. It is the language's runtime that then jumps into the __except or catch block.",
    facts: "3.6; 3.7", from: ["unwind"] },
  push: {
    rule: "A registration record is two words on the stack: the next record and the handler. fs:[0] points to the newest.",
    more: "fs:[0] is the first word of the thread's block (TEB). To link a record takes three instructions: push the handler, push fs:[0], store ESP to fs:[0].",
    facts: "1.2", from: ["teb", "stack", "pietrek"] },
  pop: {
    rule: "Whoever links a record takes it off again before leaving its frame: fs:[0] gets the record's first word.",
    more: "Nobody enforces it. A jump out of the frame that goes past the code which takes it off (longjmp without unwinding, a switch of stacks, Go's panic of 2014) leaves the record behind.",
    facts: "1.2", from: ["go"] },
  exposed: {
    rule: "Stack below ESP is dead: the next call or interrupt may write there. A record there is a promise that nobody keeps. The lab reports it when something relies on it.",
    more: "\"Not to pop the entry before returning creates a dangling pointer error: the list head points to a stack frame that no longer exists\", says the commit that repaired it in Go.",
    facts: "3.2 E1", from: ["go", "stack"], where: "docs/defects/README.md" },
  written: {
    rule: "Dead stack is used again. What is written over a record's second word is what dispatch will take for its handler.",
    more: "The first word is what it will take for the next record. The one who writes does nothing wrong: this memory is free to use.",
    facts: "", from: ["go"], where: "docs/defects/overwritten.md" },
  defect: {
    rule: "Exposure becomes a defect when something relies on the record: dispatch or unwinding visits it, a record is linked on top of it, the thread ends with it as head.",
    more: "Exposure alone is none: correct code passes through it, as Go's repaired runtime does for some instructions between giving the stack back and restoring fs:[0].",
    facts: "", from: ["go"], where: "docs/defects/README.md" },
  "thread-start": {
    rule: "fs points to the thread's block (TEB): fs:[0] is the newest record, fs:[4] and fs:[8] are the limits of the stack.",
    more: "FFFFFFFF in fs:[0] means that there is no record. fs:[4] is the high end of the stack, exclusive; fs:[8] its lowest committed address.",
    facts: "1.1", from: ["teb", "pietrek"] },
};

/** {text, source, more, from}; null where an event needs none. */
function ruleOf(event) {
  const rule = Object.hasOwn(kRules, event.kind) ? kRules[event.kind] : null;
  if (!rule) return null;
  const facts = rule.facts ? `${kFacts} ${rule.facts}` : "";
  return { text: rule.rule, more: rule.more, source: facts || rule.where,
    from: [...[facts, rule.where].filter(Boolean), ...rule.from] };
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
