#include "host/cli/roff.hpp"

namespace sehlab::cli {
namespace {

std::string escaped(std::string_view text, bool verbatim) {
  std::string out;
  bool line_begins = true;
  for (const char letter : text) {
    if (line_begins && (letter == '.' || letter == '\'')) out += "\\&";
    line_begins = letter == '\n';
    if (letter == '\\') {
      out += "\\e";
    } else if (verbatim && letter == '-') {
      out += "\\-";
    } else if (verbatim && letter == '\'') {
      out += "\\(aq";
    } else if (verbatim && letter == '`') {
      out += "\\(ga";
    } else if (verbatim && letter == '^') {
      out += "\\(ha";
    } else if (verbatim && letter == '~') {
      out += "\\(ti";
    } else {
      out += letter;
    }
  }
  return out;
}

}  // namespace

std::string roff_text(std::string_view text) {
  return escaped(text, false);
}
std::string roff_code(std::string_view text) {
  return escaped(text, true);
}

}  // namespace sehlab::cli
