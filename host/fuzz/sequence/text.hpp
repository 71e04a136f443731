// The text form of sequences: a line an operation, its name and then words for its operands.
//
//   # A record's handler goes on behind the fault.
//   RECORD CONTINUE
//     FAULT READ
//   END
//
// Names are those of guest/include/lab/sequence.h without their prefixes. Words stand for the
// operands that the operation has, in order (TRY_EXCEPT's are its filter and whether its block runs
// operations: "TRY_EXCEPT EXECUTE STEPS"); those left out are 0. A number of 0 to 255, also 0x..,
// is the byte itself, and "b=7" sets one by its letter, used or not. "OP 61 1 2 3" is any four
// bytes. What follows # is a comment; indentation and empty lines are free.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "emu/result.hpp"
#include "host/fuzz/sequence/grammar.hpp"

namespace sehlab::fuzz::sequence {

/// The sequence's bytes. An Error names the line ("where:3") and the word; more operations than
/// LAB_SEQ_MOST_OPS are one, too.
[[nodiscard]] Result<std::vector<std::uint8_t>> parse_text(std::string_view text,
                                                           std::string_view where);

/// One operation, without a line's end.
[[nodiscard]] std::string text_of(const RawOp& op);

enum class Numbers : std::uint8_t { Without, With };

/// All operations, which parse_text gives back byte by byte; what is no part of any is a comment.
/// Indented as the outline has them. With numbers: each line's comment is the operation's number,
/// which ids in logs and findings are.
[[nodiscard]] std::string text_of(std::span<const std::uint8_t> bytes, World begins_in,
                                  Numbers numbers = Numbers::Without);

}  // namespace sehlab::fuzz::sequence
