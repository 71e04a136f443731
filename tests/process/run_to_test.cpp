// A process stopped between two of its instructions, and exceptions raised there.
#include <doctest/doctest.h>

#include <memory>

#include "host/lab/run.hpp"
#include "host/process/process.hpp"
#include "host/trace/trace.hpp"
#include "host/win32/status.hpp"

using namespace sehlab;
using namespace sehlab::process;

namespace {

/// A guest, listened to.
struct Run {
  Options options;
  lab::CapturedOutput output;
  trace::Trace trace;
  std::unique_ptr<Process> process;

  explicit Run(const char* program, std::vector<std::string> arguments = {}) {
    options.system_folder = SEHLAB_BINARY_DIR "/guest";
    options.program = options.system_folder / program;
    options.arguments = std::move(arguments);
    options.watch = watch::Mode::Report;
    auto made = Process::create(options, output, {&trace});
    REQUIRE(made);
    process = std::move(*made);
  }
  [[nodiscard]] GuestAddr eip() const {
    return GuestAddr{process->machine().registers().general().eip};
  }
  [[nodiscard]] std::string where() const { return process->modules().symbolize(eip()); }
  /// The count of instructions at the first event of that type.
  template <class T>
  [[nodiscard]] std::uint64_t when() const {
    for (const trace::Event& event : trace.events) {
      if (std::holds_alternative<T>(event.payload)) return event.instruction;
    }
    FAIL("no such event");
    return 0;
  }
};

fault::Exception exception_at(GuestAddr eip, std::uint32_t code) {
  fault::Exception exception;
  exception.record.ExceptionCode = code;
  exception.record.ExceptionAddress = eip.value;
  exception.eip = eip;
  exception.resume_flag = true;
  return exception;
}

/// fault_continue.exe, standing before its `xorl %eax, %eax`: the instruction before the fault.
struct BeforeTheFault : Run {
  BeforeTheFault() : Run("fault_continue.exe") {
    Run whole("fault_continue.exe");
    CHECK(whole.process->run().code == 42);
    const std::uint64_t fault = whole.when<trace::FaultRaised>();
    CHECK_FALSE(process->run_to(fault - 1));
    CHECK(process->machine().retired() == fault - 1);
  }
};

}  // namespace

TEST_SUITE("process") {
  TEST_CASE("a run that is stopped on its way is the same run") {
    for (const auto& each :
         {std::pair("thread.exe", std::vector<std::string>{}),
          std::pair("go_fixed.exe", std::vector<std::string>{"TestCallbackInAnotherThread"})}) {
      const auto& program = each.first;
      const auto& arguments = each.second;
      CAPTURE(program);
      Run straight(program, arguments), stopped(program, arguments);
      const End one = straight.process->run();
      std::optional<End> other;
      std::uint64_t stops = 0;
      for (std::uint64_t at = 1; !other; at += 97, ++stops) {
        other = stopped.process->run_to(at);
        if (!other) CHECK(stopped.process->machine().retired() == at);
      }
      // At 1, 98, … up to the last instruction, and once more for the end.
      CHECK(stops == (one.instructions - 1) / 97 + 2);
      CHECK(other->instructions == one.instructions);
      CHECK(other->code == one.code);
      CHECK(stopped.output.out() == straight.output.out());
      CHECK(stopped.trace.events == straight.trace.events);
    }
  }

  TEST_CASE("a stop at every instruction of a dispatch changes nothing") {
    Run straight("fault_continue.exe"), stopped("fault_continue.exe");
    const End one = straight.process->run();
    std::optional<End> other;
    for (std::uint64_t at = 0; !other; ++at) other = stopped.process->run_to(at);
    CHECK(other->instructions == one.instructions);
    CHECK(stopped.trace.events == straight.trace.events);
  }

  TEST_CASE("the time that the shared page shows does not depend on stops") {
    // KUSER_SHARED_DATA.InterruptTime (facts: 0x7ffe0008), which programs read without a call.
    constexpr GuestAddr kInterruptTime{0x7ffe0008};
    constexpr std::uint64_t kFar = 15'000;
    Run straight("thread.exe"), stopped("thread.exe");
    REQUIRE_FALSE(straight.process->run_to(kFar));
    for (std::uint64_t at = 1; at <= kFar; ++at) REQUIRE_FALSE(stopped.process->run_to(at));
    const auto time = [&](Run& run) {
      return run.process->machine().memory().raw().get<std::uint64_t>(kInterruptTime);
    };
    REQUIRE(time(straight));
    CHECK(*time(straight) > 0);
    CHECK(time(straight) == time(stopped));
  }

  TEST_CASE("what lies behind is not run to") {
    Run run("exit0.exe");
    CHECK_FALSE(run.process->run_to(100));
    const GuestAddr eip = run.eip();
    CHECK_FALSE(run.process->run_to(50));
    CHECK_FALSE(run.process->run_to(100));
    CHECK(run.eip() == eip);
    CHECK(run.process->machine().retired() == 100);
  }

  TEST_CASE("an injected exception is dispatched before the instruction it stands at") {
    BeforeTheFault run;
    const std::uint64_t count = run.process->machine().retired();
    CHECK(run.where().starts_with("fault_continue!start+"));
    run.process->inject(exception_at(run.eip(), win32::STATUS_INTEGER_OVERFLOW));
    // Its handler goes on at Lrepaired with 42, whatever the exception is (frames.inc).
    CHECK(run.process->run().code == 42);
    CHECK(run.when<trace::FaultRaised>() == count);
    for (const trace::Event& event : run.trace.events) {
      const auto* raised = std::get_if<trace::FaultRaised>(&event.payload);
      if (raised != nullptr) CHECK(raised->code == win32::STATUS_INTEGER_OVERFLOW);
    }
  }

  TEST_CASE("an injected exception that nobody takes ends the process with its code") {
    Run run("exit0.exe");
    CHECK_FALSE(run.process->run_to(10));
    run.process->inject(exception_at(run.eip(), win32::STATUS_ILLEGAL_INSTRUCTION));
    const End end = run.process->run();
    CHECK(end.kind == trace::EndKind::UnhandledException);
    CHECK(end.code == win32::STATUS_ILLEGAL_INSTRUCTION);
    REQUIRE(end.crash);
    CHECK(end.crash->record.ExceptionCode == win32::STATUS_ILLEGAL_INSTRUCTION);
  }

  TEST_CASE("an exception injected into a call that has blocked gives the call up") {
    // A thread that is woken when another one's time is over stands at its call, which is to be
    // tried again.
    Run whole("win32_locks.exe");
    static_cast<void>(whole.process->run());
    Run run("win32_locks.exe");
    for (const trace::Event& event : whole.trace.events) {
      if (!std::holds_alternative<trace::ThreadSwitched>(event.payload)) continue;
      REQUIRE_FALSE(run.process->run_to(event.instruction));
      if (run.process->scheduler().current().retrying) break;
    }
    Thread& thread = run.process->scheduler().current();
    REQUIRE(thread.wait);
    run.process->inject(exception_at(run.eip(), win32::STATUS_INTEGER_OVERFLOW));
    CHECK_FALSE(thread.wait);
    CHECK_FALSE(thread.retrying);
  }
}
