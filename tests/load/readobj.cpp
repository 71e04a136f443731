#include "readobj.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <memory>

namespace sehlab::load_tests {

std::optional<std::vector<std::string>> output_of(const std::string& command) {
  FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return std::nullopt;
  std::string text;
  std::array<char, 4096> buffer{};
  for (std::size_t n = 0; (n = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
    text.append(buffer.data(), n);
  }
  if (::pclose(pipe) != 0) return std::nullopt;
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    const auto first = std::min(text.find_first_not_of(' ', at), end);
    lines.push_back(text.substr(first, end - first));
    at = end + 1;
  }
  return lines;
}

std::optional<std::vector<ReadobjLine>> readobj(const std::string& options,
                                                const std::string& image_path) {
  std::optional<std::vector<std::string>> lines;
  for (const char* tool : {"llvm-readobj-14", "llvm-readobj-19", "llvm-readobj"}) {
    lines = output_of(std::string(tool) + " " + options + " '" + image_path + "' 2>/dev/null");
    if (lines) break;
  }
  if (!lines) return std::nullopt;
  std::vector<ReadobjLine> pairs;
  for (const std::string& line : *lines) {
    const auto colon = line.find(':');
    if (colon == std::string::npos) {
      pairs.push_back({line, ""});
    } else {
      const auto value = line.find_first_not_of(' ', colon + 1);
      pairs.push_back(
          {line.substr(0, colon), value == std::string::npos ? "" : line.substr(value)});
    }
  }
  return pairs;
}

std::uint32_t number_in(const std::string& value) {
  const auto open = value.rfind('(');
  const std::string digits = open == std::string::npos ? value : value.substr(open + 1);
  return static_cast<std::uint32_t>(std::strtoul(digits.c_str(), nullptr, 0));
}

}  // namespace sehlab::load_tests
