// Counting the runs of a sweep: by hand.
#include "host/scenario/sweep_tally.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/scenario/sweep_rig.hpp"

using namespace sehlab::scenario;

namespace {

/// A sweep of these positions, of which those in `bad` are not as expected.
SweepTally tally_of(const Sweep& sweep, const std::vector<std::uint64_t>& positions,
                    const std::vector<std::uint64_t>& bad, CountWindow failing = {0, 0}) {
  SweepTally tally(sweep);
  tally.expect_failing(failing);
  for (const std::uint64_t at : positions) {
    const bool good = std::find(bad.begin(), bad.end(), at) == bad.end();
    tally.add(swept_run(at), good ? as_expected() : not_as_expected());
  }
  tally.finish();
  return tally;
}

using Bounds = std::vector<std::pair<std::uint64_t, std::uint64_t>>;
Bounds bounds(const SweepTally& tally) {
  Bounds all;
  for (const FailingInterval& one : tally.intervals()) all.emplace_back(one.from, one.to);
  return all;
}

}  // namespace

TEST_SUITE_BEGIN("scenario");

TEST_CASE("runs are counted by function, line, expectation, end and taker") {
  Sweep sweep;
  sweep.expect.resize(2);
  SweepTally tally(sweep);
  SweptVerdict of_second;
  of_second.expectation = 1;
  tally.add(swept_run(11, "f"), of_second);
  tally.add(swept_run(12, "f", SweptEnd::Died, ""), not_as_expected());
  tally.add(swept_run(21, "f", SweptEnd::Hung), of_second);
  tally.add(swept_run(5, "k", SweptEnd::Unmodelled, ""), not_as_expected());
  tally.finish();
  const SweepCounts& total = tally.total();
  CHECK(total.positions == 4);
  CHECK(total.as_expected == 2);
  CHECK(total.survived == 1);
  CHECK(total.died == 1);
  CHECK(total.hung == 1);
  CHECK(total.unmodelled == 1);
  CHECK(total.takers == std::map<std::string, std::uint64_t>{{"h@owner", 2}, {"nobody", 2}});
  CHECK(total.first == 5);
  CHECK(tally.by_expectation().at(0).positions == 0);
  CHECK(tally.by_expectation().at(1).positions == 2);
  CHECK(tally.by_function().at("g!f").positions == 3);
  CHECK(tally.by_function().at("g!f").first == 11);
  CHECK(tally.lines_of("g!f").at("f.c:1").positions == 2);
  CHECK(tally.lines_of("g!f").at("f.c:2").hung == 1);
  CHECK(tally.lines_of("g!none").empty());
}

TEST_CASE("a position outside of every image has no function, and is counted all the same") {
  const Sweep sweep;
  SweepTally tally(sweep);
  SweptRun run = swept_run(1);
  run.function.clear();
  run.source.clear();
  tally.add(run, not_as_expected());
  tally.finish();
  CHECK(tally.by_function().at("(no function)").positions == 1);
  CHECK(tally.lines_of("(no function)").contains(""));
}

TEST_CASE("neighbouring positions make one interval, whatever order they come in") {
  const Sweep sweep;
  const SweepTally tally = tally_of(sweep, {7, 1, 5, 3, 2, 6, 4}, {6, 2, 3, 7});
  CHECK(bounds(tally) == Bounds{{2, 3}, {6, 7}});
  CHECK(tally.intervals()[1].positions == 2);
  REQUIRE(tally.failures().size() == 4);
  CHECK(tally.failures()[0].run.instruction == 2);
  CHECK(tally.unforeseen()->run.instruction == 2);
  CHECK_FALSE(tally.holds());
}

TEST_CASE("positions of other threads between two do not part an interval") {
  const Sweep sweep;
  CHECK(bounds(tally_of(sweep, {1, 2, 50, 51}, {2, 50})) == Bounds{{2, 50}});
  CHECK(bounds(tally_of(sweep, {1, 2, 30, 50, 51}, {2, 50})) == Bounds{{2, 2}, {50, 50}});
}

TEST_CASE("of several faults at a position one that fails makes it fail") {
  const Sweep sweep;
  SweepTally tally(sweep);
  for (const std::uint64_t at : {1, 2, 3}) {
    tally.add(swept_run(at), as_expected());
    tally.add(swept_run(at), at == 1 ? as_expected() : not_as_expected());
    tally.add(swept_run(at), at == 1 ? as_expected() : not_as_expected());
  }
  tally.finish();
  CHECK(bounds(tally) == Bounds{{2, 3}});
  CHECK(tally.intervals()[0].positions == 4);  // runs
}

TEST_CASE("a copy of a tally has failures of its own") {
  const Sweep sweep;
  const SweepTally tally = tally_of(sweep, {1, 2}, {2});
  const SweepTally copy = tally;  // NOLINT(performance-unnecessary-copy-initialization)
  CHECK(copy.unforeseen() == &copy.failures()[0]);
  CHECK(copy.unforeseen() != tally.unforeseen());
}

TEST_CASE("a sweep holds when nothing fails") {
  const Sweep sweep;
  const SweepTally tally = tally_of(sweep, {1, 2}, {});
  CHECK(tally.holds());
  CHECK(tally.intervals().empty());
  CHECK(tally.unforeseen() == nullptr);
}

TEST_CASE("a sweep holds when just what is to fail fails") {
  const Sweep sweep;
  const CountWindow failing{3, 5};
  CHECK(tally_of(sweep, {1, 2, 3, 4, 5}, {3, 4}, failing).holds());

  const SweepTally more = tally_of(sweep, {1, 2, 3, 4, 5}, {3, 4, 5}, failing);
  CHECK_FALSE(more.holds());
  REQUIRE(more.unforeseen() != nullptr);
  CHECK(more.unforeseen()->run.instruction == 5);
  CHECK(more.is_foreseen(more.failures()[0]));
  CHECK_FALSE(more.is_foreseen(more.failures()[2]));

  const SweepTally less = tally_of(sweep, {1, 2, 3, 4, 5}, {3}, failing);
  CHECK_FALSE(less.holds());
  CHECK(less.unforeseen() == nullptr);
  CHECK(less.foreseen_but_good() == 1);
}

TEST_SUITE_END();
