// The command line itself: what is asked wrongly is refused with exit code 2, on standard error
// (design: "0 as expected, 1 something failed, 2 bad input or usage").
#include <doctest/doctest.h>

#include "tests/cli/run_sehlab.hpp"

namespace sehlab::cli_test {

TEST_SUITE("cli") {
  TEST_CASE("--version prints the version on standard output and ends with 0") {
    const Ran ran = run_sehlab({"--version"});
    CHECK(ran.exit_code == 0);
    CHECK(
        says(ran.out, "^sehlab [0-9]+\\.[0-9]+\\.[0-9]+\n"));  // tests/package/version.sh has which
    CHECK(ran.err == "");
  }

  TEST_CASE("--help names every command on standard output and ends with 0") {
    const Ran ran = run_sehlab({"--help"});
    CHECK(ran.exit_code == 0);
    for (const char* command : {"demo", "run", "test"}) {
      CAPTURE(command);
      CHECK(says(ran.out, std::string("(^|\n) +") + command));
    }
    CHECK(ran.err == "");
  }

  TEST_CASE("a call without a command is a usage error") {
    const Ran ran = run_sehlab({});
    CHECK(ran.exit_code == 2);
    CHECK(ran.out == "");
    CHECK(ran.err != "");
  }

  TEST_CASE("an unknown command is a usage error that names it") {
    const Ran ran = run_sehlab({"frobnicate"});
    CHECK(ran.exit_code == 2);
    CHECK(ran.out == "");
    CHECK(says(ran.err, "frobnicate"));
  }

  TEST_CASE("an unknown option is a usage error that names it") {
    for (const std::string command : {"run", "test", "demo"}) {
      CAPTURE(command);
      const Ran ran = run_sehlab({command, "--no-such-option"});
      CHECK(ran.exit_code == 2);
      CHECK(ran.out == "");
      CHECK(says(ran.err, "--no-such-option"));
    }
  }

  TEST_CASE("run without a program is a usage error that says what is missing") {
    const Ran ran = run_sehlab({"run"});
    CHECK(ran.exit_code == 2);
    CHECK(ran.out == "");
    CHECK(says(ran.err, "PROGRAM"));
  }

  TEST_CASE("a value that an option does not take is a usage error that names it") {
    const std::string program = guest("exit0.exe");
    const std::vector<std::vector<std::string>> wrong{
        {"run", "--trace=xml", program},      {"run", "--watch=loudly", program},
        {"run", "--budget", "many", program}, {"run", "--budget", "-1", program},
        {"run", "--seed", "0x", program},     {"run", "--profile", "windows-95", program}};
    const std::vector<std::string> named{"xml", "loudly", "many", "-1", "0x", "windows-95"};
    for (std::size_t i = 0; i < wrong.size(); ++i) {
      CAPTURE(named[i]);
      const Ran ran = run_sehlab(wrong[i]);
      CHECK(ran.exit_code == 2);
      CHECK(ran.out == "");
      CHECK(says(ran.err, named[i]));
    }
  }

  TEST_CASE("options after the program belong to the program") {
    // exit0.exe looks at no argument and exits 0.
    const Ran ran = run_sehlab({"run", guest("exit0.exe"), "--no-such-option", "-x"});
    CHECK(ran.exit_code == 0);
    CHECK(ran.err == "");
  }

  TEST_CASE("an output file that cannot be written is named before the program runs") {
    const Ran ran = run_sehlab(
        {"run", "--trace=text", "-o", "/nonexistent/folder/trace.txt", guest("exit0.exe")});
    CHECK(ran.exit_code == 2);
    CHECK(says(ran.err, "/nonexistent/folder/trace\\.txt"));
  }

  TEST_CASE("test with a path that does not exist is bad input that names it") {
    const Ran ran = run_sehlab({"test", "/nonexistent/scenario.toml"});
    CHECK(ran.exit_code == 2);
    CHECK(says(ran.err, "/nonexistent/scenario\\.toml"));
  }
}

}  // namespace sehlab::cli_test
