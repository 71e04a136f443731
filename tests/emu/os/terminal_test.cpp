// Whether a stream is a terminal: a pseudo-terminal is (POSIX, posix_openpt), a file is not.
#include "emu/os/terminal.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>

namespace sehlab::os {

TEST_SUITE("os") {
  TEST_CASE("a file is no terminal and has no columns") {
    std::FILE* file = std::tmpfile();
    REQUIRE(file != nullptr);
    CHECK_FALSE(is_terminal(file));
    CHECK_FALSE(terminal_columns(file));
    std::fclose(file);
  }

  TEST_CASE("a terminal is one, as wide as it says; one that says 0 does not say") {
    const int controlling = ::posix_openpt(O_RDWR | O_NOCTTY);
    if (controlling < 0 || ::grantpt(controlling) != 0 || ::unlockpt(controlling) != 0) {
      MESSAGE("skipped: no pseudo-terminals here");
      return;
    }
    std::FILE* terminal = std::fopen(::ptsname(controlling), "r+");
    REQUIRE(terminal != nullptr);
    CHECK(is_terminal(terminal));
    winsize size{};
    REQUIRE(::ioctl(controlling, TIOCSWINSZ, &size) == 0);
    CHECK_FALSE(terminal_columns(terminal));
    size.ws_col = 132;
    REQUIRE(::ioctl(controlling, TIOCSWINSZ, &size) == 0);
    CHECK(terminal_columns(terminal) == 132);
    std::fclose(terminal);
    ::close(controlling);
  }
}

}  // namespace sehlab::os
