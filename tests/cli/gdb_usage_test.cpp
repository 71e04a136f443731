// sehlab gdb and sehlab debug, called wrongly. Exit codes: docs/cli.md.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/cli/run_sehlab.hpp"

using namespace sehlab::cli_test;

TEST_CASE("A debugger is listened to on loopback only") {
  for (const char* address :
       {"0.0.0.0:0", "192.168.1.1:1234", "[::1]:0", "127.0.0.1", "127.0.0.1:x"}) {
    CAPTURE(address);
    const Ran ran = run_sehlab({"gdb", "--listen", address, guest("exit0.exe")});
    CHECK(ran.exit_code == 2);
    CHECK(says(ran.err, "^sehlab: gdb: "));
    CHECK(ran.out.empty());
    // The same behind the program, where it must not become an argument of the guest's.
    for (const auto& words : {std::vector<std::string>{"--listen", address, "--", "-x"},
                              std::vector<std::string>{std::string("--listen=") + address}}) {
      std::vector<std::string> command{"gdb", guest("exit0.exe")};
      command.insert(command.end(), words.begin(), words.end());
      CHECK(run_sehlab(command).err == ran.err);
    }
  }
}

TEST_CASE("sehlab gdb and debug name what they miss") {
  CHECK(run_sehlab({"gdb", guest("exit0.exe")}).exit_code == 2);
  CHECK(run_sehlab({"gdb", "--listen", "127.0.0.1:0"}).exit_code == 2);
  CHECK(run_sehlab({"gdb", "--listen", "127.0.0.1:0", "none.exe"}).exit_code == 127);
  const Ran misplaced = run_sehlab(
      {"gdb", guest("exit0.exe"), "--listen", "127.0.0.1:0", "--watch=report", "--", "word"});
  CHECK(misplaced.exit_code == 2);
  CHECK(says(misplaced.err, "--watch=report"));
  CHECK(run_sehlab({"debug"}).exit_code == 2);
  CHECK(run_sehlab({"debug", "none.exe"}).exit_code == 127);
  const Ran ran = run_sehlab({"debug", "--gdb", "/nonexistent/gdb", guest("exit0.exe")});
  CHECK(ran.exit_code == 125);
  CHECK(says(ran.err, "/nonexistent/gdb"));
}
