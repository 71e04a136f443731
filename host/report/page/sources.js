// Where the rules are written down. A link leads to a public page and is followed only by whoever
// asks for it; the report needs none of them.

const kLearn = "https://learn.microsoft.com/en-us/";
const kSources = {
  seh: ["Microsoft, Structured Exception Handling", `${kLearn}windows/win32/debug/structured-exception-handling`],
  frame: ["Microsoft, Frame-based Exception Handling", `${kLearn}windows/win32/debug/frame-based-exception-handling`],
  vectored: ["Microsoft, Vectored Exception Handling", `${kLearn}windows/win32/debug/vectored-exception-handling`],
  record: ["Microsoft, EXCEPTION_RECORD", `${kLearn}windows/win32/api/winnt/ns-winnt-exception_record`],
  context: ["Microsoft, CONTEXT", `${kLearn}windows/win32/api/winnt/ns-winnt-context`],
  teb: ["Microsoft, TEB", `${kLearn}windows/win32/api/winternl/ns-winternl-teb`],
  unwind: ["Microsoft, RtlUnwind", `${kLearn}windows/win32/api/winnt/nf-winnt-rtlunwind`],
  filter: ["Microsoft, UnhandledExceptionFilter",
    `${kLearn}windows/win32/api/errhandlingapi/nf-errhandlingapi-unhandledexceptionfilter`],
  safeseh: ["Microsoft, /SAFESEH", `${kLearn}cpp/build/reference/safeseh-image-has-safe-exception-handlers`],
  sehop: ["MSRC, Preventing the exploitation of SEH overwrites with SEHOP, 2009",
    "https://msrc.microsoft.com/blog/2009/02/preventing-the-exploitation-of-structured-exception-handler-seh-overwrites-with-sehop/"],
  status: ["Microsoft, [MS-ERREF] NTSTATUS values",
    `${kLearn}openspecs/windows_protocols/ms-erref/596a1078-e883-4972-9bbc-49e60bebca55`],
  go: ["Go commit 1249d3a", "https://github.com/golang/go/commit/1249d3a518169213535f92a0ab23b494013a55a8"],
  pietrek: ["Pietrek, A Crash Course on the Depths of Win32 Structured Exception Handling, MSJ, January 1997", ""],
  interrupts: ["Intel SDM, volume 3A, Interrupt and Exception Handling", ""],
  stack: ["Intel SDM, volume 1, Procedure Calls, Interrupts, and Exceptions", ""],
};

/** The sources' names, those that are public as links; text among them stays text. */
function sourceLine(...sources) {
  const parts = sources.flatMap((source) => {
    const [text, url] = kSources[source] || [source, ""];
    return ["  ·  ", url ? make("a", { href: url, rel: "noreferrer", target: "_blank" }, text) : text];
  });
  return make("p", { class: "source" }, "Source: ", ...parts.slice(1));
}

/** Of an entry of the glossary: its own source, and the public page where the header's words are. */
function sourcesOf(entry) {
  const page = entry.source.startsWith("ntstatus.h") ? ["status"] :
    entry.source.startsWith("winnt.h") && entry.kind === "flag" ? ["record"] :
    /3\.2 D/.test(entry.source) ? ["sehop"] : /3\.3/.test(entry.source) ? ["safeseh"] : [];
  return [entry.source, ...page];
}
