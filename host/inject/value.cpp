#include "host/inject/value.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <system_error>

#include "host/trace/plain.hpp"

namespace sehlab::inject {
namespace {

constexpr std::array<std::string_view, 10> kRegisters = {"eax", "ecx", "edx", "ebx", "esp",
                                                         "ebp", "esi", "edi", "eip", "eflags"};

/// Takes "+0x10" or "-4" off the end of `text`; 0 when there is none. What stands before it must
/// not be empty.
std::uint32_t take_offset(std::string_view& text) {
  const std::size_t sign = text.find_last_of("+-");
  if (sign == text.npos || sign == 0) return 0;
  const auto number = parse_number(text.substr(sign + 1));
  if (!number || text[sign + 1] == '-') return 0;
  const std::uint32_t offset = text[sign] == '-' ? 0u - *number : *number;
  text = text.substr(0, sign);
  return offset;
}

}  // namespace

std::span<const std::string_view> register_names() {
  return kRegisters;
}

std::optional<Register> find_register(std::string_view name) {
  const auto found = std::ranges::find(kRegisters, name);
  if (found == kRegisters.end()) return std::nullopt;
  return static_cast<Register>(found - kRegisters.begin());
}

std::uint32_t& in(emu::GeneralRegisters& r, Register which) {
  const std::array all = {&r.eax, &r.ecx, &r.edx, &r.ebx, &r.esp,
                          &r.ebp, &r.esi, &r.edi, &r.eip, &r.eflags};
  return *all.at(static_cast<std::size_t>(which));
}

std::optional<std::uint64_t> parse_count(std::string_view text) {
  const bool hex = text.starts_with("0x") || text.starts_with("0X");
  if (hex) text.remove_prefix(2);
  std::uint64_t value = 0;
  const char* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, value, hex ? 16 : 10);
  if (text.empty() || parsed.ec != std::errc{} || parsed.ptr != end) return std::nullopt;
  return value;
}

std::optional<std::uint32_t> parse_number(std::string_view text) {
  const bool negative = text.starts_with('-');
  const auto value = parse_count(negative ? text.substr(1) : text);
  const std::uint64_t most =
      negative ? std::uint64_t{1} << 31 : std::numeric_limits<std::uint32_t>::max();
  if (!value || *value > most) return std::nullopt;
  const auto word = static_cast<std::uint32_t>(*value);
  return negative ? 0u - word : word;
}

Result<Value> parse_value(std::string_view text) {
  const auto refuse = [&](const char* what) {
    return fail("", "\"" + trace::printable(text, 100) + "\" is " + what);
  };
  Value value;
  if (const auto number = parse_number(text)) {
    value.offset = *number;
    return value;
  }
  std::string_view base = text;
  value.offset = take_offset(base);
  if (const auto number = parse_number(base)) {
    value.offset += *number;
    return value;
  }
  if (const auto which = find_register(base)) {
    value.base = *which;
    return value;
  }
  const std::size_t bang = base.find('!');
  // "7z!Parse" is a name.
  const bool a_number = base.empty() || (bang == base.npos && (base[0] >= '0' && base[0] <= '9')) ||
                        base[0] == '-' || base[0] == '+';
  if (a_number) return refuse("no number of 32 bits, decimal or with 0x hexadecimal");
  Name name;
  if (bang != base.npos) name.image = base.substr(0, bang);
  name.symbol = bang == base.npos ? base : base.substr(bang + 1);
  if (name.symbol.empty() || bang == 0) return refuse("no IMAGE!SYMBOL");
  value.base = std::move(name);
  return value;
}

}  // namespace sehlab::inject
