// What must hold of every input of a target. An engine keeps the input of one that does not, and
// tells findings apart by the function that stopped: so each property is looked at in a function
// that is named after it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <span>
#include <string>
#include <string_view>

namespace sehlab::fuzzing {

/// Says which property does not hold, and of what, and stops. A trap and not abort(): an emulated
/// machine takes SIGABRT for its engine's.
[[noreturn]] inline void broken(const char* property, std::string_view detail) {
  std::fprintf(stderr, "property does not hold: %s\n%.*s\n", property,
               static_cast<int>(detail.size()), detail.data());
  __builtin_trap();
}

/// `detail` is for whoever reads the finding.
inline void holds(bool condition, const char* property, std::string_view detail = {}) {
  if (!condition) broken(property, detail);
}

[[nodiscard]] inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}
[[nodiscard]] inline std::span<const std::byte> bytes_of(const std::uint8_t* data,
                                                         std::size_t size) {
  return std::as_bytes(std::span(data, size));
}

}  // namespace sehlab::fuzzing
