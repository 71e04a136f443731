#include "host/lab/scenario_text.hpp"

#include <fmt/format.h>

#include <system_error>

#include "host/lab/run.hpp"

namespace sehlab::lab {

std::string toml_string(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      result += '\\';
      result += c;
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      result += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
    } else {
      result += c;
    }
  }
  return result + "\"";
}

std::string toml_array(std::span<const std::string> texts) {
  std::string result;
  for (const std::string& text : texts) result += (result.empty() ? "" : ", ") + toml_string(text);
  return "[" + result + "]";
}

std::string guest_name(const std::filesystem::path& program) {
  std::error_code error;
  const auto own = system_folder() / program.filename();
  if (std::filesystem::equivalent(own, program, error)) return program.filename().generic_string();
  return std::filesystem::absolute(program, error).generic_string();
}

}  // namespace sehlab::lab
