// A run as a target. Expectations: the guests' sources (guest/cases), docs/debugger.md, and for the
// Go story Go issue 7470: the fault after a recovered callback panic finds nobody.
#include "host/lab/debug/process_target.hpp"

#include "host/win32/status.hpp"
#include "tests/lab/debug/rig.hpp"

namespace sehlab::lab {
namespace {

using Way = gdb::Resume::Way;
using Why = gdb::StopReport::Why;
using gdb::Signal;
using gdb::Stopper;

}  // namespace

TEST_CASE("An exception stops the run before its dispatch, and goes to it when it is passed on") {
  Rig rig("fault_continue.exe");  // its handler continues behind the fault; it returns 42
  const auto stop = rig.go(Way::Continue);
  CHECK(stop.why == Why::Signal);
  CHECK(stop.signal == Signal::Segment);
  CHECK(rig.control.has("first chance"));
  const std::uint32_t at = rig.eip();
  // Without the signal the instruction is tried again, and faults again.
  CHECK(rig.go(Way::Continue).signal == Signal::Segment);
  CHECK(rig.eip() == at);
  const auto end = rig.go(Way::Continue, Signal::Segment);
  CHECK(end.why == Why::HistoryEnd);
  CHECK(rig.control.has("ContinueExecution"));
  const auto gone = rig.go(Way::Continue);
  CHECK(gone.why == Why::Exited);
  CHECK(gone.code == 42);
}

TEST_CASE("A fault that the debugger mends does not come") {
  Rig rig("fault_continue.exe");
  REQUIRE(rig.go(Way::Continue).signal == Signal::Segment);
  auto block = rig.target->registers(0);
  REQUIRE(block);
  const std::uint32_t stack = rig.timeline->process().machine().registers().general().esp;
  std::memcpy(block->at(0).data(), &stack, sizeof stack);  // eax, the bad pointer
  REQUIRE(rig.target->set_registers(0, *block));
  CHECK(rig.go(Way::Continue, Signal::Segment).why == Why::HistoryEnd);
  CHECK(rig.control.has("another one from here on"));
  CHECK_FALSE(rig.control.has("ContinueExecution"));
}

TEST_CASE("What comes behind an instruction stops the run there, before its dispatch") {
  // guest/cases/resume_flag.S: three faults, INT3, and a single step behind NOP. Intel SDM vol. 3,
  // 6.5: the saved EIP of a trap is that of the instruction to be executed next.
  Rig rig("resume_flag.exe");
  const auto before_eip = [&] {
    return *rig.timeline->process().machine().memory().raw().get<std::uint8_t>(
        GuestAddr{rig.eip() - 1});
  };
  for (const Signal signal : {Signal::Segment, Signal::Arithmetic, Signal::Illegal}) {
    CHECK(rig.go(Way::Continue).signal == signal);
    rig.target->resume({Way::Step, 0, signal}, rig.control);
  }
  for (const int opcode : {0xcc, 0x90}) {
    CAPTURE(opcode);
    const auto stop = rig.go(Way::Continue);
    CHECK(stop.why == Why::Signal);
    CHECK(stop.signal == Signal::Trap);
    CHECK(before_eip() == opcode);
    const std::uint32_t at = rig.eip();
    const auto moment = rig.timeline->moment();
    // It is there forwards and backwards, and a step goes to the handler.
    static_cast<void>(rig.go(Way::Step));
    CHECK(rig.timeline->process().machine().memory().raw().get<std::uint32_t>(
              GuestAddr{rig.eip()}) == 0x0c244c8b);  // the handler: mov 12(%esp), %ecx
    static_cast<void>(rig.go(Way::StepBack));
    CHECK(rig.eip() == at);
    CHECK(rig.timeline->moment() == moment);
    CHECK(rig.go(Way::Continue).signal == Signal::Trap);
    CHECK(rig.timeline->moment() == moment);
    // What the debugger changes meanwhile does not make it come twice.
    const auto block = rig.target->registers(0);
    auto other = *block;
    other.at(0)[0] ^= std::byte{1};
    REQUIRE(rig.target->set_registers(0, other));
    REQUIRE(rig.target->set_registers(0, *block));
  }
  CHECK(rig.go(Way::Continue).why == Why::HistoryEnd);
  const auto gone = rig.go(Way::Continue);
  CHECK(gone.why == Why::Exited);
  CHECK(gone.code == 0);  // the guest's own checks
}

TEST_CASE("A jump to nowhere stops where it leads, before the dispatch") {
  Rig rig("seh_hardware_faults.O0.exe");  // execute() calls 0x18
  for (int i = 0; i < 3; ++i) {
    REQUIRE(rig.go(Way::Continue, Signal::Segment).signal == Signal::Segment);
  }
  CHECK(rig.eip() == 0x18);
  CHECK(rig.control.has("execution of 00000018"));
  const auto moment = rig.timeline->moment();
  CHECK(rig.go(Way::StepBack).why == Why::Signal);
  static_cast<void>(rig.go(Way::Step));
  CHECK(rig.eip() == 0x18);
  CHECK(rig.timeline->moment() == moment);
  // Elsewhere it does not come.
  auto block = rig.target->registers(0);
  const std::uint32_t elsewhere = rig.symbol("breakpoint").value;
  std::memcpy(block->at(8).data(), &elsewhere, sizeof elsewhere);
  REQUIRE(rig.target->set_registers(0, *block));
  CHECK(rig.go(Way::Continue, Signal::Segment).signal == Signal::Trap);
}

TEST_CASE("At an exception that nobody takes the run stops once more, and then is killed by it") {
  Rig rig("go_buggy.exe", {"TestCallbackPanicLocked", "TestSetPanicOnFault"});
  REQUIRE(rig.target->monitor("exceptions second", rig.control).well);
  REQUIRE(rig.target->monitor("watch go", rig.control).well);
  const auto stop = rig.go(Way::Continue);
  CHECK(stop.why == Why::Signal);
  CHECK(stop.signal == Signal::Segment);
  CHECK(rig.control.has("second chance"));
  CHECK(rig.go(Way::Continue).why == Why::Killed);
}

TEST_CASE("The first defect stops the run where the watch finds it, and can be gone back from") {
  Rig rig("go_buggy.exe", {"TestCallbackPanicLocked", "TestSetPanicOnFault"});
  const auto stop = rig.go(Way::Continue);
  CHECK(stop.signal == Signal::Trap);
  CHECK(std::holds_alternative<trace::DefectFound>(rig.timeline->told().back().event.payload));
  const auto at = rig.timeline->moment();
  const auto chain = rig.target->monitor("chain", rig.control);
  CHECK(chain.text.find("DANGLING") != std::string::npos);
  CHECK(rig.target->monitor("watch", rig.control).text.find("go_buggy!callbackasm1") !=
        std::string::npos);
  REQUIRE(rig.target->monitor("back exposed", rig.control).well);
  CHECK(rig.go(Way::ContinueBack).why == Why::Signal);
  CHECK(rig.timeline->moment() < at);
  CHECK(std::holds_alternative<trace::RecordExposed>(rig.timeline->told().back().event.payload));
  // Forwards again: the same defect, at the same moment.
  CHECK(rig.go(Way::Continue).signal == Signal::Trap);
  CHECK(rig.timeline->moment() == at);
}

TEST_CASE("Breakpoints stop before their instruction, forwards and backwards") {
  Rig rig("go_buggy.exe", {"TestCallbackPanicLocked", "TestSetPanicOnFault"});
  const gdb::StopPoint point{Stopper::SoftwareBreakpoint, rig.symbol("cgocall"), 1};
  REQUIRE(rig.target->add(point));
  std::vector<Timeline::Moment> visits;
  for (int i = 0; i < 3; ++i) {
    const auto stop = rig.go(Way::Continue);
    CHECK(stop.why == Why::StopPoint);
    CHECK(stop.point == point);
    CHECK(rig.eip() == point.address.value);
    visits.push_back(rig.timeline->moment());
  }
  CHECK(rig.go(Way::ContinueBack).why == Why::StopPoint);
  CHECK(rig.timeline->moment() == visits[1]);
  CHECK(rig.go(Way::ContinueBack).why == Why::StopPoint);
  CHECK(rig.timeline->moment() == visits[0]);
  CHECK(rig.go(Way::ContinueBack).why == Why::HistoryBegin);
  CHECK(rig.timeline->moment() == Timeline::Moment{});
  CHECK(rig.go(Way::StepBack).why == Why::HistoryBegin);
}

TEST_CASE("A watch stops behind the write, and backwards before it") {
  Rig rig("go_buggy.exe", {"TestCallbackPanicLocked", "TestSetPanicOnFault"});
  const auto teb = rig.target->teb(1);
  REQUIRE(teb);
  REQUIRE(rig.target->add({Stopper::WriteWatch, *teb, 4}));  // fs:[0]
  const auto head = [&] {
    return *rig.timeline->process().machine().memory().raw().get<std::uint32_t>(*teb);
  };
  const std::uint32_t first = head();
  CHECK(rig.go(Way::Continue).why == Why::StopPoint);
  const std::uint32_t second = head();
  CHECK(second != first);
  CHECK(rig.go(Way::Continue).why == Why::StopPoint);
  CHECK(head() != second);
  CHECK(rig.go(Way::ContinueBack).why == Why::StopPoint);
  CHECK(head() == second);
  CHECK(rig.go(Way::ContinueBack).why == Why::StopPoint);
  CHECK(head() == first);
}

TEST_CASE("Ctrl-C stops a guest that never ends") {
  Rig rig("loop.exe");
  rig.control.stop = true;
  const auto stop = rig.go(Way::Continue);
  CHECK(stop.why == Why::Signal);
  CHECK(stop.signal == Signal::Interrupt);
}

TEST_CASE("Steps of a thread are its own, whatever others do meanwhile") {
  Rig rig("seh_threads.O0.exe");
  REQUIRE(rig.go(Way::Continue).signal == Signal::Segment);
  const auto all = rig.target->threads();
  CHECK(all.size() > 2);
  CHECK(rig.target->thread_note(1).starts_with("waits in "));
  CHECK(rig.target->registers(1));
  CHECK_FALSE(rig.target->registers(99));
  CHECK_FALSE(rig.target->set_registers(1, *rig.target->registers(1)));  // it does not run
  const auto last = all.back();
  const auto before = rig.target->registers(last);
  REQUIRE(rig.target->monitor("exceptions second", rig.control).well);
  const auto stop = rig.target->resume({Way::Step, last, Signal::None}, rig.control);
  CHECK(stop.thread == last);
  CHECK_FALSE(std::ranges::equal(rig.target->registers(last)->bytes(), before->bytes()));
}

TEST_CASE("An injection is what the next resumption begins with") {
  Rig rig("exit0.exe");
  rig.timeline->go_to({1000, 0});
  CHECK_FALSE(rig.target->monitor("inject fault=nonsense", rig.control).well);
  REQUIRE(rig.target->monitor("inject fault=divide", rig.control).well);
  const std::size_t told = rig.timeline->told().size();
  static_cast<void>(rig.go(Way::Continue));
  const auto* fault = std::get_if<trace::FaultRaised>(&rig.timeline->told()[told].event.payload);
  REQUIRE(fault != nullptr);
  CHECK(fault->code == win32::STATUS_INTEGER_DIVIDE_BY_ZERO);
}

TEST_CASE("monitor says what it has, and names what it has not") {
  Rig rig("exit0.exe");
  CHECK(rig.target->monitor("help", rig.control).text.find("monitor chain") != std::string::npos);
  CHECK(rig.target->monitor("explain dangling", rig.control).well);
  CHECK(rig.target->monitor("memory", rig.control).text.find("exit0.exe") != std::string::npos);
  CHECK(rig.target->monitor("dispatch", rig.control).well);
  for (const char* bad : {"chian", "goto", "goto nowhere", "push zz", "push", "watch maybe",
                          "exceptions third", "end maybe", "explain nonsense", "inject"}) {
    CAPTURE(bad);
    const auto answer = rig.target->monitor(bad, rig.control);
    CHECK_FALSE(answer.well);
    CHECK(answer.text.starts_with("sehlab: "));
  }
  CHECK(rig.target->monitor("chian", rig.control).text.find("did you mean \"chain\"") !=
        std::string::npos);
}

TEST_CASE("Memory is read up to where it ends") {
  Rig rig("exit0.exe");
  std::array<std::byte, 64> bytes{};
  const auto region = rig.timeline->process().machine().memory().query(GuestAddr{rig.eip()});
  const GuestAddr end = region.base + region.size;
  CHECK(rig.target->read_memory(GuestAddr{0}, bytes) == 0);
  CHECK(rig.target->read_memory(GuestAddr{rig.eip()}, bytes) == bytes.size());
  CHECK_FALSE(rig.target->write_memory(GuestAddr{0}, bytes));
  const bool more = rig.timeline->process().machine().memory().page(end).has_value();
  CHECK(rig.target->read_memory(end - 16, bytes) == (more ? bytes.size() : 16));
}

}  // namespace sehlab::lab
