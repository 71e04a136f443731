// Lab and Call: functions of a DLL, called. Expectations: guest/api/component.c; Microsoft's
// documents of the calling conventions.
#include <doctest/doctest.h>

#include <array>
#include <csignal>
#include <span>
#include <string_view>
#include <thread>
#include <vector>

#include "tests/api/component.hpp"

namespace sehlab {

TEST_SUITE_BEGIN("api");

TEST_CASE("a function takes words, whatever its convention, and gives EAX") {
  Lab lab = component();
  const Run standard = lab.call("Weigh", 1, 2, 3).run();
  CHECK(standard.ended() == Ended::Returned);
  CHECK(standard.value() == 321);
  CHECK(standard.chain().intact());
  CHECK(standard.exceptions() == 0);
  CHECK_FALSE(standard.exception_handled());
  CHECK(lab.call("WeighFast", 1, 2, 3).convention(Convention::Fastcall).run().value() == 321);
  // __thiscall takes the first argument in ECX; seen from a function that takes two in registers,
  // EDX is whatever it was: only ECX and the stack are looked at.
  CHECK(lab.call("Weigh", -1, 0, 0).run().value() == 0xffffffff);
}

TEST_CASE("numbers of 64 bits and of floating point are passed and given") {
  Lab lab = component();
  CHECK(lab.call("Twice", Long64(0x123456789)).run().value64() == 0x2468acf12);
  CHECK(lab.call("Half", 7.0).run().floating_value() == 3.5);
  CHECK(lab.call("Half", -1e300).run().floating_value() == -5e299);
}

TEST_CASE("a fastcall's registers are for the first two integers of a word, wherever they are") {
  // Microsoft, __fastcall: "the first two DWORD or smaller arguments"; floating-point ones are not.
  Lab lab = component();
  Call call = lab.call("InRegisters", 1.0, 2, Long64(3), 4.0f, 5, 6);
  CHECK(call.convention(Convention::Fastcall).run().value() == 0x25);
}

TEST_CASE("bytes and texts of every usual type are arguments") {
  Lab lab = component();
  const std::vector<std::uint8_t> vector{2, 10, 20};
  const std::array<std::uint8_t, 2> array{1, 30};
  const std::uint8_t plain[] = {1, 40};
  CHECK(lab.call("ParseHeader", vector).run().value() == 30);
  CHECK(lab.call("ParseHeader", array).run().value() == 30);
  CHECK(lab.call("ParseHeader", plain).run().value() == 40);
  CHECK(lab.call("ParseHeader", std::span(vector)).run().value() == 30);
  CHECK(lab.call("Shout", std::string_view("seh and more", 3)).run().value() == 3);
  CHECK(lab.call("kernel32!lstrlenW", std::u16string_view(u"seh", 2)).run().value() == 2);
}

TEST_CASE("a call is good wherever its lab is moved") {
  Lab lab = component();
  Call call = lab.call("Weigh", 1, 2, 3);
  const Lab moved = std::move(lab);
  CHECK(call.run().value() == 321);
}

TEST_CASE("a null pointer of any kind is NULL") {
  Lab lab = component();
  const char* text = nullptr;
  const char16_t* wide = nullptr;
  CHECK(lab.call("Weigh", nullptr, text, wide).run().value() == 0);
}

TEST_CASE("an instruction that ends the engine is an exception, whoever handles SIGABRT") {
  Lab lab = component();
  for (int i = 0; i < 2; ++i) {
    const Run run = lab.call("JumpFarToRegister").run();
    CHECK(run.ended() == Ended::UnhandledException);
    CHECK(run.code() == 0xc000001d);  // STATUS_ILLEGAL_INSTRUCTION
    std::signal(SIGABRT, SIG_DFL);    // as doctest does between two of its test cases
  }
}

TEST_CASE("each run begins where the DLL was loaded") {
  Lab lab = component();
  CHECK(lab.call("CountCalls").run().value() == 1);
  CHECK(lab.call("CountCalls").run().value() == 1);
}

TEST_CASE("the bytes of an argument end at a page that faults, and are there after the call") {
  Lab lab = component();
  const auto header = [](std::initializer_list<unsigned> values) {
    std::vector<std::byte> bytes;
    for (const unsigned value : values) bytes.push_back(static_cast<std::byte>(value));
    return bytes;
  };
  const Run whole = lab.call("ParseHeader", header({3, 10, 20, 30})).run();
  CHECK(whole.value() == 60);
  CHECK(whole.exceptions() == 0);
  const Run cut = lab.call("ParseHeader", header({3, 10, 20})).run();
  CHECK(cut.returned());
  CHECK(static_cast<int>(cut.value()) == -1);
  CHECK(cut.exceptions() == 1);
  CHECK(cut.exception_handled());
  CHECK(cut.handlers() == handlers("_except_handler3@ParseHeader"));
  CHECK(cut.chain().intact());
  const Run none = lab.call("ParseHeader", std::vector<std::byte>{}).run();
  CHECK(static_cast<int>(none.value()) == -1);

  const Run shout = lab.call("Shout", "Seh lab").run();
  CHECK(shout.value() == 5);
  const auto& text = shout.bytes(0);
  CHECK(std::string(reinterpret_cast<const char*>(text.data()), text.size()) ==
        std::string("SEH LAB\0", 8));
  CHECK(shout.bytes(1).empty());
}

TEST_CASE("an exception that nobody takes ends the process, and the report says who was asked") {
  Lab lab = component();
  const Run run = lab.call("Picky", 2).run();
  CHECK(run.ended() == Ended::UnhandledException);
  CHECK(run.code() == 0xe0000007);
  CHECK_FALSE(run.exception_handled());
  CHECK(run.report().find("E0000007") != std::string::npos);
  CAPTURE(run);
  CHECK(run.report().find("who was asked") != std::string::npos);
}

TEST_CASE("a budget ends a run that does not, an exit is told with its code") {
  Lab lab = component();
  const Run spin = lab.call("Spin").budget(1000).run();
  CHECK(spin.ended() == Ended::BudgetSpent);
  CHECK(spin.instructions() == 1000);
  const Run die = lab.call("Die").run();
  CHECK(die.ended() == Ended::Exited);
  CHECK(die.code() == 7);
  // The next call finds the process as if nothing had been.
  CHECK(lab.call("CountCalls").run().value() == 1);
}

TEST_CASE("a record that is left behind breaks the chain") {
  Lab lab = component();
  const Run run = lab.call("Leak").run();
  CHECK(run.returned());
  CHECK_FALSE(run.chain().intact());
  CHECK(run.chain().head() != run.chain().head_before());
}

TEST_CASE("functions of other images are called as well, at offsets too") {
  Lab lab = component();
  CHECK(lab.call("kernel32!lstrlenA", "four").run().value() == 4);
  CHECK(lab.address("Weigh+0x4") == lab.address("Weigh") + 4);
  CHECK(lab.address("component!Weigh") == lab.address("Weigh"));
}

TEST_CASE("what is not there is said") {
  Lab lab = component();
  CHECK_THROWS_WITH_AS(static_cast<void>(lab.call("NoSuch").run()),
                       "NoSuch: component.dll has no such export or symbol", LabError);
  CHECK_THROWS_WITH_AS(static_cast<void>(lab.call("Wiegh").run()),
                       doctest::Contains("did you mean \"Weigh\""), LabError);
  CHECK_THROWS_AS(static_cast<void>(lab.call("")), LabError);
  CHECK_THROWS_WITH_AS(static_cast<void>(lab.call("nowhere!F").run()),
                       "nowhere!F: no image nowhere is loaded", LabError);
  CHECK_THROWS_AS(Lab(guest("no such.dll"), with_guests()), LabError);
  CHECK_THROWS_AS(static_cast<void>(lab.call("Weigh").profile("windows-6").run()), LabError);
}

TEST_CASE("a program's functions are called from its entry point") {
  Lab lab(guest("exit0.exe"), with_guests());
  CHECK(lab.call("kernel32!lstrlenA", "abc").run().value() == 3);
  const Run whole = lab.call("start").run();
  CHECK(whole.ended() == Ended::Exited);
  CHECK(whole.code() == 0);
}

TEST_CASE("a program runs as a whole, again and again") {
  // guest/go: issue 7470, and its repair (docs/tutorial.md).
  LabOptions options;
  options.arguments = {"TestCallbackPanicLocked", "TestSetPanicOnFault"};
  Lab buggy(guest("go_buggy.exe"), with_guests(options));
  for (int i = 0; i < 2; ++i) {
    const Run run = buggy.program().run();
    CHECK(run.ended() == Ended::UnhandledException);
    CHECK(run.code() == 0xc0000005);
    REQUIRE(run.defects().size() == 1);
    CHECK(run.defects().front().defect == "overwritten");
    CHECK(run.report().find("REFUSED") != std::string::npos);
  }
  Lab fixed(guest("go_fixed.exe"), with_guests(options));
  const Run run = fixed.program().run();
  CHECK(run.ended() == Ended::Exited);
  CHECK(run.code() == 0);
  CHECK(run.defects().empty());
  CHECK(run.output().find("--- PASS: TestSetPanicOnFault") != std::string::npos);
  CHECK(fixed.program().budget(1000).run().ended() == Ended::BudgetSpent);
  CHECK_THROWS_AS(static_cast<void>(component().program().run()), LabError);
}

TEST_CASE("profiles and watches are a process each, and several labs live beside each other") {
  Lab lab = component();
  for (const char* profile : {"windows-xp", "windows-7", "wine"}) {
    CHECK(lab.call("Picky", 2).profile(profile).run().code() == 0xe0000007);
  }
  std::vector<std::thread> threads;
  std::vector<std::uint32_t> values(4);
  for (std::size_t i = 0; i < values.size(); ++i) {
    threads.emplace_back([&values, i] {
      Lab own = component();
      for (int n = 0; n < 20; ++n) values[i] += own.call("Weigh", n, 0, 0).run().value();
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::uint32_t value : values) CHECK(value == 190);  // 0 + 1 + … + 19
}

}  // namespace sehlab
