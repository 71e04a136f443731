// The real GDB on programs of the lab. Where `sehlab replay` can say where something is, it is the
// oracle; else the guests' sources (guest/cases).
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <regex>
#include <string>
#include <vector>

#include "tests/cli/run_sehlab.hpp"

using namespace sehlab::cli_test;

TEST_SUITE_BEGIN("gdb");

namespace {

constexpr int kSkipped = 77;
const std::vector<std::string> kStory{"go_buggy.exe", "TestCallbackPanic", "TestSetPanicOnFault"};

bool gdb_there() {
  static const bool there = std::system("gdb --version >/dev/null 2>&1") == 0;
  return there;
}

/// GDB's output, with these commands; the test is skipped where there is no GDB.
Ran debug(const std::vector<std::string>& commands, std::vector<std::string> program) {
  if (!gdb_there()) std::exit(kSkipped);
  std::vector<std::string> words{"debug", "--batch"};
  for (const std::string& command : commands) {
    words.emplace_back("--ex");
    words.push_back(command);
  }
  program.front() = guest(program.front());
  words.insert(words.end(), program.begin(), program.end());
  Ran ran = run_sehlab(words);
  INFO(ran.out);
  INFO(ran.err);
  CHECK_FALSE(ran.timed_out);
  // Since GDB 14 a warning says that a source file is not where the compiler found it.
  static const std::regex no_source("warning: \\d+\t[^\n]*: No such file or directory");
  CHECK_FALSE(says(std::regex_replace(ran.err, no_source, ""), "warning:"));
  // GDB has what the target says on standard error.
  ran.out += ran.err;
  return ran;
}

/// What follows `label` in decimal or hexadecimal.
std::uint64_t number_behind(const std::string& text, const std::string& label, int base) {
  const auto at = text.find(label);
  INFO(text);
  REQUIRE(at != text.npos);
  return std::stoull(text.substr(at + label.size()), nullptr, base);
}

const std::string kTellPc = "printf \"pc is %x\\n\", $pc";

}  // namespace

TEST_CASE(
    "GDB stops at the first defect and goes back to where the frame was left, as replay has it") {
  const Scratch scratch;
  const std::string file = scratch.path("run.rec");
  CHECK(run_sehlab(
            {"run", "--watch=report", "--record", file, guest(kStory[0]), kStory[1], kStory[2]})
            .exit_code == 139);
  const auto place = [&](const std::string& to) {
    return nlohmann::json::parse(run_sehlab({"replay", file, "--json", "--to", to}).out);
  };
  const auto defect = place("defect"), exposed = place("exposed");
  const auto before = place(std::to_string(exposed["instruction"].get<std::uint64_t>() - 1));

  const Ran at_defect = debug({"continue", kTellPc, "monitor chain"}, kStory);
  CHECK(number_behind(at_defect.out, "pc is ", 16) == defect["eip"]);
  CHECK(says(at_defect.out, "overwritten: record "));
  CHECK(says(at_defect.out, "DANGLING and overwritten: pushed .* by callbackasm1"));

  const Ran at_exposed =
      debug({"continue", "back exposed", kTellPc, "reverse-stepi", "printf \"before %x\\n\", $pc",
             "stepi", "printf \"again %x\\n\", $pc"},
            kStory);
  CHECK(number_behind(at_exposed.out, "pc is ", 16) == exposed["eip"]);
  CHECK(number_behind(at_exposed.out, "before ", 16) == before["eip"]);
  CHECK(number_behind(at_exposed.out, "again ", 16) == exposed["eip"]);
}

TEST_CASE("GDB shows the fault with its source, its registers and who called") {
  const Ran ran = debug(
      {"monitor watch go", "continue", "bt", "print address", "x/i $pc", "list probe"}, kStory);
  CHECK(says(ran.out, "received signal SIGSEGV"));
  CHECK(says(ran.out, "#0 .*probe \\(address=0\\) at guest/go/runtime_test.c:6"));
  CHECK(says(ran.out, "#2 .*TestSetPanicOnFault"));
  CHECK(says(ran.out, "\\$1 = 0"));
  CHECK(says(ran.out, "=> 0x.*<probe\\+6>:.*mov +\\(%eax\\),%eax"));
  CHECK(says(ran.out, "first chance: read of 00000000 at go_buggy!probe\\+0x6"));
}

TEST_CASE("A handled fault goes to its handler and the program to its end") {
  // guest/cases/fault_continue.S: the handler skips the fault; exit code 42.
  const Ran ran = debug({"continue", "continue", "continue"}, {"fault_continue.exe"});
  CHECK(says(ran.out, "SIGSEGV"));
  CHECK(says(ran.out, "ContinueExecution"));
  // GDB 16 has other words for it.
  CHECK(says(ran.out, "No more reverse-execution history|Reached end of recorded history"));
  CHECK(says(ran.out, "exited with code 052"));
}

TEST_CASE("GDB steps into what the dispatch goes to, and advances to where an exception lands") {
  // guest/cases/fault_continue.S: the handler is in the same function, behind the fault.
  const Ran step = debug({"continue", kTellPc, "stepi", "x/i $pc", "reverse-stepi", "x/i $pc"},
                         {"fault_continue.exe"});
  CHECK(says(step.out, "=> 0x.*mov +0xc\\(%esp\\),%ecx(.|\n)*=> 0x.*mov +\\(%eax\\),%eax"));
  // guest/seh/hardware_faults.c: a call that an access violation leaves for the __except block.
  const std::string source = read_file(SEHLAB_SOURCE_DIR "/guest/seh/hardware_faults.c");
  const auto line = [&](const char* text) {
    const auto at = source.find(text);
    REQUIRE(at != source.npos);
    return std::to_string(1 +
                          std::count(source.begin(), source.begin() + static_cast<long>(at), '\n'));
  };
  const std::string call = line("    fault();"), lands = line("return seen.ExceptionCode;");
  const Ran over = debug({"handle SIGSEGV nostop noprint", "break hardware_faults.c:" + call,
                          "continue", "advance " + lands, "print seen.ExceptionCode == 0xc0000005"},
                         {"seh_hardware_faults.O0.exe"});
  CHECK(says(over.out, "code_of .*hardware_faults.c:" + lands + "\n"));
  CHECK(says(over.out, "\\$1 = 1"));
}

TEST_CASE("GDB stands behind the program's own int3") {
  const Ran ran = debug(
      {"handle SIGSEGV SIGFPE SIGILL nostop noprint", "continue", "x/i $pc-1", "bt 1", "continue"},
      {"seh_hardware_faults.O0.exe"});
  CHECK(says(ran.out, "received signal SIGTRAP"));
  CHECK(says(ran.out, "<breakpoint\\+3>:.*int3"));
  CHECK(says(ran.out, "#0 +breakpoint \\(\\) at guest/seh/hardware_faults.c"));
  CHECK(says(ran.out, "PASS"));
}

TEST_CASE("GDB breaks, watches and goes backwards between the two") {
  const Ran ran = debug({"break cgocall", "continue", "watch *(int*)$fs_base", "continue",
                         "reverse-continue", kTellPc, "info breakpoints"},
                        kStory);
  CHECK(says(ran.out, "Breakpoint 1, cgocall"));
  CHECK(says(ran.out, "Old value = .*\nNew value = "));
  CHECK(number_behind(ran.out, "pc is ", 16) != 0);
}

TEST_CASE("GDB lists the threads, each with where it is") {
  const Ran ran = debug({"continue", "info threads", "thread 1", "bt 1"}, {"seh_threads.O0.exe"});
  CHECK(says(ran.out, "2 +Thread 2 \\(runs\\) .*fault \\(number=0\\)"));
  CHECK(says(ran.out, "1 +Thread 1 \\(waits in ntdll!NtWaitForMultipleObjects\\)"));
}

TEST_CASE("GDB has the lab's DLLs, those that are loaded on the way as well") {
  const Ran ran = debug({"continue", "info sharedlibrary"}, kStory);
  for (const char* name : {"ntdll.dll", "kernel32.dll", "user32.dll"}) {
    CHECK(says(ran.out, std::string("Yes .*/") + name));
  }
}

TEST_CASE("Memory that the program commits later is GDB's to look at, and the map has it") {
  const Ran ran = debug({"continue", "set $teb = $fs_base", "goto start", "x/x $teb", "memory",
                         "continue", "x/x $teb", "memory"},
                        {"seh_threads.O0.exe"});  // its first exception is on thread 2
  CHECK(says(ran.out, "Cannot access memory"));
  CHECK(says(ran.out, "0x[0-9a-f]+:\t0x"));
  CHECK(says(ran.out, "TEB of thread 1\n"));
  CHECK(says(ran.out, "TEB of thread 2\n"));
  CHECK(says(ran.out, "rw- guard +stack of thread 1\n"));
  CHECK(says(ran.out, "r-x +seh_threads.o0.exe .text\n"));
}

TEST_CASE("What GDB changes makes the run another one, and is taken back behind it") {
  const Ran ran =
      debug({"break cgocall", "continue", "print needextram", "set var needextram = 0", "next",
             "print needextram", "reverse-continue", "reverse-stepi", "stepi", "print needextram"},
            kStory);
  CHECK(says(ran.out, "\\$1 = 1"));
  CHECK(says(ran.out, "memory was changed @"));
  CHECK(says(ran.out, "\\$2 = 0"));
  CHECK(says(ran.out, "taken back"));
  CHECK(says(ran.out, "\\$3 = 1"));
}

TEST_CASE("GDB kills, and lets go") {
  CHECK(debug({"stepi", "kill"}, {"exit0.exe"}).exit_code == 0);
  const Ran let_go = debug({"stepi", "detach"}, {"seh_threads.O0.exe"});
  CHECK(let_go.exit_code == 0);
  CHECK(says(let_go.out, "PASS"));  // it ran on alone
}

TEST_CASE("A GDB that disconnects can come again, and finds the program where it stood") {
  if (!gdb_there()) std::exit(kSkipped);
  const Scratch scratch;
  const std::string out = scratch.path("out");
  const std::string script = scratch.write(
      "attach.sh",
      "cd '" + scratch.path("") +
          "'\n'" SEHLAB_BINARY_DIR "/bin/sehlab' gdb --listen 127.0.0.1:0 '" + guest("exit0.exe") +
          "' 2>lab &\nlab=$!\n"
          "for i in 1 2 3 4 5 6 7 8 9 10; do\n"
          "  port=$(sed -n 's/.*listening on //p' lab)\n  [ -n \"$port\" ] && break\n  sleep 0.5\n"
          "done\n"
          "timeout 60 gdb -q -batch -iex 'set sysroot' -ex \"target remote $port\" -ex 'stepi 7' "
          "-ex 'monitor where' -ex disconnect -ex \"target remote $port\" -ex 'monitor where' "
          "-ex reverse-stepi -ex 'monitor where' -ex kill '" +
          guest("exit0.exe") + "' >out 2>&1\nwait $lab\necho \"lab ended with $?\" >>lab\n");
  CHECK(std::system(("sh '" + script + "'").c_str()) == 0);
  const std::string text = read_file(out), lab = read_file(scratch.path("lab"));
  INFO(text);
  INFO(lab);
  CHECK(says(text, "@ 7  thread 1 (.|\n)*@ 7  thread 1 (.|\n)*@ 6  thread 1 "));
  CHECK(says(lab, "listening on (.*)\n.*the debugger is gone(.|\n)*listening on \\1\n"));
  CHECK(says(lab, "lab ended with 0"));
}
