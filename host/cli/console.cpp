#include "host/cli/console.hpp"

#include <unistd.h>

#include <cstdlib>

namespace sehlab::cli {

report::Style style_of(std::FILE* stream) {
  const char* no_color = std::getenv("NO_COLOR");
  const bool wanted = no_color == nullptr || *no_color == '\0';
  return {wanted && isatty(fileno(stream)) != 0};
}

int complain(const std::string& what, int code) {
  std::fputs(("sehlab: " + what + "\n").c_str(), stderr);
  return code;
}

}  // namespace sehlab::cli
