#include "host/scenario/xml.hpp"

#include "host/trace/plain.hpp"

namespace sehlab::scenario {

std::string xml(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::size_t length = trace::utf8_sequence(text);
    const std::string_view sequence = text.substr(0, length == 0 ? 1 : length);
    const char c = text[0];
    const bool control =
        length == 1 && static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t';
    const bool forbidden = sequence == "\xEF\xBF\xBE" || sequence == "\xEF\xBF\xBF";
    if (length == 0 || control || forbidden) {
      result += "\xEF\xBF\xBD";
    } else if (c == '&') {
      result += "&amp;";
    } else if (c == '<') {
      result += "&lt;";
    } else if (c == '>') {
      result += "&gt;";
    } else if (c == '"') {
      result += "&quot;";
    } else if (c == '\n') {
      result += "&#10;";
    } else {
      result += sequence;
    }
    text.remove_prefix(sequence.size());
  }
  return result;
}

}  // namespace sehlab::scenario
