// Timelines. The oracle is another run of the same program, straight to the place.
#include "host/lab/debug/timeline.hpp"

#include <algorithm>
#include <map>

#include "host/lab/record.hpp"
#include "tests/lab/debug/rig.hpp"

namespace sehlab::lab {
namespace {

using Moment = Timeline::Moment;
const std::vector<std::string> kStory{"TestCallbackPanicLocked", "TestSetPanicOnFault"};

/// Every moment of a run, and what each `every`th one looks like.
struct Straight {
  std::vector<Moment> moments;
  std::map<Moment, std::uint64_t> digests;
  std::size_t events = 0;
};

Straight straight(Timeline& timeline, std::size_t every) {
  Straight run;
  while (timeline.end() == nullptr) {
    if (run.moments.size() % every == 0) {
      run.digests.emplace(timeline.moment(), state_digest(timeline.process()));
    }
    run.moments.push_back(timeline.moment());
    timeline.step();
  }
  run.events = timeline.told().size();
  return run;
}

}  // namespace

TEST_CASE("A timeline is at any moment as a run that went straight there, in any order") {
  for (const auto& each :
       {std::pair(std::string("go_buggy.exe"), kStory),
        std::pair(std::string("seh_threads.O0.exe"), std::vector<std::string>())}) {
    const auto& guest = each.first;
    const auto& arguments = each.second;
    CAPTURE(guest);
    Rig once(guest, arguments), rig(guest, arguments);
    const Straight run = straight(*once.timeline, 1999);
    CHECK(std::ranges::is_sorted(run.moments));
    REQUIRE(run.digests.size() > 4);
    std::vector<Moment> order;
    for (const auto& [moment, digest] : run.digests) order.push_back(moment);
    for (std::size_t i = 0; i < order.size(); i += 2)
      std::swap(order[i], order[order.size() - 1 - i]);
    for (const Moment& moment : order) {
      rig.timeline->go_to(moment);
      CHECK(rig.timeline->moment() == moment);
      CHECK(state_digest(rig.timeline->process()) == run.digests.at(moment));
    }
    // The end, without steps, tells the same events.
    while (rig.timeline->end() == nullptr) rig.timeline->run_on(UINT64_MAX, {});
    CHECK(rig.timeline->told().size() == run.events);
    CHECK(rig.output.out() == once.output.out());  // each byte once
  }
}

TEST_CASE("A step back undoes a step, over dispatches and changes of threads") {
  Rig once("seh_threads.O0.exe"), rig("seh_threads.O0.exe");
  const Straight run = straight(*once.timeline, 100'000);
  // The first moment that is a move: there is at least the dispatch of each thread's fault.
  const auto moved = std::ranges::find_if(run.moments, [](const Moment& m) { return m.moves > 0; });
  REQUIRE(moved != run.moments.end());
  for (auto at = moved + 3; at > moved - 3; --at) {
    rig.timeline->go_to(*at);
    const auto before = rig.timeline->step_back_from(*at);
    REQUIRE(before);
    CHECK(*before == *(at - 1));
    CHECK(rig.timeline->moment() == *(at - 1));
  }
  rig.timeline->go_to({});
  CHECK_FALSE(rig.timeline->step_back_from({}));
}

TEST_CASE("The last visit of an address before a moment is found") {
  Rig once("go_buggy.exe", kStory), rig("go_buggy.exe", kStory);
  const GuestAddr place = rig.symbol("cgocall");
  std::vector<Moment> visits;
  while (once.timeline->end() == nullptr) {
    if (once.eip() == place.value) visits.push_back(once.timeline->moment());
    once.timeline->step();
  }
  REQUIRE(visits.size() > 2);

  struct AtPlace final : Timeline::Visitor {
    explicit AtPlace(const Rig& r, GuestAddr address) : rig(r), wanted{address} {}
    std::span<const GuestAddr> addresses() const override { return wanted; }
    bool wants_all() const override { return all; }
    bool counts_here() override { return rig.eip() == wanted[0].value; }
    bool given_up() override { return false; }
    const Rig& rig;
    std::vector<GuestAddr> wanted;
    bool all = false;
  } visitor(rig, place);
  for (const bool all : {false, true}) {
    visitor.all = all;
    Moment limit{UINT64_MAX, 0};
    for (std::size_t left = visits.size(); left-- > 0;) {
      const auto found = rig.timeline->last_before(limit, visitor);
      REQUIRE(found);
      CHECK(*found == visits[left]);
      limit = *found;
    }
    CHECK_FALSE(rig.timeline->last_before(limit, visitor));
  }
}

TEST_CASE("A change makes the run another one, and going back to before it takes it back") {
  Rig rig("go_buggy.exe", kStory), plain("go_buggy.exe", kStory);
  rig.timeline->go_to({30'000, 0});
  emu::Registers& registers = rig.timeline->process().machine().registers();
  emu::GeneralRegisters general = registers.general();
  general.eip = 0;  // nothing is mapped there: it faults at once
  rig.timeline->discard_future();
  REQUIRE(registers.set_general(general));
  rig.timeline->changed();
  const std::size_t told = rig.timeline->told().size();
  rig.timeline->step();
  CHECK(std::holds_alternative<trace::FaultRaised>(rig.timeline->told()[told].event.payload));
  CHECK_FALSE(rig.timeline->go_to({30'000, 0}));  // where it was changed: it stays so
  CHECK(rig.eip() == 0);
  CHECK(rig.timeline->go_to({29'999, 0}));  // taken back
  while (rig.timeline->end() == nullptr) rig.timeline->run_on(UINT64_MAX, {});
  while (plain.timeline->end() == nullptr) plain.timeline->run_on(UINT64_MAX, {});
  CHECK(rig.timeline->moment() == plain.timeline->moment());
  CHECK(rig.timeline->told().size() == plain.timeline->told().size());
}

TEST_CASE("What was read once is read again") {
  struct Once final : process::Output {
    int reads = 0;
    void write(int, std::span<const std::byte>) override {}
    std::size_t read(std::span<std::byte> into) override {
      if (reads == 2) return 0;
      into[0] = std::byte(++reads);
      return 1;
    }
  } streams;
  RepeatableConsole console(streams);
  std::array<std::byte, 4> bytes{};
  CHECK(console.read(bytes) == 1);
  const auto place = console.place();
  CHECK(console.read(bytes) == 1);
  CHECK(bytes[0] == std::byte{2});
  CHECK(console.read(bytes) == 0);
  console.set_place(place);
  CHECK(console.read(bytes) == 1);
  CHECK(bytes[0] == std::byte{2});
  CHECK(streams.reads == 2);
}

}  // namespace sehlab::lab
