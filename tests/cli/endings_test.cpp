// How programs end, and what the lab says and returns then. Exit codes are the design's ("Exit
// codes of `run`"); what Windows does in each case stands at the top of the guest's source in
// guest/cases/.
#include <doctest/doctest.h>

#include "tests/cli/run_sehlab.hpp"

namespace sehlab::cli_test {

namespace {

Ran run_guest(const std::string& name, std::vector<std::string> options = {}) {
  options.insert(options.begin(), "run");
  options.push_back(guest(name));
  Ran ran = run_sehlab(options);
  CHECK_FALSE(ran.timed_out);
  return ran;
}

}  // namespace

TEST_SUITE("cli") {
  TEST_CASE("the smallest program exits 0 and nobody says a word") {
    const Ran ran = run_guest("exit0.exe");
    CHECK(ran.exit_code == 0);
    CHECK(ran.out == "");
    CHECK(ran.err == "");
  }

  TEST_CASE("a call of a function that nobody provides ends the run and names DLL and function") {
    const Ran ran = run_guest("unknown_import.exe");
    CAPTURE(ran.err);
    CHECK(ran.exit_code == 125);
    CHECK(says(ran.err, "[A-Za-z0-9_]+(\\.dll)?![A-Za-z0-9_]+ is not modelled"));
    CHECK(says(ran.err, "called from"));
  }

  TEST_CASE("a guest that loops is stopped when its budget is spent, exit code 124") {
    const Ran ran = run_guest("loop.exe", {"--budget", "100000"});
    CAPTURE(ran.err);
    CHECK(ran.exit_code == 124);
    CHECK(says(ran.err, "budget"));
    CHECK(says(ran.err, "100[ ,]?000"));
  }

  TEST_CASE("a chain that cycles does not hang the lab: the budget ends it or the walk is named") {
    // RtlDispatchException follows Next as long as handlers decline and every record passes the
    // checks of its address; a record whose Next is itself passes them for ever.
    const Ran ran = run_guest("chain_cycle.exe", {"--budget", "5000000"});
    CAPTURE(ran.err);
    CHECK((ran.exit_code == 124 || ran.exit_code == 139));
    CHECK(ran.err != "");
  }

  TEST_CASE("a handler that returns 7 raises STATUS_INVALID_DISPOSITION, which nobody handles") {
    // ntstatus.h: STATUS_INVALID_DISPOSITION is 0xC0000026.
    const Ran ran = run_guest("handler_returns_7.exe");
    CAPTURE(ran.err);
    CHECK(ran.exit_code == 139);
    CHECK(says(ran.err, "[cC]0000026"));
  }

  TEST_CASE("a stack pointer to nowhere ends the process: no frame can be laid there") {
    // No room for the exception frame at ESP: the kernel ends the process, no handler is asked.
    const Ran ran = run_guest("esp_nowhere.exe");
    CAPTURE(ran.err);
    CHECK(ran.exit_code == 139);
    CHECK(says(ran.err, "[cC]0000005"));
    CHECK(says(ran.err, "stack"));
  }

  TEST_CASE("an unhandled exception is reported with its code, address and who was asked") {
    const Ran ran = run_guest("unhandled.exe");
    CAPTURE(ran.err);
    CHECK(ran.exit_code == 139);
    CHECK(says(ran.err, "unhandled exception [cC]0000005"));
    CHECK(says(ran.err, "unhandled(\\.exe)?!"));
    CHECK(says(ran.err, "vectored handlers"));
  }

  TEST_CASE("an overwritten record is refused, and the report says why") {
    const Ran ran = run_guest("overwritten_record.exe");
    CAPTURE(ran.err);
    CHECK(ran.exit_code == 139);
    CHECK(says(ran.err, "REFUSED"));
  }

  TEST_CASE("the watch turns a silent defect into exit code 1 of a program that ends well") {
    const Ran silent =
        run_sehlab({"run", "--watch=off", guest("go_buggy.exe"), "TestCallbackPanic"});
    CHECK(silent.exit_code == 0);
    const Ran fixed =
        run_sehlab({"run", "--watch=report", guest("go_fixed.exe"), "TestCallbackPanic"});
    CHECK(fixed.exit_code == 0);
  }

  TEST_CASE("programs that handle what they raise exit 0") {
    for (const std::string name : {"raise.exe", "nested_fault.exe", "stack_overflow.exe",
                                   "tls_callbacks.exe", "thread.exe"}) {
      CAPTURE(name);
      const Ran ran = run_guest(name);
      CAPTURE(ran.err);
      CHECK(ran.exit_code == 0);
    }
  }
}

}  // namespace sehlab::cli_test
