// What llvm-readobj says of an image: another implementation to compare ours with.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sehlab::load_tests {

/// Output lines of a command, leading spaces removed; nullopt when it cannot be run or fails.
[[nodiscard]] std::optional<std::vector<std::string>> output_of(const std::string& command);

/// "Key: value" lines, in order.
struct ReadobjLine {
  std::string key, value;
};

/// `llvm-readobj OPTIONS image`; empty optional when LLVM's tools are not installed.
[[nodiscard]] std::optional<std::vector<ReadobjLine>> readobj(const std::string& options,
                                                              const std::string& image_path);

/// "0x1F", "31" and "Foo (0x1F)" as a number.
[[nodiscard]] std::uint32_t number_in(const std::string& value);

}  // namespace sehlab::load_tests
