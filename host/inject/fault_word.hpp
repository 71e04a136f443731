// FaultWord: the exceptions that an injection can raise, by the words of specifications.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace sehlab::inject {

/// In the order of fault_words(). Which exception each is: raise.cpp.
enum class FaultWord : std::uint8_t {
  Read,
  Write,
  Execute,
  Guard,
  InPage,
  StackOverflow,
  GeneralProtection,
  Divide,
  Overflow,
  Into,
  Breakpoint,
  SingleStep,
  Illegal,
  Lock,
  Privileged,
  ArrayBounds,
  Misaligned,
  Assertion,
  FastFail,
  FloatInvalid,
  FloatDenormal,
  FloatDivide,
  FloatOverflow,
  FloatUnderflow,
  FloatInexact,
  FloatStackCheck,
  Sse,
  Code  ///< none of the words: any code, as a number
};

/// "read", "write", … without one for Code.
[[nodiscard]] std::span<const std::string_view> fault_words();
[[nodiscard]] std::optional<FaultWord> find_fault(std::string_view word);

/// It is an access of an address: `address` goes with it.
[[nodiscard]] bool has_address(FaultWord word);
/// Which access it is can be chosen: `access` goes with it.
[[nodiscard]] bool has_access(FaultWord word);

}  // namespace sehlab::inject
