// Injections by typed words. Expectations: guest/api/component.c, docs/injection.md.
#include <doctest/doctest.h>

#include <algorithm>
#include <variant>

#include "host/api/sehlab/matchers.hpp"
#include "tests/api/component.hpp"

namespace sehlab {

TEST_SUITE_BEGIN("api");

TEST_CASE("a fault at a function goes to its caller's handlers") {
  Lab lab = component();
  const Run run =
      lab.call("Visit", lab.address("Picky"), 2).inject(at("Picky").visit(2), Read{0x10}).run();
  CHECK(run.returned());
  CHECK(run.value() == 101);  // one was visited before
  CHECK(run.exception_handled());
  CHECK(run.handlers() == handlers("_except_handler3@Visit"));
  bool told = false;
  for (const trace::Event& event : run.events()) {
    const auto* fault = std::get_if<trace::FaultRaised>(&event.payload);
    if (fault == nullptr) continue;
    told = true;
    CHECK(fault->code == 0xc0000005);
    CHECK(fault->parameters == std::vector<std::uint32_t>{0, 0x10});  // read, the address
  }
  CHECK(told);
}

TEST_CASE("the first instruction of the called function is a place, too") {
  Lab lab = component();
  const Run run = lab.call("Weigh", 1, 2, 3).inject(at("Weigh"), Fault("divide")).run();
  CHECK(run.ended() == Ended::UnhandledException);
  CHECK(run.code() == 0xc0000094);
}

TEST_CASE("a place is an RVA of an image, its own or another") {
  Lab lab = component();
  const auto fault_at = [&](const std::string& image, const std::string& function) {
    const GuestAddr base = lab.address(image + "+0"), wanted = lab.address(function);
    const Run run = lab.call("AskError")
                        .inject(at(image + "+" + std::to_string(wanted - base)), Fault("divide"))
                        .run();
    CHECK(run.ended() == Ended::UnhandledException);
    return run.code();
  };
  CHECK(fault_at("component", "AskError") == 0xc0000094);
  CHECK(fault_at("kernel32", "kernel32!CreateFileA") == 0xc0000094);
}

TEST_CASE("a function of another DLL fails with an error") {
  Lab lab = component();
  const Run run =
      lab.call("AskError").inject(at_call("kernel32!CreateFileA"), Fail{0xffffffff, 32}).run();
  CHECK(run.value() == 32);  // ERROR_SHARING_VIOLATION
}

TEST_CASE("an injection belongs to one run, and one that never fires is told of") {
  Lab lab = component();
  const Run never = lab.call("Weigh", 0, 0, 0).inject(at("Picky"), Fault(0xe0000001)).run();
  CHECK(never.value() == 0);
  CHECK(never.report().find("never fired") != std::string::npos);
  REQUIRE(never.never_fired().size() == 1);
  CHECK(never.never_fired().front().find("at=Picky") != std::string::npos);
  CHECK_FALSE(never == that::injections_fired());
  const Run plain = lab.call("Visit", lab.address("Picky"), 2).run();
  CHECK(plain.value() == 2);
  CHECK(plain.report().find("never fired") == std::string::npos);
  CHECK(plain == that::injections_fired());
}

TEST_CASE("a name of no image is the tested image's, in text, too") {
  Lab lab = component();
  const Run run = lab.call("Weigh", 1, 2, 3).inject("at=Weigh fault=divide").run();
  CHECK(run == (that::dies_of(0xc0000094) && that::injections_fired()));
  // It is exported as _Weigh@12; the call comes from elsewhere.
  const Run called = lab.call("Visit", lab.address("Weigh"), 1)
                         .inject(at_call("component!Weigh"), Fault("divide"))
                         .run();
  CHECK(called.never_fired().front().find("not called from") != std::string::npos);
  // As a value, too: where Weigh is.
  const Run read = lab.call("Weigh", 1, 2, 3).inject("at=Weigh fault=read address=Weigh").run();
  const auto fault = std::ranges::find_if(read.events(), [](const trace::Event& event) {
    return std::holds_alternative<trace::FaultRaised>(event.payload);
  });
  REQUIRE(fault != read.events().end());
  CHECK(std::get<trace::FaultRaised>(fault->payload).parameters ==
        std::vector<std::uint32_t>{0, lab.address("Weigh").value});
  CHECK_THROWS_WITH_AS(static_cast<void>(lab.call("Weigh").inject("at=Wiegh fault=divide").run()),
                       doctest::Contains("did you mean \"Weigh\""), LabError);
}

TEST_CASE("no call is swept that does not end") {
  CHECK_THROWS_WITH_AS(
      component().call("Spin").budget(1000).sweep(Read{}, [](std::uint64_t, const Run&) {}),
      doctest::Contains("budget"), LabError);
}

TEST_CASE("a sweep disturbs a call before each of its instructions") {
  Lab lab = component();
  const std::vector<std::byte> header{std::byte{2}, std::byte{10}, std::byte{20}};
  std::uint64_t expected = 0, within = 0;
  Call call = lab.call("ParseHeader", header);
  const Run whole = call.sweep(Read{0x10}, [&](std::uint64_t position, const Run& run) {
    CAPTURE(position);
    CAPTURE(run);
    CHECK(position == expected++);
    CHECK(run.exceptions() >= 1);
    for (const trace::Event& event : run.events()) {
      const auto* fired = std::get_if<trace::InjectionFired>(&event.payload);
      // All of sum_of is called from within ParseHeader's __try.
      if (fired == nullptr || fired->at.symbol.find("sum_of") == std::string::npos) continue;
      ++within;
      CHECK(static_cast<int>(run.value()) == -1);
      CHECK(run.handlers() == handlers("_except_handler3@ParseHeader"));
      CHECK(run.chain().intact());
    }
  });
  CHECK(whole.value() == 30);
  CHECK(expected == whole.instructions());
  CHECK(within > 10);
  CHECK(call.run().value() == 30);
}

TEST_CASE("a specification that is wrong is refused before anything runs") {
  Lab lab = component();
  CHECK_THROWS_AS(static_cast<void>(lab.call("Weigh").inject("at=Weigh fault=nonsense").run()),
                  LabError);
  CHECK_THROWS_AS(static_cast<void>(lab.call("Weigh").inject(at("NoSuch"), Read{}).run()),
                  LabError);
}

}  // namespace sehlab
