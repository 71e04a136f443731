// Commands. Expectations: GDB manual, E.2 and E.4, and what GDB 13.1 sends (facts/debugger.md).
#include "host/gdb/commands.hpp"

#include <doctest/doctest.h>

#include "host/gdb/hex.hpp"
#include "tests/gdb/fake_target.hpp"

namespace sehlab::gdb {
namespace {

struct Rig {
  FakeTarget target;
  Listening control;
  Commands commands{target};
  std::string operator()(std::string_view payload) { return commands.answer(payload, control); }
};

std::string with(std::string_view text, char byte) {
  return std::string(text) + byte;
}

}  // namespace

TEST_CASE("What is not known is answered empty") {
  Rig ask;
  for (const char* unknown : {"", "vMustReplyEmpty", "vFlashErase:0,1", "qTStatus",
                              "qXfer:auxv:read::0,8", "qXfer:features:write:target.xml:0:x",
                              "Z5,401000,1", "Z9", "!", "QPassSignals:e", "\xff", "vRun", "A"}) {
    CAPTURE(unknown);
    CHECK(ask(unknown).empty());
  }
}

TEST_CASE("What can be done is offered: reverse execution, no acknowledgements, packets' length") {
  Rig ask;
  const std::string answer = ask("qSupported:multiprocess+;swbreak+;hwbreak+;xmlRegisters=i386");
  for (const char* one : {"ReverseStep+", "ReverseContinue+", "QStartNoAckMode+", "swbreak+",
                          "qXfer:features:read+", "PacketSize=4000"}) {
    CAPTURE(one);
    CHECK(answer.find(one) != std::string::npos);
  }
  CHECK_FALSE(ask.commands.no_acknowledgements());
  CHECK(ask("QStartNoAckMode") == "OK");
  CHECK(ask.commands.no_acknowledgements());
}

TEST_CASE("Registers are read and written as a block and one by one") {
  Rig ask;
  CHECK(ask("g").size() == 2 * RegisterBlock().bytes().size());
  CHECK(ask("P0=78563412") == "OK");  // little endian, in the target's byte order
  CHECK(ask("p0") == "78563412");
  CHECK(ask("g").starts_with("78563412"));
  CHECK(ask("G11223344") == "OK");
  CHECK(ask("p0") == "11223344");
  for (const char* bad : {"p99", "p", "P0=12", "P0", "Pff=00000000", "P0=1234567g", "G1", "Gzz"}) {
    CAPTURE(bad);
    CHECK(ask(bad) == "E01");
  }
  CHECK(ask("G" + std::string(4096, '0')) == "E01");  // longer than the block
}

TEST_CASE("A thread is chosen for registers by Hg, and by nothing else") {
  Rig ask;
  CHECK(ask("Hg2") == "OK");
  CHECK(ask("P0=01000000") == "OK");
  CHECK(ask("Hg0") == "OK");
  CHECK(ask("p0") == "00000000");
  CHECK(ask("Hc2") == "OK");
  CHECK(ask("p0") == "00000000");
  CHECK(ask("Hg2") == "OK");
  CHECK(ask("p0") == "01000000");
  CHECK(ask("Hg7") == "E01");
  CHECK(ask("p0") == "01000000");
  CHECK(ask("H") == "E01");
  CHECK(ask("Hgx") == "E01");
  CHECK(ask("T2") == "OK");
  CHECK(ask("T7") == "E01");
}

TEST_CASE("Memory is read as far as it is there") {
  Rig ask;
  ask.target.memory[0] = std::byte{0xab};
  CHECK(ask("m401000,1") == "ab");
  CHECK(ask("m401000,0").empty());
  CHECK(ask("m401fff,10") == "00");
  CHECK(ask("m0,4") == "E01");
  CHECK(ask("mffffffff,ffffffff") == "E01");
  CHECK(ask("m401000,ffffffff").size() <= kLongestPacket);
  for (const char* bad : {"m", "m401000", "m,", "m401000,", "mx,1", "m1ffffffff,1"}) {
    CAPTURE(bad);
    CHECK(ask(bad) == "E01");
  }
}

TEST_CASE("Memory is written as digits and as bytes") {
  Rig ask;
  CHECK(ask("M401000,2:0102") == "OK");
  CHECK(ask("m401000,2") == "0102");
  CHECK(ask("X401002,0:") == "OK");  // whether X is known at all
  CHECK(ask(std::string_view("X401002,3:\0:,", 13)) == "OK");
  CHECK(ask("m401002,3") == "003a2c");
  CHECK(ask("X0,1:a") == "E01");
  CHECK(ask("X401000,2:a") == "E01");  // not as many as said
  CHECK(ask("M401000,1:0") == "E01");
  CHECK(ask("M401000,1") == "E01");
  CHECK(ask("Xfff,ffffffff:a") == "E01");
}

TEST_CASE("Break and watch points are the five kinds of Z, set and taken away") {
  Rig ask;
  CHECK(ask("Z0,401000,1") == "OK");
  CHECK(ask("Z4,402000,4;X1,0") == "OK");  // with conditions, which GDB checks as well
  REQUIRE(ask.target.points.size() == 2);
  CHECK(ask.target.points[0] == StopPoint{Stopper::SoftwareBreakpoint, GuestAddr{0x401000}, 1});
  CHECK(ask.target.points[1] == StopPoint{Stopper::AccessWatch, GuestAddr{0x402000}, 4});
  CHECK(ask("z0,401000,1") == "OK");
  CHECK(ask.target.points.size() == 1);
  CHECK(ask("Z0,401000") == "E01");
  CHECK(ask("Zx,401000,1").empty());
  while (ask.target.points.size() < FakeTarget::kMostPoints) CHECK(ask("Z1,0,1") == "OK");
  CHECK(ask("Z1,0,1") == "E01");
}

TEST_CASE("Threads, the target's description and images are handed out in pieces") {
  Rig ask;
  CHECK(ask("qfThreadInfo") == "m1,2");
  CHECK(ask("qsThreadInfo") == "l");
  CHECK(ask("qC") == "QC1");
  CHECK(ask("qThreadExtraInfo,2") == hex_of(std::string_view("n2")));
  CHECK(ask("qGetTIBAddr:1") == "7ffde000");
  CHECK(ask("qGetTIBAddr:9") == "E01");
  std::string xml;
  for (std::size_t offset = 0;; offset = xml.size()) {
    const std::string piece =
        ask("qXfer:features:read:target.xml:" + hex_byte(static_cast<unsigned char>(offset >> 8)) +
            hex_byte(static_cast<unsigned char>(offset)) + ",200");
    REQUIRE_FALSE(piece.empty());
    xml += piece.substr(1);
    if (piece[0] == 'l') break;
    REQUIRE(piece[0] == 'm');
    REQUIRE(piece.size() == 0x201);
  }
  CHECK(xml.ends_with("</target>\n"));
  CHECK(ask("qXfer:features:read:target.xml:ffffff,10") == "E01");
  CHECK(ask("qXfer:features:read:target.xml:0") == "E01");
  CHECK(ask("qXfer:features:read:other.xml:0,10") == "E00");  // no such annex
  CHECK(ask("qXfer:libraries:read::0,1000").starts_with("l<library-list>"));
}

TEST_CASE("monitor's words are decoded, its text is said and its failure told") {
  Rig ask;
  CHECK(ask("qRcmd," + hex_of(std::string_view("chain"))) == "OK");
  CHECK(ask.target.monitored == std::vector<std::string>{"chain"});
  CHECK(ask.control.heard == "heard chain\n");
  CHECK(ask("qRcmd," + hex_of(std::string_view("bad"))) == "E01");
  CHECK(ask("qRcmd,6") == "E01");
}

TEST_CASE("Going on is continue or step, forwards or backwards, of a thread, with a signal") {
  using Way = Resume::Way;
  Rig rig;
  const auto is = [&](std::string_view payload, Way way, std::uint32_t thread, unsigned signal) {
    CAPTURE(payload);
    const auto resume = rig.commands.resume_of(payload);
    REQUIRE(resume);
    CHECK(resume->way == way);
    CHECK(resume->thread == thread);
    CHECK(static_cast<unsigned>(resume->signal) == signal);
  };
  is("vCont;c", Way::Continue, 0, 0);
  is("vCont;s:1;c", Way::Step, 1, 0);
  is("vCont;C0b:2;c", Way::Continue, 2, 11);
  is("vCont;S05:-1", Way::Step, 0, 5);
  is("c", Way::Continue, 0, 0);
  is("s", Way::Step, 0, 0);
  is("C0b", Way::Continue, 0, 11);
  is("bc", Way::ContinueBack, 0, 0);
  is("bs", Way::StepBack, 0, 0);
  CHECK(rig("vCont?") == "vCont;c;C;s;S");
  for (const char* none : {"", "vCont", "vCont;", "vCont;t:1", "vCont;r1,2:1", "vCont;C",
                           "vCont;Cxyz", "vCont;C100", "vCont;s:x", "c401000", "g", "bx"}) {
    CAPTURE(none);
    CHECK_FALSE(rig.commands.resume_of(none));
  }
  CHECK_FALSE(rig.commands.resume_of(with("C", '\0')));
}

}  // namespace sehlab::gdb
