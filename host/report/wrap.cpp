#include "host/report/wrap.hpp"

#include "host/trace/plain.hpp"

namespace sehlab::report {

namespace {

/// The first space that a line may end at.
std::size_t breaking_space(std::string_view text) {
  const auto digit = [text](std::size_t i) {
    return i < text.size() && text[i] >= '0' && text[i] <= '9';
  };
  std::size_t space = text.find(' ');
  while (space != std::string_view::npos && space > 0 && digit(space - 1) && digit(space + 1)) {
    space = text.find(' ', space + 1);
  }
  return space;
}

}  // namespace

std::vector<std::string> wrap(std::string_view text, std::size_t columns) {
  std::vector<std::string> lines(1);
  while (!text.empty()) {
    const std::size_t space = breaking_space(text);
    const std::string_view word = text.substr(0, space);
    std::string& line = lines.back();
    if (line.empty()) {
      line = word;
    } else if (trace::width(line) + 1 + trace::width(word) <= columns) {
      line += ' ';
      line += word;
    } else {
      lines.emplace_back(word);
    }
    if (space == std::string_view::npos) break;
    text.remove_prefix(space + 1);
  }
  return lines;
}

std::string indented(std::string_view text, std::size_t indent, std::size_t columns) {
  std::string block;
  for (const std::string& line : wrap(text, columns > indent ? columns - indent : 1)) {
    block += std::string(indent, ' ') + line + '\n';
  }
  return block;
}

}  // namespace sehlab::report
