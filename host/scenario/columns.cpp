#include "host/scenario/columns.hpp"

#include <algorithm>

#include "host/trace/plain.hpp"

namespace sehlab::scenario {
namespace {

/// Appends `piece` to the last line, or begins another.
void place(const std::string& piece, std::string_view between, std::size_t width,
           std::vector<std::string>& lines) {
  if (lines.empty()) {
    lines.push_back(piece);
  } else if (trace::width(lines.back()) + trace::width(between) + trace::width(piece) > width) {
    lines.back() += between.substr(0, between.find(' '));
    lines.push_back(piece);
  } else {
    lines.back() += std::string(between) + piece;
  }
}

/// Where the code point number `count` begins.
std::size_t offset_of(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    const bool begins = (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
    if (begins && count-- == 0) break;
  }
  return at;
}

}  // namespace

std::vector<std::string> wrapped(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t space = std::min(text.find(' '), text.size());
    if (space != 0) place(std::string(text.substr(0, space)), " ", width, lines);
    text.remove_prefix(std::min(space + 1, text.size()));
  }
  if (lines.empty()) lines.emplace_back();
  return lines;
}

std::vector<std::string> listed(const std::vector<std::string>& elements, std::size_t width) {
  std::vector<std::string> lines;
  // One column is kept for the comma at a line's end.
  for (const std::string& element : elements) place(element, ", ", width - 1, lines);
  if (lines.empty()) lines.emplace_back();
  return lines;
}

std::string cut(std::string_view text, std::size_t width, bool keep_end) {
  const std::size_t all = trace::width(text);
  if (all <= width || width == 0) return std::string(text);
  if (keep_end) return "…" + std::string(text.substr(offset_of(text, all - width + 1)));
  return std::string(text.substr(0, offset_of(text, width - 1))) + "…";
}

}  // namespace sehlab::scenario
