// The examples of docs/library.md, as they stand there: documents_test.cpp sees to that. They run
// on guest/api/component.c, in a folder where component.dll is.
#include <sehlab/doctest.hpp>

using namespace sehlab;

TEST_CASE("a header that is cut off is refused, and its frame is left in order") {
  Lab lab{"component.dll"};  // mapped, DllMain has run
  const std::vector<std::byte> cut{std::byte{3}, std::byte{10}};
  const Run run = lab.call("ParseHeader", cut).run();
  CAPTURE(run);  // a failure prints the crash report
  CHECK(static_cast<int>(run.value()) == -1);
  CHECK(run.exception_handled());
  CHECK(run.handlers() == handlers("_except_handler3@ParseHeader"));
  CHECK(run.chain().intact());
}

TEST_CASE("the same, by matchers") {
  Lab lab{"component.dll"};
  const std::vector<std::byte> cut{std::byte{3}, std::byte{10}};
  CHECK(lab.call("ParseHeader", cut).run() == (that::returns(-1) && that::is_handled()));
}

TEST_CASE("injections and sweeps") {
  Lab lab{"component.dll"};
  const std::vector<std::byte> header{std::byte{1}, std::byte{10}};
  const Run run = lab.call("ParseHeader", header)
                      .inject(at("sum_of"), Read{0x0})  // an access violation there
                      .profile("windows-7")
                      .run();
  CHECK(run == that::asks(handlers("_except_handler3@ParseHeader")));

  int unhandled = 0;
  Call call = lab.call("ParseHeader", header);
  call.sweep(Read{0x0}, [&](std::uint64_t position, const Run& disturbed) {
    CAPTURE(position);
    if (disturbed.ended() == Ended::UnhandledException) ++unhandled;
  });
  CHECK(unhandled > 0);  // before and behind its __try
}

TEST_CASE("functions that the test provides") {
  Lab lab{"component.dll"};
  lab.provide("rows.dll", "FetchRow", 3, [](Guest& guest) -> std::uint32_t {
    const std::uint32_t id = guest.argument(0);
    guest.write_word(GuestAddr{guest.argument(1)}, 2 * id);
    return 1;
  });
  CHECK(lab.call("SumRow", 5).run() == that::returns(10));
}

TEST_CASE("calls that are kept, and going back") {
  Lab lab{"component.dll"};
  const Snapshot fresh = lab.snapshot();
  lab.call("CountCalls").keep();  // its effects last
  CHECK(lab.call("CountCalls").run() == that::returns(2));
  lab.restore(fresh);
  CHECK(lab.call("CountCalls").run() == that::returns(1));
}

TEST_CASE("a moment of a run") {
  Lab lab{"component.dll"};
  const std::vector<std::byte> cut{std::byte{3}, std::byte{10}};
  const Moment fault = lab.call("ParseHeader", cut).go_to("fault");
  const trace::ChainLink& innermost = fault.chain().links.front();
  CHECK(innermost.handler.symbol.find("component!_except_handler3") == 0);
  CHECK(fault.word(innermost.record + 4) == innermost.handler.address.value);
}

TEST_CASE("a recording") {
  LabOptions options;
  options.arguments = {"TestCallbackPanicLocked", "TestSetPanicOnFault"};
  Lab lab{"go_buggy.exe", options};
  lab.program().record("crash.rec");
  Replay replay{"crash.rec"};
  const Moment fault = replay.go_to("fault");
  const Moment broke = replay.go_to("defect");  // backwards
  CHECK(broke.instruction() < fault.instruction());
}

TEST_CASE("scenarios") {
  for (const Verdict& verdict : run_scenarios({"scenarios"})) {
    CAPTURE(verdict);
    CHECK(verdict.passed());
  }
}
