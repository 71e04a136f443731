#include "host/lab/replay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "host/lab/record.hpp"
#include "host/lab/repeated_input.hpp"
#include "host/lab/run.hpp"
#include "host/lab/run_place.hpp"
#include "host/seh/profile.hpp"

namespace sehlab::lab {
namespace {

constexpr std::uint64_t kFirstInterval = 50'000;  // instructions between two snapshots
constexpr std::size_t kMostMarks = 64, kMostEvents = 4'000'000;
constexpr std::uint64_t kEnd = std::numeric_limits<std::uint64_t>::max();

}  // namespace

/// The recorded run's standard input, and what it writes.
class Replay::Console final : public CapturedOutput {
 public:
  explicit Console(const std::vector<std::string>& reads) : input(reads) {}
  std::size_t read(std::span<std::byte> into) override { return input.read(into); }

  RepeatedInput input;
};

namespace {

/// Cuts `now` to a length, or brings back what is missing from what was there before: what is told
/// twice is the same each time.
template <typename Sequence>
void set_length(Sequence& now, Sequence& furthest, std::size_t length) {
  if (now.size() > furthest.size()) {
    furthest.insert(furthest.end(), now.begin() + static_cast<std::ptrdiff_t>(furthest.size()),
                    now.end());
  }
  if (length <= now.size()) {
    now.resize(length);
  } else {
    now.insert(now.end(), furthest.begin() + static_cast<std::ptrdiff_t>(now.size()),
               furthest.begin() + static_cast<std::ptrdiff_t>(length));
  }
}

}  // namespace

struct Replay::Mark {
  std::shared_ptr<const process::Snapshot> snapshot;
  std::size_t events = 0, out = 0, err = 0, read = 0;
};

Replay::Replay(const Recording& recording) : recording_(recording), interval_(kFirstInterval) {}
Replay::~Replay() = default;

const std::string& Replay::out() const {
  return console_->out();
}
const std::string& Replay::err() const {
  return console_->error();
}

Result<std::unique_ptr<Replay>> Replay::open(const Recording& recording) {
  std::unique_ptr<Replay> replay(new Replay(recording));
  const Recording& kept = replay->recording_;
  std::error_code error;
  if (!std::filesystem::is_regular_file(kept.program, error)) {
    return fail(kept.program, "was recorded and is not there");
  }
  if (digest_of(kept.program) != kept.program_digest) {
    return fail(kept.program, "is not the program that was recorded");
  }
  process::Options options;
  options.program = kept.program;
  options.arguments = kept.arguments;
  options.system_folder = system_folder();
  options.dll_folders.assign(kept.dll_folders.begin(), kept.dll_folders.end());
  options.profile = seh::find_profile(kept.profile);
  const auto mode = watch_mode(kept.watch);
  if (options.profile == nullptr || !mode) {
    return fail("", "the recording's profile or watch is none that this sehlab has");
  }
  options.watch = *mode;
  options.sehop = kept.sehop;
  options.seed = kept.seed;
  options.budget = kept.budget;
  options.trace_gates = true;
  auto injections = Injections::parse(kept.injections, kept.seed);
  if (!injections) return tl::make_unexpected(injections.error());
  replay->injections_ = std::move(*injections);
  options.intervention = replay->injections_.intervention();
  replay->console_ = std::make_unique<Console>(kept.input);
  auto started = start(options, *replay->console_, {&replay->trace_});
  if (!started) return fail("", refusal(started.error()));
  replay->process_ = std::move(*started);
  if (auto laid = lay_files(kept.files, *replay->process_); !laid) {
    return tl::make_unexpected(laid.error());
  }
  if (auto begun = replay->forward(0); !begun) return tl::make_unexpected(begun.error());
  return replay;
}

void Replay::take_mark() {
  marks_.emplace(instruction(),
                 Mark{process_->take_snapshot(), trace_.events.size(), console_->out().size(),
                      console_->error().size(), console_->input.count()});
  if (marks_.size() < kMostMarks) return;
  interval_ *= 2;
  bool keep = true;
  std::erase_if(marks_, [&](const auto&) { return !std::exchange(keep, !keep); });
}

void Replay::jump(const Mark& mark) {
  process_->restore(*mark.snapshot);
  set_length(trace_.events, furthest_events_, mark.events);
  set_length(console_->text(1), furthest_out_, mark.out);
  set_length(console_->text(2), furthest_err_, mark.err);
  console_->input.set_count(mark.read);
  end_.reset();
}

Result<> Replay::forward(std::uint64_t target) {
  for (;;) {
    const std::uint64_t here = instruction();
    const auto checkpoint =
        std::ranges::lower_bound(recording_.checkpoints, here, {}, &Checkpoint::instructions);
    const bool at_checkpoint =
        checkpoint != recording_.checkpoints.end() && checkpoint->instructions == here;
    if (!end_ && at_checkpoint && checkpoint->digest != state_digest(*process_)) {
      return fail("", fmt::format("the run differs from the recording at instruction {}: other "
                                  "DLLs, or another sehlab",
                                  here));
    }
    if (!end_ && (marks_.empty() || here >= marks_.rbegin()->first + interval_)) take_mark();
    if (end_ || here >= target) return {};
    std::uint64_t stop = std::min(target, here + interval_);
    const auto next = at_checkpoint ? std::next(checkpoint) : checkpoint;
    if (next != recording_.checkpoints.end()) stop = std::min(stop, next->instructions);
    if (auto end = process_->run_to(stop)) {
      end_ = std::move(*end);
      if (end_->instructions != recording_.instructions) {
        return fail("",
                    fmt::format("the run ended after {} instructions, the recorded one after {}",
                                end_->instructions, recording_.instructions));
      }
    }
    if (trace_.events.size() > kMostEvents) return fail("", "the run has too many events");
  }
}

Result<> Replay::go_to(std::uint64_t target) {
  sought_.reset();
  // The nearest snapshot before it, unless the way from here is shorter.
  if (const auto after = marks_.upper_bound(target); after != marks_.begin()) {
    const auto& [at, mark] = *std::prev(after);
    const bool back = target < instruction() || (end_ && target <= end_->instructions);
    if (back || at > instruction()) {
      jump(mark);
    }
  }
  return forward(target);
}

template <typename Is>
Result<std::optional<std::uint64_t>> Replay::find(Is is) {
  // Events that were told and taken back by going back are told again.
  std::size_t looked = 0;
  for (;;) {
    for (; looked < trace_.events.size(); ++looked) {
      if (is(trace_.events[looked])) return std::optional(trace_.events[looked].instruction);
    }
    if (end_) return std::optional<std::uint64_t>();
    if (auto on = forward(instruction() + interval_); !on) return tl::make_unexpected(on.error());
  }
}

Result<> Replay::go_to(const std::string& place) {
  const auto parsed = parse_run_place(place);
  if (!parsed) return tl::make_unexpected(parsed.error());
  if (parsed->kind == RunPlace::Kind::Instruction) return go_to(parsed->number);
  if (parsed->kind == RunPlace::Kind::End) return go_to(kEnd);
  EventFinder finder(*parsed);
  std::optional<Sought> sought;
  const auto found = find([&](const trace::Event& event) {
    if (!finder.is(event)) return false;
    sought = Sought{finder.number(), event};
    return true;
  });
  if (!found) return tl::make_unexpected(found.error());
  if (!*found) {
    const bool watch = parsed->event == "defect" && recording_.watch == "off";
    return fail("", "\"" + place + "\" never comes" +
                        (watch ? ": the run was recorded with the watch off" : ""));
  }
  auto went = go_to(**found);
  sought_ = std::move(sought);
  return went;
}

}  // namespace sehlab::lab
