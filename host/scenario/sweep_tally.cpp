#include "host/scenario/sweep_tally.hpp"

#include <algorithm>
#include <utility>

namespace sehlab::scenario {

void SweepCounts::add(const SweptRun& run, bool is_as_expected) {
  ++positions;
  as_expected += is_as_expected;
  survived += run.end == SweptEnd::Survived;
  died += run.end == SweptEnd::Died;
  hung += run.end == SweptEnd::Hung;
  unmodelled += run.end == SweptEnd::Unmodelled;
  ++takers[run.taken.name()];
  first = std::min(first, run.instruction);
}

void SweepTally::add(SweptRun run, const SweptVerdict& verdict) {
  const bool good = verdict.as_expected();
  const std::string function = function_of(run);
  total_.add(run, good);
  if (verdict.expectation) by_expectation_[*verdict.expectation].add(run, good);
  by_function_[function].add(run, good);
  by_line_[function][run.source].add(run, good);
  instructions_.push_back(run.instruction);
  if (failing_.contains(run.instruction)) foreseen_ += good;
  if (!good) failures_.push_back({std::move(run), verdict});
}

void SweepTally::finish() {
  std::ranges::sort(instructions_);
  std::ranges::stable_sort(failures_, {}, [](const SweepFailure& f) { return f.run.instruction; });
  intervals_.clear();
  auto all = instructions_.begin();
  unforeseen_.reset();
  for (std::size_t i = 0; i < failures_.size(); ++i) {
    const std::uint64_t at = failures_[i].run.instruction;
    // The position before this one, whichever it is.
    all = std::lower_bound(all, instructions_.end(), at);
    const std::uint64_t before = all == instructions_.begin() ? UINT64_MAX : *std::prev(all);
    if (intervals_.empty() || (intervals_.back().to != at && intervals_.back().to != before)) {
      intervals_.push_back({at, at, 0});
    }
    if (!unforeseen_ && !failing_.contains(at)) unforeseen_ = i;
    intervals_.back().to = at;
    ++intervals_.back().positions;
  }
}

const std::map<std::string, SweepCounts>& SweepTally::lines_of(const std::string& function) const {
  static const std::map<std::string, SweepCounts> kNone;
  const auto found = by_line_.find(function);
  return found == by_line_.end() ? kNone : found->second;
}

}  // namespace sehlab::scenario
