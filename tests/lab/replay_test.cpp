// Replays. The oracle is another run of the same program, straight to the place.
#include "host/lab/replay.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "host/lab/record.hpp"
#include "host/lab/run.hpp"
#include "host/trace/kinds.hpp"

namespace sehlab::lab {
namespace {

const std::string kGuests = SEHLAB_BINARY_DIR "/guest/";

/// Feeds standard input, two bytes at a time.
struct Typist final : process::Output {
  std::string text = "ab\ncd\n";
  std::size_t next = 0;
  std::vector<std::string> given;
  void write(int, std::span<const std::byte>) override {}
  std::size_t read(std::span<std::byte> into) override {
    const std::size_t size = std::min({into.size(), text.size() - next, std::size_t{2}});
    for (std::size_t i = 0; i < size; ++i) into[i] = std::byte(text[next + i]);
    if (size != 0) given.push_back(text.substr(next, size));
    next += size;
    return size;
  }
};

Recording record(const std::string& guest, std::vector<std::string> arguments,
                 std::vector<std::string> injections = {}) {
  Recording recording;
  recording.program = kGuests + guest;
  recording.program_digest = digest_of(recording.program);
  recording.arguments = arguments;
  recording.profile = seh::profiles().front().name;
  recording.watch = "report";
  recording.injections = injections;
  process::Options options;
  options.program = recording.program;
  options.arguments = std::move(arguments);
  options.system_folder = system_folder();
  options.watch = watch::Mode::Report;
  auto parsed = Injections::parse(injections, 0);
  REQUIRE(parsed);
  options.intervention = parsed->intervention();
  Typist typist;
  const auto end =
      run(options, typist, {}, {}, [&](process::Process& p) { return run_recorded(p, recording); });
  REQUIRE(end);
  recording.input = typist.given;
  return recording;
}

std::unique_ptr<Replay> replay_of(const Recording& recording) {
  auto replay = Replay::open(recording);
  REQUIRE_MESSAGE(replay.has_value(), replay.error().text());
  return std::move(*replay);
}

}  // namespace

TEST_CASE("A replay is at any instruction as a run that went straight there, in any order") {
  const Recording recording =
      record("go_buggy.exe", {"TestCallbackPanicLocked", "TestSetPanicOnFault"});
  CHECK(recording.end == "unhandled-exception");  // Go issue 7470
  const auto replay = replay_of(recording);
  const std::uint64_t last = recording.instructions;
  for (const std::uint64_t target :
       {last / 2, std::uint64_t{1}, last, last - 1, last / 3, last / 3, last + 5, last / 2 + 1}) {
    REQUIRE(replay->go_to(target));
    const auto straight = replay_of(recording);
    REQUIRE(straight->go_to(target));
    CHECK(replay->instruction() == std::min(target, last));
    CHECK(replay->end().has_value() == (target > last));
    CHECK(state_digest(replay->process()) == state_digest(straight->process()));
    CHECK(replay->events().size() == straight->events().size());
    CHECK(replay->out() == straight->out());
  }
}

TEST_CASE("A replay goes to events by number and kind, and stands where they come") {
  const auto replay =
      replay_of(record("go_buggy.exe", {"TestCallbackPanicLocked", "TestSetPanicOnFault"}));
  REQUIRE(replay->go_to("end"));
  const std::vector<trace::Event> all(replay->events().begin(), replay->events().end());
  CHECK(trace::kind_name(all.back().payload) == "end");

  REQUIRE(replay->go_to("fault"));
  CHECK(!replay->end());
  CHECK(replay->process().modules().symbolize(
            GuestAddr{replay->process().machine().registers().general().eip}) ==
        "go_buggy!probe+0x6");  // the nil dereference of TestSetPanicOnFault
  REQUIRE(replay->go_to("defect"));
  const auto found = std::ranges::find_if(all, [](const trace::Event& event) {
    return std::holds_alternative<trace::DefectFound>(event.payload);
  });
  REQUIRE(found != all.end());
  CHECK(replay->instruction() == found->instruction);
  for (const std::size_t number : {all.size() / 2, std::size_t{1}, all.size()}) {
    REQUIRE(replay->go_to("event:" + std::to_string(number)));
    CHECK(replay->instruction() == all[number - 1].instruction);
    REQUIRE(replay->sought());
    CHECK(replay->sought()->event == all[number - 1]);
  }
  for (const char* place : {"event:0", "event:100000", "push#100000", "nothing", "fault#x"}) {
    const auto went = replay->go_to(place);
    REQUIRE(!went.has_value());
    CHECK(went.error().text().find(place) != std::string::npos);
  }
}

TEST_CASE("What was read from standard input is read again, after going back too") {
  const Recording recording = record("mingw_copy.exe", {});
  CHECK(!recording.input.empty());
  const auto replay = replay_of(recording);
  REQUIRE(replay->go_to("end"));
  const std::string out = replay->out();
  CHECK(out.find("2 lines") != std::string::npos);
  const std::vector<trace::Event> events(replay->events().begin(), replay->events().end());
  // Snapshots lie every 50,000 instructions: back before them all, and forwards over them.
  CHECK(recording.instructions > 60'000);
  for (const std::uint64_t back : {recording.instructions / 2, std::uint64_t{3000}}) {
    REQUIRE(replay->go_to(back));
    REQUIRE(replay->go_to("end"));
    CHECK(replay->out() == out);
    CHECK(std::ranges::equal(replay->events(), events));
  }
}

TEST_CASE("Injections fire again at the same place, after going back too") {
  const Recording recording = record("go_fixed.exe", {"TestSetPanicOnFault"},
                                     {"at=probe fault=divide visit=1", "at=print fault=read"});
  const auto replay = replay_of(recording);
  for (int round = 0; round < 2; ++round) {
    REQUIRE(replay->go_to("end"));
    CHECK(replay->end()->instructions == recording.instructions);
    const auto fired = std::ranges::count_if(replay->events(), [](const trace::Event& event) {
      return std::holds_alternative<trace::InjectionFired>(event.payload);
    });
    CHECK(fired == 2);
    REQUIRE(replay->go_to(recording.instructions / 2));
  }
}

TEST_CASE("A recording of another program, or of another run, is refused") {
  Recording recording = record("exit0.exe", {});
  Recording other = recording;
  other.program_digest ^= 1;
  CHECK(Replay::open(other).error().text() ==
        recording.program + ": is not the program that was recorded");
  other = recording;
  other.program = "/nonexistent.exe";
  CHECK(Replay::open(other).error().text() == "/nonexistent.exe: was recorded and is not there");
  other = recording;
  other.checkpoints.front().digest ^= 1;
  CHECK(Replay::open(other).error().text().find("differs from the recording at instruction 0") !=
        std::string::npos);
  other = recording;
  ++other.instructions;
  const auto replay = replay_of(other);
  CHECK(!replay->go_to("end"));
}

}  // namespace sehlab::lab
