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

std::string_view roff_fallbacks() {
  // groff(7), "fchar": the second word where the font has no such character; others ignore it.
  return ".fchar \\[u2026] ...\n.fchar \\[u2190] <-\n.fchar \\[u2192] ->\n"
         ".fchar \\[u251C] |\n.fchar \\[u2502] |\n.fchar \\[u2514] `\n"
         ".fchar \\[u25B6] >\n.fchar \\[u2713] +\n.fchar \\[u2717] x\n";
}

}  // namespace sehlab::cli
