// Sessions, byte by byte. Expectations: GDB manual, E.1, E.2 and E.9 (the interrupt).
#include "host/gdb/session.hpp"

#include <doctest/doctest.h>

#include "host/gdb/hex.hpp"
#include "tests/gdb/fake_target.hpp"

namespace sehlab::gdb {
namespace {

struct Rig {
  FakeTarget target;
  FakeConnection connection;
  Session::Ending operator()(std::vector<std::string> incoming) {
    connection.incoming = std::move(incoming);
    return Session(target, connection).serve();
  }
};

}  // namespace

TEST_CASE("Each packet is acknowledged until the debugger does without") {
  Rig serve;
  serve({framed("qC") + framed("QStartNoAckMode") + framed("qC")});
  CHECK(serve.connection.sent == "+" + framed("QC1") + "+" + framed("OK") + framed("QC1"));
}

TEST_CASE("A damaged packet is asked for again, and an answer that did not arrive sent again") {
  Rig serve;
  serve({"$qC#00", "-"});
  CHECK(serve.connection.sent == "-");  // nothing was sent before
  Rig again;
  again({framed("qC"), "-"});
  CHECK(again.connection.sent == "+" + framed("QC1") + framed("QC1"));
}

TEST_CASE("Where nothing is acknowledged, a packet that is too long is answered empty") {
  Rig serve;
  serve({framed("QStartNoAckMode"), framed(std::string(kLongestPacket + 1, 'x'))});
  CHECK(serve.connection.sent == "+" + framed("OK") + framed(""));
}

TEST_CASE("Going on is answered when the guest stops, after what was said") {
  Rig serve;
  serve.target.says = "hello\n";
  serve.target.report.signal = Signal::Segment;
  serve({framed("vCont;c")});
  CHECK(serve.target.resumed.size() == 1);
  CHECK(serve.connection.sent ==
        "+" + framed("O" + hex_of(std::string_view("hello\n"))) + framed("T0bthread:1;"));
}

TEST_CASE("A long text is said in packets that fit") {
  Rig serve;
  serve.target.says = std::string(20000, 'a');
  serve({framed("QStartNoAckMode"), framed("c")});
  PacketReader reader;
  reader.feed(serve.connection.sent);
  std::string said;
  while (auto one = reader.next()) {
    const auto* packet = std::get_if<Packet>(&*one);
    if (packet == nullptr || !packet->payload.starts_with('O') || packet->payload == "OK") continue;
    CHECK(packet->payload.size() <= kLongestPacket);
    const auto bytes = bytes_of_hex(packet->payload.substr(1));
    REQUIRE(bytes);
    for (const std::byte byte : *bytes) {
      said += static_cast<char>(byte);
    }
  }
  CHECK(said == serve.target.says);
}

TEST_CASE("Ctrl-C reaches a guest that runs, and is nothing to one that stands") {
  Rig serve;
  serve({framed("c"), "\x03"});
  CHECK(serve.target.interrupts == 1);
  Rig standing;
  standing({"\x03", framed("c")});
  CHECK(standing.target.interrupts == 0);
  CHECK(standing.target.resumed.size() == 1);
}

TEST_CASE("A packet that comes while the guest runs is answered after the stop") {
  Rig serve;
  serve({framed("QStartNoAckMode"), framed("c"), framed("qC")});
  CHECK(serve.connection.sent == "+" + framed("OK") + framed("T05thread:1;") + framed("QC1"));
}

TEST_CASE("A session ends by kill, by detaching, or since the connection broke") {
  CHECK(Rig()({framed("k")}) == Session::Ending::Killed);
  CHECK(Rig()({framed("vKill;a410")}) == Session::Ending::Killed);
  Rig detach;
  CHECK(detach({framed("D")}) == Session::Ending::Detached);
  CHECK(detach.target.detached == 1);
  CHECK(Rig()({}) == Session::Ending::Lost);
  Rig broken;
  broken.connection.broken = true;
  CHECK(broken({framed("g"), framed("g")}) == Session::Ending::Lost);
}

TEST_CASE("After the process's end nothing is asked of it") {
  Rig serve;
  serve.target.report.why = StopReport::Why::Exited;
  CHECK(serve({framed("QStartNoAckMode"), framed("c"), framed("g"), framed("c"), framed("?")}) ==
        Session::Ending::Ended);
  CHECK(serve.connection.sent ==
        "+" + framed("OK") + framed("W00") + framed("E01") + framed("E01") + framed("W00"));
  CHECK(serve.target.resumed.size() == 1);
  Rig detach;
  detach.target.report.why = StopReport::Why::Killed;
  CHECK(detach({framed("c"), framed("D")}) == Session::Ending::Ended);
  CHECK(detach.target.detached == 0);
}

}  // namespace sehlab::gdb
