#include "host/cli/console.hpp"

#include <cstdlib>

#include "emu/os/terminal.hpp"

namespace sehlab::cli {

report::Style style_of(std::FILE* stream) {
  const char* no_color = std::getenv("NO_COLOR");
  const bool wanted = no_color == nullptr || *no_color == '\0';
  return {wanted && os::is_terminal(stream)};
}

int complain(const std::string& what, int code) {
  std::fputs(("sehlab: " + what + "\n").c_str(), stderr);
  return code;
}

}  // namespace sehlab::cli
