// Names and short phrases for the numbers in events, as text traces, JSON and reports print
// them. Explanations of a paragraph are in host/report/words.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "host/trace/event.hpp"

namespace sehlab::trace {

/// "access violation" for C0000005; empty for a code without a name here.
[[nodiscard]] std::string_view status_words(std::uint32_t code);
/// "STATUS_ACCESS_VIOLATION"; empty when unknown.
[[nodiscard]] std::string_view status_name(std::uint32_t code);

/// "handler-not-executable".
[[nodiscard]] std::string_view refusal_name(Refusal why);
[[nodiscard]] std::optional<Refusal> find_refusal(std::string_view name);
/// "the handler is in no executable page".
[[nodiscard]] std::string_view refusal_words(Refusal why);

/// "ContinueExecution", …; empty when EXCEPTION_DISPOSITION has no such value.
[[nodiscard]] std::string_view disposition_name(std::uint32_t value);

/// "exited", "unhandled", "budget", "unmodelled", "stopped".
[[nodiscard]] std::string_view end_name(EndKind kind);
[[nodiscard]] std::optional<EndKind> find_end(std::string_view name);

/// "read of 00000000": what an access violation or its kin was about; empty for others.
[[nodiscard]] std::string access_words(const FaultRaised& fault);
/// "read of 00000000 at go_buggy!deref+0x6 (access violation C0000005)": what was raised, where.
[[nodiscard]] std::string fault_words(const FaultRaised& fault);
/// The same without the place: "read of 00000000 (access violation C0000005)".
[[nodiscard]] std::string fault_cause(const FaultRaised& fault);

}  // namespace sehlab::trace
