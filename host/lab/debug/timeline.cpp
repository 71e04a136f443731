#include "host/lab/debug/timeline.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "emu/check.hpp"

namespace sehlab::lab {
namespace {

constexpr std::uint64_t kFirstInterval = 50'000;  // instructions between two snapshots
constexpr std::size_t kMostMarks = 64;
constexpr std::uint64_t kShortWay = 2'000;  // instructions that are run again in no time
constexpr std::size_t kMostNearMarks = 4;
using Pause = process::Process::Pause;

}  // namespace

tl::expected<std::unique_ptr<Timeline>, StartError> Timeline::begin(
    const process::Options& options, process::Output& streams, const EventLog::Limits& limits) {
  std::unique_ptr<Timeline> timeline(new Timeline(streams, limits));
  timeline->interval_ = kFirstInterval;
  auto started = start(options, timeline->console_, {&timeline->log_});
  if (!started) return tl::make_unexpected(started.error());
  timeline->process_ = std::move(*started);
  timeline->log_.attach(*timeline->process_);
  timeline->take_mark();
  return timeline;
}

Timeline::Moment Timeline::moment() const {
  Moment now = process_->moment();
  if (end() != nullptr) now.moves = kEnd;
  return now;
}

void Timeline::take_mark() {
  marks_.insert_or_assign(moment(),
                          Mark{process_->take_snapshot(), log_.place(), console_.place()});
}

void Timeline::take_mark_if_due() {
  if (moment().instructions < marks_.rbegin()->first.instructions + interval_) return;
  take_mark();
  if (marks_.size() < kMostMarks) return;
  interval_ *= 2;
  // The first one, and those behind a change, cannot be made again.
  bool keep = true;
  std::erase_if(marks_, [&](const auto& mark) {
    const bool needed = std::ranges::find(changes_, mark.first) != changes_.end();
    return !std::exchange(keep, !keep) && !needed;
  });
}

void Timeline::jump(const Mark& mark) {
  process_->restore(*mark.snapshot);
  log_.set_place(mark.events);
  console_.set_place(mark.console);
}

Pause Timeline::run_on(std::uint64_t instructions, std::span<const GuestAddr> addresses) {
  if (end() != nullptr) return Pause::Ended;
  log_.trim();
  take_mark_if_due();
  if (!std::ranges::equal(addresses, stops_)) {
    stops_.assign(addresses.begin(), addresses.end());
    process_->set_stops(stops_);
  }
  const std::uint64_t next_mark = marks_.rbegin()->first.instructions + interval_;
  const std::uint64_t here = process_->machine().retired();
  if (next_mark > here) instructions = std::min(instructions, next_mark);
  Pause pause = process_->run_on(std::max(instructions, here));
  while (pause != Pause::Ended && !process_->settled()) {
    pause = process_->run_on(process_->machine().retired());
  }
  return pause;
}

/// What is to be told of those is told then as well.
void Timeline::run_to(std::uint64_t instructions) {
  Pause pause = Pause::Elsewhere;
  while (pause != Pause::Ended && (moment().instructions < instructions || pause != Pause::There)) {
    pause = run_on(instructions, {});
  }
}

void Timeline::step() {
  const Moment from = moment();
  Pause pause = Pause::Elsewhere;
  while (pause != Pause::Ended && moment() == from) pause = run_on(from.instructions + 1, {});
  if (pause == Pause::Elsewhere && moment().instructions > from.instructions) {
    run_to(moment().instructions);
  }
}

std::vector<EventLog::Told> Timeline::recall(std::size_t first, std::size_t most) {
  std::vector<EventLog::Told> events;
  if (first >= log_.size()) return events;
  const std::size_t end_of_all = log_.size(), last = std::min(end_of_all, first + most);
  const Moment here = moment();
  if (log_.find(first) == nullptr) {
    auto mark = marks_.upper_bound(here);
    do {
      mark = std::prev(mark);
    } while (mark->second.events.count > first && mark != marks_.begin());
    jump(mark->second);
    while (end() == nullptr && log_.size() < last) run_on(UINT64_MAX, {});
  }
  for (std::size_t i = first; i < last; ++i) {
    if (const auto* told = log_.find(i)) events.push_back(*told);
  }
  if (log_.size() != end_of_all || moment() != here) seek(here);
  return events;
}

void Timeline::seek(Moment target) {
  const auto after = marks_.upper_bound(target);
  SEHLAB_CHECK(after != marks_.begin());
  const auto& [at, mark] = *std::prev(after);
  if (target < moment() || at > moment()) jump(mark);
  if (moment().instructions < target.instructions) run_to(target.instructions);
  while (end() == nullptr && moment() < target) step();
}

bool Timeline::go_to(Moment target) {
  seek(target);
  return take_back_changes();
}

bool Timeline::take_back_changes() {
  const Moment now = moment();
  bool any = false;
  while (!changes_.empty() && changes_.back() > now) {
    marks_.erase(marks_.lower_bound(changes_.back()), marks_.end());
    changes_.pop_back();
    log_.forget_rest();
    console_.forget_rest();
    any = true;
  }
  return any;
}

void Timeline::discard_future() {
  marks_.erase(marks_.upper_bound(moment()), marks_.end());
  while (!changes_.empty() && changes_.back() > moment()) changes_.pop_back();
  log_.forget_rest();
  console_.forget_rest();
}

void Timeline::changed() {
  discard_future();
  const Moment now = moment();
  if (changes_.empty() || changes_.back() != now) changes_.push_back(now);
  take_mark();
}

/// Who steps back will step back again: the next ones need not come from afar.
void Timeline::take_near_mark(std::uint64_t instructions) {
  if (instructions <= kShortWay) return;
  const Moment wanted{instructions - kShortWay, 0};
  if (std::prev(marks_.upper_bound({instructions, 0}))->first >= wanted) return;
  seek(wanted);
  if (end() != nullptr || marks_.contains(moment())) return;
  take_mark();
  near_marks_.push_back(moment());
  if (near_marks_.size() <= kMostNearMarks) return;
  // One that a change was made at since is needed.
  if (std::ranges::find(changes_, near_marks_.front()) == changes_.end()) {
    marks_.erase(near_marks_.front());
  }
  near_marks_.pop_front();
}

std::optional<Timeline::Moment> Timeline::step_back_from(Moment limit) {
  take_near_mark(limit.instructions);
  // With moves at the limit's own count first; one that was never stood at comes out as the limit.
  std::vector<Moment> starts;
  if (limit.moves > 0) starts.push_back({limit.instructions, 0});
  if (limit.instructions > 0) starts.push_back({limit.instructions - 1, 0});
  for (const Moment& start : starts) {
    seek(start);
    if (moment() >= limit) continue;
    Moment before = moment();
    for (;;) {
      step();
      if (moment() >= limit) break;
      before = moment();
    }
    seek(before);
    return before;
  }
  return std::nullopt;
}

std::optional<Timeline::Moment> Timeline::last_before(Moment limit, Visitor& visitor) {
  for (auto mark = marks_.lower_bound(limit); mark != marks_.begin();) {
    // Marks that are taken on the way lie behind this one.
    mark = std::prev(mark);
    jump(mark->second);
    std::optional<Moment> last;
    while (end() == nullptr && moment() < limit) {
      const Moment at = moment();
      if (visitor.counts_here()) last = at;
      visitor.before_step();
      step();
      if (visitor.wants_all()) {
        if (moment() <= limit && visitor.after_step()) last = at;
        continue;
      }
      const auto wanted = visitor.addresses();
      while (end() == nullptr && moment().instructions < limit.instructions &&
             !visitor.counts_here()) {
        run_on(limit.instructions, wanted);
      }
    }
    if (last || visitor.given_up()) return last;
    limit = mark->first;
  }
  return std::nullopt;
}

}  // namespace sehlab::lab
