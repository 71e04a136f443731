// The glossary: every word that a trace, a report or a scenario uses for a status, a flag, a
// disposition, a check or a defect, in plain words and with its source.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace sehlab::report {

/// What kind of word an entry explains.
enum class WordKind : std::uint8_t { Status, Flag, Disposition, Check, Defect };
/// "status", "flag", "disposition", "check", "defect".
[[nodiscard]] std::string_view word_kind_name(WordKind kind);

struct GlossaryEntry {
  WordKind kind = WordKind::Status;
  std::string_view word;               ///< "STATUS_ACCESS_VIOLATION", "handler-on-stack"
  std::optional<std::uint32_t> value;  ///< of a status, a flag or a disposition
  std::string_view text;               ///< a paragraph
  std::string_view source;
};

/// All entries, kind by kind.
[[nodiscard]] std::span<const GlossaryEntry> glossary();

/// The entries that a person means by `word`: the word itself, in any case, with or without
/// "STATUS_", "EXCEPTION_" or "Exception"; or a number, as C writes it or in hex digits alone.
/// Several when one word or number means several things.
[[nodiscard]] std::vector<const GlossaryEntry*> look_up(std::string_view word);

// The parts of the glossary, a file each.
[[nodiscard]] std::span<const GlossaryEntry> status_entries();
[[nodiscard]] std::span<const GlossaryEntry> dispatch_entries();
[[nodiscard]] std::span<const GlossaryEntry> check_entries();

}  // namespace sehlab::report
