#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "host/trace/jsonl_reader.hpp"
#include "host/trace/jsonl_writer.hpp"
#include "tests/trace/sample_events.hpp"

using namespace sehlab;
using namespace sehlab::trace;
using nlohmann::json;

namespace {

std::string written(const std::vector<Event>& events) {
  std::ostringstream out;
  JsonlWriter writer(out);
  for (const Event& event : events) writer.on_event(event);
  return out.str();
}

/// The error that a file of these lines brings, "file:line: what"; empty when it is read.
std::string complaint(const std::string& text) {
  std::istringstream in(text);
  const auto events = read_jsonl(in, "t.jsonl");
  return events ? "" : events.error().text();
}

std::string complaint_of_line(const std::string& line) {
  return complaint(jsonl_header() + '\n' + line + '\n');
}

/// The sample line with one member changed by `edit`.
template <class Edit>
std::string edited(std::size_t sample, Edit edit) {
  json line = json::parse(jsonl_line(event_with(sample_payloads().at(sample))));
  edit(line);
  return complaint_of_line(line.dump());
}

}  // namespace

TEST_SUITE_BEGIN("trace");

TEST_CASE("every kind of event is read back as it was written") {
  for (const Payload& payload : sample_payloads()) {
    CAPTURE(payload.index());
    const Event event = event_with(payload);
    std::istringstream in(written({event}));
    const auto events = read_jsonl(in, "t.jsonl");
    REQUIRE_MESSAGE(events.has_value(), (events ? "" : events.error().text()));
    REQUIRE(events->size() == 1);
    CHECK(events->at(0) == event);
    // Two defaults would be equal too: the sample must differ from an empty payload.
    CHECK(events->at(0).payload == payload);
  }
}

TEST_CASE("every refusal and every end is read back") {
  for (int i = 0; i <= static_cast<int>(Refusal::Unreadable); ++i) {
    const Event event = event_with(RecordRefused{.why = static_cast<Refusal>(i)});
    std::istringstream in(written({event}));
    CHECK(read_jsonl(in, "t").value().at(0) == event);
  }
  for (int i = 0; i <= static_cast<int>(EndKind::Stopped); ++i) {
    const Event event = event_with(ProcessEnded{.kind = static_cast<EndKind>(i)});
    std::istringstream in(written({event}));
    CHECK(read_jsonl(in, "t").value().at(0) == event);
  }
}

TEST_CASE("extreme values survive") {
  Event event = event_with(OutputWritten{false, std::string("\0\"\\\x7f\x80\xff\xee\xbe\x80", 9)});
  event.instruction = UINT64_MAX;
  event.thread = UINT32_MAX;
  event.esp = GuestAddr{0xffffffff};
  event.eip.symbol = "img\xff!a\"b\\c\n";
  event.chain.links.assign(1000, event.chain.links[0]);
  event.chain.ending = "cycle";
  std::istringstream in(written({event}));
  const auto events = read_jsonl(in, "t");
  REQUIRE_MESSAGE(events.has_value(), (events ? "" : events.error().text()));
  CHECK(events->at(0) == event);
}

TEST_CASE("the members of a line are the documented ones, in the documented order") {
  // docs/trace-format.md.
  CHECK(jsonl_header() == R"({"sehlab_trace":1,"schema_version":2})");
  Event event = event_with(RecordUnwound{GuestAddr{0x19fe94}});
  event.chain.links.pop_back();
  CHECK(jsonl_line(event) ==
        R"({"kind":"unwound","instruction":418655,"thread":1,)"
        R"("eip":{"address":"0x00401a36","symbol":"go!deref+0x6"},"esp":"0x0002fcd0",)"
        R"("chain":{"head":"0x0019fe94","links":[{"record":"0x0019fe94","next":"0x0019ff70",)"
        R"("handler":{"address":"0x00403000","symbol":"go!sigtramp"}}],"ending":"end"},)"
        R"("data":{"record":"0x0019fe94"}})");
}

TEST_CASE("each line is JSON to another reader") {
  std::istringstream lines(written([] {
    std::vector<Event> events;
    for (Payload& payload : sample_payloads()) events.push_back(event_with(std::move(payload)));
    return events;
  }()));
  std::size_t count = 0;
  for (std::string line; std::getline(lines, line); ++count) CHECK(json::accept(line));
  CHECK(count == kKinds + 1);
}

TEST_CASE("a filtered trace holds the chosen kinds only") {
  std::ostringstream out;
  JsonlWriter writer(out, KindSet::parse("push").value());
  writer.on_event(event_with(RecordPushed{}));
  writer.on_event(event_with(RecordPopped{}));
  std::istringstream in(out.str());
  CHECK(read_jsonl(in, "t").value().size() == 1);
}

TEST_CASE("a file that is no trace is refused with file and line") {
  CHECK(complaint("") == "t.jsonl: the file is empty, not even a header is there");
  CHECK(complaint("hello\n") == "t.jsonl:1: the line is no JSON, or it is cut short");
  CHECK(complaint("{}\n") == "t.jsonl:1: this is no sehlab trace: sehlab_trace is missing");
  CHECK(complaint("[1]\n") == "t.jsonl:1: this is no sehlab trace: the line is no object");
  CHECK(complaint(R"({"sehlab_trace":1,"schema_version":1})") ==
        "t.jsonl:1: the trace has schema version 1; this sehlab reads version 2");
  CHECK(complaint(jsonl_header()).empty());
}

TEST_CASE("a trace cut anywhere inside a line is refused, never half read") {
  const std::string text = written({event_with(sample_payloads()[16])});
  const std::size_t first = text.find('\n') + 1;
  for (std::size_t cut = first + 1; cut < text.size() - 1; ++cut) {
    CAPTURE(cut);
    REQUIRE(complaint(text.substr(0, cut)) == "t.jsonl:2: the line is no JSON, or it is cut short");
  }
}

TEST_CASE("a member that is missing, foreign or of another type is named") {
  CHECK(edited(11, [](json& j) { j.erase("esp"); }) == "t.jsonl:2: esp is missing");
  CHECK(edited(11, [](json& j) { j.erase("data"); }) == "t.jsonl:2: data is missing");
  CHECK(edited(11, [](json& j) { j["data"].erase("record"); }) ==
        "t.jsonl:2: data.record is missing");
  CHECK(edited(11, [](json& j) { j["color"] = 1; }) ==
        "t.jsonl:2: color is no member that belongs here");
  CHECK(edited(11, [](json& j) { j["data"]["color"] = 1; }) ==
        "t.jsonl:2: data.color is no member that belongs here");
  CHECK(edited(11, [](json& j) { j["eip"]["x"] = 1; }) ==
        "t.jsonl:2: eip.x is no member that belongs here");
  CHECK(edited(11, [](json& j) { j["data"] = 1; }) == "t.jsonl:2: data is no object");
  CHECK(edited(11, [](json& j) { j["kind"] = "undreamt"; }) ==
        "t.jsonl:2: kind \"undreamt\" is unknown");
  CHECK(edited(11, [](json& j) { j["kind"] = 9; }) == "t.jsonl:2: kind is no string");
  CHECK(edited(11, [](json& j) { j["chain"]["links"] = 1; }) ==
        "t.jsonl:2: chain.links is no array");
  CHECK(edited(11, [](json& j) { j["chain"]["links"][1]["handler"]["symbol"] = nullptr; }) ==
        "t.jsonl:2: chain.links[1].handler.symbol is no string");
  CHECK(edited(0, [](json& j) { j["data"]["software"] = 1; }) ==
        "t.jsonl:2: data.software is neither true nor false");
  CHECK(edited(3, [](json& j) { j["data"]["why"] = "tired"; }) ==
        "t.jsonl:2: data.why is no reason to refuse a record");
  CHECK(edited(27, [](json& j) { j["data"]["kind"] = "vanished"; }) ==
        "t.jsonl:2: data.kind is no way to end");
}

TEST_CASE("a number out of range or of another form is refused") {
  const char* no_count = "t.jsonl:2: instruction is no whole number from 0 to 2^64 - 1";
  CHECK(edited(11, [](json& j) { j["instruction"] = -1; }) == no_count);
  CHECK(edited(11, [](json& j) { j["instruction"] = 1.5; }) == no_count);
  CHECK(edited(11, [](json& j) { j["instruction"] = 1e300; }) == no_count);
  CHECK(edited(11, [](json& j) { j["instruction"] = "1"; }) == no_count);
  std::string huge = jsonl_line(event_with(RecordUnwound{}));
  huge.replace(huge.find("418655"), 6, "18446744073709551616");  // 2^64
  CHECK(complaint_of_line(huge) == no_count);
  CHECK(edited(11, [](json& j) { j["thread"] = 4294967296; }) ==
        "t.jsonl:2: thread is no whole number from 0 to 4294967295");
  for (const char* address : {"", "0x", "19fe94", "0x19fe94", "0x0019fe94 ", "0x-019fe94",
                              "0x+019fe94", "0X0019fe94", "0x0019fe9g", "0x00019fe94"}) {
    CAPTURE(address);
    CHECK(edited(11, [&](json& j) { j["esp"] = address; }) ==
          "t.jsonl:2: esp is no string of 0x and eight hexadecimal digits");
  }
  CHECK(edited(11, [](json& j) { j["esp"] = 1; }) ==
        "t.jsonl:2: esp is no string of 0x and eight hexadecimal digits");
}

TEST_CASE("long and deep lines are read or refused, and cost no more than their size") {
  const std::string megabyte(1 << 20, '[');
  CHECK(complaint_of_line(megabyte) == "t.jsonl:2: the line is no JSON, or it is cut short");
  const std::string deep = std::string(1 << 19, '[') + std::string(1 << 19, ']');
  CHECK(complaint_of_line(deep) == "t.jsonl:2: the line is no object");
  Event event = event_with(OutputWritten{false, std::string(1 << 20, 'x')});
  std::istringstream in(written({event}));
  CHECK(read_jsonl(in, "t").value().at(0) == event);
}

TEST_SUITE_END();
