#include "host/inject/sweep.hpp"

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "host/process/captured_output.hpp"
#include "host/process/process.hpp"
#include "host/process/snapshot.hpp"
#include "host/trace/listener.hpp"

namespace sehlab::inject {
namespace {

constexpr std::uint64_t kChunk = 64;           // instructions that a worker takes at a time
constexpr std::size_t kMostWritten = 1 << 20;  // bytes of each stream that are kept

/// All that happens, for who judges it.
struct Events final : trace::Listener {
  void on_event(const trace::Event& event) override { events.push_back(event); }
  std::vector<trace::Event> events;
};

/// A process and how far everything that grows had grown at its snapshot.
class Worker {
 public:
  explicit Worker(const SweepPlan& plan) : plan_(plan) {}

  tl::expected<void, load::LoadError> start() {
    auto made = process::Process::create(plan_.options, output_, {&trace_});
    if (!made) return tl::make_unexpected(made.error());
    process_ = std::move(*made);
    static_cast<void>(process_->run_to(plan_.from));
    thread_ = process_->scheduler().current().number;
    first_ = take();
    return {};
  }

  /// The positions before instructions [from, to). False: `done` wants no more.
  bool run(std::uint64_t from, std::uint64_t to, const std::function<bool(const SweepRun&)>& done,
           SweepSummary& summary) {
    go_back(first_);
    Mark here;
    for (std::uint64_t at = from; at < to; ++at) {
      if (process_->machine().retired() > at) continue;
      over_ = process_->run_to(at).has_value();
      if (over_) return true;
      if (process_->machine().retired() != at) continue;
      if (process_->scheduler().current().number != thread_) {
        ++summary.passed_over;
        continue;
      }
      here = take();
      const SweepPosition position = position_here();
      for (std::size_t fault = 0; fault < plan_.faults.size(); ++fault) {
        ++summary.positions;
        if (!done(fault_here(position, fault))) return false;
        go_back(here);
      }
    }
    return true;
  }
  /// The guest has ended before its last positions: there are none further on.
  [[nodiscard]] bool over() const { return over_; }

 private:
  struct Mark {
    std::shared_ptr<const process::Snapshot> snapshot;
    std::size_t events = 0, out = 0, err = 0;
  };

  [[nodiscard]] Mark take() {
    return {process_->take_snapshot(), trace_.events.size(), output_.out().size(),
            output_.error().size()};
  }
  void go_back(const Mark& mark) {
    process_->restore(*mark.snapshot);
    trace_.events.resize(mark.events);
    output_.text(1).resize(mark.out);
    output_.text(2).resize(mark.err);
  }

  [[nodiscard]] SweepPosition position_here() const {
    const GuestAddr eip{process_->machine().registers().general().eip};
    const process::Modules& modules = process_->modules();
    SweepPosition position;
    position.instruction = process_->machine().retired();
    position.eip = eip;
    position.at = modules.symbolize(eip);
    if (const GuestAddr function = modules.function(eip); function != GuestAddr{}) {
      position.function = modules.symbolize(function);
    }
    position.source = modules.source_line(eip);
    return position;
  }

  [[nodiscard]] SweepRun fault_here(const SweepPosition& position, std::size_t fault) {
    SweepRun run;
    run.position = position;
    run.fault = fault;
    run.own = trace_.events.size();
    const auto exception = plan_.faults[fault].make(*process_);
    if (!exception) {
      run.refused = exception.error().text();
      return run;
    }
    process_->inject(*exception);
    const std::uint64_t most = UINT64_MAX - position.instruction;
    auto end = process_->run_to(position.instruction + std::min(plan_.patience, most));
    run.hung = !end;
    if (end) run.end = std::move(*end);
    run.events = trace_.events;
    run.out = output_.out();
    run.err = output_.error();
    return run;
  }

  const SweepPlan& plan_;
  process::CapturedOutput output_{kMostWritten};
  Events trace_;
  std::unique_ptr<process::Process> process_;
  std::uint32_t thread_ = 0;
  bool over_ = false;
  Mark first_;
};

}  // namespace

tl::expected<SweepSummary, load::LoadError> sweep(
    const SweepPlan& plan, const std::function<bool(const SweepRun&)>& done) {
  std::atomic<std::uint64_t> next{plan.from};
  std::atomic<bool> ended{false};
  std::mutex mutex;
  SweepSummary total;
  std::optional<load::LoadError> failure;
  const auto work = [&] {
    Worker worker(plan);
    auto started = worker.start();
    SweepSummary summary;
    while (started && !ended && !worker.over()) {
      const std::uint64_t from = next.fetch_add(kChunk);
      if (from >= plan.to) break;
      if (!worker.run(from, std::min(plan.to, from + kChunk), done, summary)) ended = true;
    }
    const std::lock_guard lock(mutex);
    if (!started) failure = started.error();
    total.positions += summary.positions;
    total.passed_over += summary.passed_over;
  };
  std::vector<std::thread> threads;
  const std::uint64_t length = plan.to > plan.from ? plan.to - plan.from : 0;
  const std::uint64_t jobs = std::min<std::uint64_t>(plan.jobs, (length + kChunk - 1) / kChunk);
  for (std::uint64_t i = 1; i < jobs; ++i) threads.emplace_back(work);
  work();
  for (std::thread& thread : threads) thread.join();
  total.jobs = static_cast<unsigned>(threads.size()) + 1;
  if (failure) return tl::make_unexpected(*failure);
  return total;
}

}  // namespace sehlab::inject
