// The glossary's entries that this trace needs: the texts of `sehlab explain`.

class Words {
  constructor(entries) {
    this.entries = entries;
  }
  named(word) {
    return this.entries.find((entry) => entry.word === word) || null;
  }
  /** All names of a status: one number may have several. */
  status(value) {
    return this.entries.filter((entry) => entry.kind === "status" && entry.value === value);
  }
  statusName(value) {
    const [first] = this.status(value);
    return first ? first.word : "";
  }
  /** "access violation C0000005". */
  statusWords(value) {
    const name = this.statusName(value).replace(/^STATUS_|^EXCEPTION_/, "").toLowerCase();
    return `${name ? name.replaceAll("_", " ") : "exception"} ${code(value)}`;
  }
  flags(value) {
    return this.entries.filter((entry) =>
      entry.kind === "flag" && (Math.floor(value / entry.value) & 1) === 1);
  }
  disposition(value, ofVectored) {
    return this.entries.find((entry) => entry.kind === "disposition" && entry.value === value &&
      entry.word.startsWith("EXCEPTION_") === ofVectored) || null;
  }
}

/** An entry that opens to its text and its source. */
function explained(entry, open = false) {
  return make("details", { class: "word", open },
    make("summary", {}, entry.word,
      make("span", { class: "value" }, entry.value === null ? "" : ` ${code(entry.value)}`)),
    make("p", {}, entry.text),
    sourceLine(...sourcesOf(entry), `sehlab explain ${entry.word}`));
}
