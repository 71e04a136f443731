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
    CHECK(ran.out == "before\n");  // it ran until the call, and no further
    CHECK(says(ran.err, "^sehlab: (KERNEL32|kernel32)(\\.dll)?!NoSuchFunction is not modelled"));
    CHECK(says(ran.err, "called from"));
  }

  TEST_CASE("a guest that loops is stopped when its budget is spent, exit code 124") {
    const Ran ran = run_guest("loop.exe", {"--budget", "100000"});
    CAPTURE(ran.err);
    CHECK(ran.exit_code == 124);
    CHECK(says(ran.err, "budget"));
    CHECK(says(ran.err, "100[ ,]?000"));
  }

  TEST_CASE(
      "a chain that cycles does not hang the lab: the walk goes on until the budget is spent") {
    // RtlDispatchException follows Next as long as handlers decline and each record's address
    // passes its checks; without SEHOP nothing asks whether records ascend.
    const Ran ran = run_guest("chain_cycle.exe", {"--budget", "1000000"});
    CAPTURE(ran.err);
    CHECK(ran.exit_code == 124);
    CHECK(says(ran.err, "budget"));
  }

  TEST_CASE("a chain that leads through ntdll's own handler for ever spends the budget, too") {
    // No instruction of the program runs in such a walk; each step of it is a gate, and counts.
    const Ran ran = run_guest("protector_cycle.exe", {"--budget", "100000"});
    CAPTURE(ran.err);
    CHECK(ran.exit_code == 124);
    CHECK(says(ran.err, "budget"));
  }

  TEST_CASE("a crash in a sandbox is told of, and what the program had written is there") {
    // The report comes of a second run, which must find the folder as the first one did.
    const Scratch scratch;
    const std::string left = scratch.write("other.txt", "kept");
    const std::string folder = scratch.path("");
    const Ran ran = run_guest("fault_once.exe", {"--sandbox", folder});
    CAPTURE(ran.err);
    CHECK(ran.exit_code == 139);
    CHECK(says(ran.err, "write (to|of) 00000010"));
    CHECK(says(ran.err, "who was asked"));
    CHECK(says(ran.err, "ENDED IT"));
    CHECK(read_file(scratch.path("left.txt")) == "left");
    CHECK(read_file(left) == "kept");
    CHECK(run_guest("fault_once.exe", {"--sandbox", folder}).exit_code == 3);
  }

  TEST_CASE("a fail-fast exception ends the process, and no handler is asked") {
    const Ran ran = run_guest("fail_fast.exe");
    CAPTURE(ran.err);
    CHECK(ran.exit_code == 139);
    CHECK(ran.out == "");
    CHECK(says(ran.err, "unhandled exception E0001234\n  at 004010[0-9a-f]{2},"));
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
    CHECK(says(ran.err, "who was asked"));
    CHECK(says(ran.err, "unhandled filter +ASKED"));
  }

  TEST_CASE("an overwritten record is refused, and the report says why") {
    const Ran ran = run_guest("overwritten_record.exe");
    CAPTURE(ran.err);
    CHECK(ran.exit_code == 139);
    CHECK(says(ran.err, "REFUSED"));
  }

  TEST_CASE("recursion without end is a stack overflow that nobody handles") {
    // ntstatus.h: STATUS_STACK_OVERFLOW is 0xC00000FD.
    const Ran ran = run_guest("stack_overflow.exe");
    CAPTURE(ran.err);
    CHECK(ran.exit_code == 139);
    CHECK(ran.out == "before\n");
    CHECK(says(ran.err, "[cC]00000[fF][dD]"));
  }

  TEST_CASE("a handler that repairs the context lets the program go on with it") {
    CHECK(run_guest("fault_continue.exe").exit_code == 42);  // the value that it puts into EAX
  }

  TEST_CASE("two hundred thousand faults in a row are each handled") {
    CHECK(run_guest("dispatch_loop.exe").exit_code == 0);
  }

  TEST_CASE("a top-level filter that takes the exception ends the process without a report") {
    const Ran ran = run_guest("top_level_filter.exe");
    CHECK(ran.out == "filter asked about: 0xe0000003\n");
    CHECK(ran.exit_code == 3);  // the process's exit code is the exception's; its low 8 bits
    CHECK(ran.err == "");
  }

  // Facts 3.2 A and B; Wine 8.0 itself says the same of this program, and calls no continue
  // handler (facts 4).
  TEST_CASE("vectored handlers come before frames, and continue handlers where Windows has them") {
    const std::string before = "once asked about: 0xe0000011\n",
                      last = "last asked about: 0xe0000011\n", told = "going on from: 0xe0000011\n",
                      after =
                          "last asked about: 0xe0000012\nframe took: 0xe0000012\n"
                          "frame took: 0xe0000011\n";
    for (const char* profile : {"windows-10", "windows-10-native", "windows-7"}) {
      const Ran ran = run_guest("vectored.exe", {"--profile", profile});
      CHECK(ran.out == before + last + told + last + told + after);
      CHECK(ran.exit_code == 0);
    }
    for (const char* profile : {"windows-xp", "wine"}) {
      const Ran ran = run_guest("vectored.exe", {"--profile", profile});
      CHECK(ran.out == before + last + last + after);
      CHECK(ran.exit_code == 0);
    }
  }

  // Facts 2.1, row 1. The program says the same under Wine 8.0.
  TEST_CASE("a handler arms a breakpoint of a debug register, goes on over it and takes it off") {
    CHECK(run_guest("debug_registers.exe").exit_code == 0);
  }

  // Intel SDM vol. 3, 17.3.1.1: the program's own comment.
  TEST_CASE("the context of a fault has RF set, that of a trap has not") {
    CHECK(run_guest("resume_flag.exe").exit_code == 0);
  }

  // Facts 3.8. The program says the same under Wine 8.0.
  TEST_CASE("a captured context leads back to the return of the function that captured it") {
    CHECK(run_guest("capture_context.exe").exit_code == 0);
  }

  TEST_CASE("a write to the program's own resources is done again once they are writable") {
    CHECK(run_guest("resource_write.exe").exit_code == 7);  // the value written and read back
  }

  TEST_CASE("a program that handles the fault in its own handler exits 0") {
    CHECK(run_guest("nested_fault.exe").exit_code == 0);
  }

  TEST_CASE("programs that check themselves find nothing wrong") {
    for (const std::string name :
         {"raise.exe", "continue_after_raise.exe", "try_finally.exe", "thread.exe",
          "time_slices.exe", "windows.exe", "memory_functions.exe", "wait_functions.exe",
          "timers_and_ports.exe", "module_functions.exe", "thread_context.exe"}) {
      CAPTURE(name);
      const Ran ran = run_guest(name);
      CAPTURE(ran.err);
      CHECK(says(ran.out, "^PASS "));
      CHECK(ran.exit_code == 0);
    }
  }

  TEST_CASE("TLS callbacks run before the entry point and for each thread") {
    const Ran ran = run_guest("tls_callbacks.exe");
    CAPTURE(ran.out);
    CHECK(ran.exit_code == 0);
    CHECK(says(ran.out, "^process attach"));
    CHECK(ran.out.find("thread attach") < ran.out.find("thread detach"));
    CHECK(says(ran.out, "process detach"));
  }

  TEST_CASE("the watch turns a silent defect into exit code 1 of a program that ends well") {
    for (const std::string image : {"go_fixed.exe", "go_buggy.exe"}) {
      CAPTURE(image);
      const Ran ran = run_sehlab({"run", "--watch=report", guest(image), "TestCallbackPanic"});
      CAPTURE(ran.err);
      CHECK(says(ran.out, "--- PASS: TestCallbackPanic"));
      CHECK(ran.exit_code == (image == "go_fixed.exe" ? 0 : 1));
      CHECK(says(ran.err, "dangling|overwritten|DANGLING|OVERWRITTEN") ==
            (image == "go_buggy.exe"));
    }
  }
}

}  // namespace sehlab::cli_test
