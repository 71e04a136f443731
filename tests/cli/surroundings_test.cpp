// What a lab finds around it: another locale, no home, no place to write, no room for what it says.
// Expectations: the exit codes of docs/cli.md; POSIX of closed descriptors; full(4).
#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/cli/run_sehlab.hpp"

namespace sehlab::cli_test {

namespace {

namespace fs = std::filesystem;

/// A line for the shell; "$0" is the program, "$1" the folder of the guest images, "$2" a scratch
/// folder, which is the current one. Its exit code; what is said goes to files there.
int shell(const Scratch& scratch, const std::string& line) {
  const std::string quoted = "cd '" + scratch.path(".") + "' && sh -c '" + line + "' '" +
                             SEHLAB_BINARY_DIR "/bin/sehlab' '" SEHLAB_BINARY_DIR "/guest' '" +
                             scratch.path(".") + "' 2>err";
  const int status = std::system(quoted.c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

std::string said(const Scratch& scratch) {
  return read_file(scratch.path("err"));
}

/// Commands that print something, each as the shell is told.
const std::vector<std::string>& printing() {
  static const std::vector<std::string> kLines{
      "--help",
      "--version",
      "run --help",
      "explain dangling",
      "explain profile windows-7",
      "learn",
      "completions bash",
      "manual",
      "test \"" SEHLAB_SOURCE_DIR "/fixtures/scenarios/cases/execute-flags.toml\"",
      "demo",
      "sweep --window 1..3 --fault read \"$1\"/unhandled.exe"};
  return kLines;
}

}  // namespace

TEST_SUITE("cli") {
  TEST_CASE("what cannot be printed is said to be so, and is no success") {
    const Scratch scratch;
    for (const std::string& line : printing()) {
      CAPTURE(line);
      CHECK(shell(scratch, "\"$0\" " + line + " >/dev/full") == 125);
      CHECK(says(said(scratch), "standard output cannot be written"));
      CHECK(shell(scratch, "\"$0\" " + line + " >&-") == 125);
    }
  }

  TEST_CASE("a guest's output that goes nowhere is said to be so, and is no success") {
    const Scratch scratch;
    CHECK(shell(scratch, "\"$0\" run \"$1\"/load_named.exe >/dev/full") == 125);
    CHECK(says(said(scratch), "the program's standard output cannot be written"));
    CHECK(shell(scratch, "\"$0\" run \"$1\"/load_named.exe >&-") == 125);
    CHECK(shell(scratch, "\"$0\" run \"$1\"/exit0.exe >/dev/full") == 0);  // it prints nothing
  }

  TEST_CASE("files are not taken for standard streams that are closed") {
    const Scratch scratch;
    const std::string run = "\"$0\" run --trace=jsonl -o t --result r --record c ";
    CHECK(shell(scratch, run + "\"$1\"/load_named.exe <&- >/dev/null 2>&-") == 0);
    const std::string trace = read_file(scratch.path("t"));
    CHECK(trace.find("\nthe program is") ==
          trace.npos);  // as an event of the trace it may be there
    CHECK(shell(scratch, run + "\"$1\"/load_named.exe <&- >&- 2>&-") == 125);
    CHECK(read_file(scratch.path("t")) == trace);
  }

  TEST_CASE("each file that cannot be written is named, and the exit code says so") {
    const Scratch scratch;
    for (const std::string option : {"--trace -o", "--result", "--record", "--report"}) {
      CAPTURE(option);
      // Those of the others are opened before the program runs: a wrong command line.
      const int cannot_be_made = option == "--result" ? 125 : 2;
      CHECK(shell(scratch, "\"$0\" run " + option + " /dev/full \"$1\"/unhandled.exe") == 125);
      CHECK(shell(scratch, "\"$0\" run " + option + " \"$2\"/no/such \"$1\"/exit0.exe") ==
            cannot_be_made);
      CHECK(says(said(scratch), "cannot write .*/no/such"));
    }
  }

  TEST_CASE("without a home, without a variable at all, everything but a home's folder works") {
    const Scratch scratch;
    CHECK(shell(scratch, "env -i \"$0\" run \"$1\"/exit0.exe") == 0);
    CHECK(shell(scratch, "env -i \"$0\" demo >/dev/null") == 0);
    CHECK(shell(scratch, "env -i \"$0\" learn 1 --reveal >/dev/null") == 0);
    CHECK(shell(scratch, "env -i \"$0\" learn 1 --edit") == 2);
    CHECK(says(said(scratch), "HOME is not set"));
    CHECK(shell(scratch, "env -i \"$0\" learn 1 --edit here >/dev/null") == 0);
  }

  TEST_CASE("another locale changes no output") {
    const Scratch scratch;
    const std::string run =
        " \"$0\" run --trace=jsonl -o \"$2\"/NAME --result \"$2\"/NAME.r \"$1\"/unhandled.exe "
        "2>NAME.e";
    std::vector<std::string> all;
    // Those that are not installed are no locale to the C library, which then is as without one.
    for (const std::string locale : {"C", "C.UTF-8", "de_DE.UTF-8", "tr_TR.UTF-8", "xx_YY"}) {
      std::string line = "LC_ALL=" + locale + " LANG=" + locale + " LANGUAGE=de" + run;
      for (std::size_t at = line.find("NAME"); at != line.npos; at = line.find("NAME"))
        line.replace(at, 4, locale);
      CHECK(shell(scratch, line) == 139);
      all.push_back(read_file(scratch.path(locale)) + read_file(scratch.path(locale + ".r")) +
                    read_file(scratch.path(locale + ".e")));
      CHECK(all.back() == all.front());
      CHECK(all.back().size() > 1000);
    }
  }

  TEST_CASE("a TMPDIR that is not there stops only what needs one, and says so") {
    const Scratch scratch;
    CHECK(shell(scratch, "TMPDIR=/no/such \"$0\" run \"$1\"/exit0.exe") == 0);
    CHECK(shell(scratch, "TMPDIR=/no/such \"$0\" demo >/dev/null") == 0);
    CHECK(shell(scratch,
                "\"$0\" learn 1 --edit here >/dev/null && TMPDIR=/no/such \"$0\" learn 1 --check "
                "here") == 2);
    CHECK(says(said(scratch), "/no/such: there is no folder for temporary files"));
  }

  TEST_CASE("nothing is written beside what was asked for: the current folder may be read only") {
    if (::geteuid() == 0) {
      // Root may write everywhere: what is looked at is that nobody tried.
      const Scratch scratch;
      for (const std::string line : {"run \"$1\"/unhandled.exe", "demo", "explain dangling"}) {
        CAPTURE(line);
        static_cast<void>(shell(scratch, "\"$0\" " + line + " >/dev/null"));
        for (const auto& entry : fs::directory_iterator(scratch.path("."))) {
          CHECK(entry.path().filename() == "err");
        }
      }
      return;
    }
    const Scratch scratch;
    fs::create_directory(scratch.path("closed"));
    fs::permissions(scratch.path("closed"), fs::perms::owner_read | fs::perms::owner_exec);
    CHECK(shell(scratch, "cd closed && \"$0\" run \"$1\"/exit0.exe") == 0);
    CHECK(shell(scratch, "cd closed && \"$0\" demo >/dev/null") == 0);
  }
}

}  // namespace sehlab::cli_test
