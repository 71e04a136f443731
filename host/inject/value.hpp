// Value: a number in a specification of an injection that may depend on where images lie and on
// what registers hold: `0x10`, `-1`, `go_fixed!probe+4`, `user32+0x1000`, `esp-8`.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "emu/registers.hpp"
#include "emu/result.hpp"

namespace sehlab::inject {

/// Index into register_names().
enum class Register : std::uint8_t { Eax, Ecx, Edx, Ebx, Esp, Ebp, Esi, Edi, Eip, Eflags };

/// "eax", … "eflags", in the order of Register.
[[nodiscard]] std::span<const std::string_view> register_names();
[[nodiscard]] std::optional<Register> find_register(std::string_view name);
[[nodiscard]] std::uint32_t& in(emu::GeneralRegisters& registers, Register which);

/// A place that a name stands for. With an image: one of its symbols. Without: a symbol of the
/// program, or an image, which stands for its base.
struct Name {
  std::string image;
  std::string symbol;
  bool operator==(const Name&) const = default;
  [[nodiscard]] std::string text() const { return image.empty() ? symbol : image + "!" + symbol; }
};

struct Value {
  std::variant<std::monostate, Name, Register> base{};
  std::uint32_t offset = 0;
  bool operator==(const Value&) const = default;
};

/// A whole number, decimal or with 0x hexadecimal; nullopt: it is none, or has more than 64 bits.
[[nodiscard]] std::optional<std::uint64_t> parse_count(std::string_view text);
/// The same of 32 bits; -1 is 0xffffffff.
[[nodiscard]] std::optional<std::uint32_t> parse_number(std::string_view text);
/// The Error has no `where`.
[[nodiscard]] Result<Value> parse_value(std::string_view text);

}  // namespace sehlab::inject
