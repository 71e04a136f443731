// Small pieces of text that traces and reports share: addresses, counts, places, and strings of
// the guest made harmless for a line on a terminal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "emu/guest_addr.hpp"
#include "host/trace/event.hpp"

namespace sehlab::trace {

/// "0019fe94".
[[nodiscard]] std::string hex(std::uint32_t value);
[[nodiscard]] std::string hex(GuestAddr address);
/// "1 418 204".
[[nodiscard]] std::string grouped(std::uint64_t count);

/// The symbol, or the address in hexadecimal when it has none. Printable.
[[nodiscard]] std::string show(const Place& place);
/// The same without the image: "callbackasm1+0x0e".
[[nodiscard]] std::string show_short(const Place& place);
/// The function alone, with its image and without an offset: "go_buggy!callbackasm1".
[[nodiscard]] std::string show_function(const Place& place);
/// "go_buggy" of "go_buggy!deref+0x6"; empty when there is none.
[[nodiscard]] std::string_view image_part(std::string_view symbol);
/// "deref" of "go_buggy!deref+0x6".
[[nodiscard]] std::string_view function_part(std::string_view symbol);

/// The guest's bytes as one line of UTF-8: control characters, and bytes that are no UTF-8, are
/// written as \n, \t or \xNN, and the backslash as two. Cut after `most` bytes of input, with …
[[nodiscard]] std::string printable(std::string_view bytes, std::size_t most = 4096);
/// The same for text of the lab's own that may quote a guest or a file: backslashes stay.
[[nodiscard]] std::string harmless(std::string_view text);
/// Length in bytes of the well-formed UTF-8 sequence that `bytes` begins with; 0 if it begins
/// with none (Unicode 15, table 3-7).
[[nodiscard]] std::size_t utf8_sequence(std::string_view bytes);
/// Code points in well-formed UTF-8: the width that a line of ours takes on a terminal.
[[nodiscard]] std::size_t width(std::string_view text);
/// `text` with spaces appended up to that width.
[[nodiscard]] std::string padded(std::string text, std::size_t to);

}  // namespace sehlab::trace
