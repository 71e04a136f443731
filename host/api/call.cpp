// Call: what one call is like, and what can be done with it.
#include <fmt/format.h>

#include <optional>
#include <utility>

#include "host/api/lab_state.hpp"
#include "host/lab/injections.hpp"
#include "host/lab/record.hpp"
#include "host/lab/run.hpp"
#include "host/lab/text_input.hpp"

namespace sehlab {
namespace {

/// Drops what is written, and notes what each read of a text gives.
class NotedReads final : public process::Output {
 public:
  NotedReads(const std::string& text, std::vector<std::string>& reads)
      : input_(text), reads_(reads) {}
  void write(int, std::span<const std::byte>) override {}
  std::size_t read(std::span<std::byte> into) override {
    const std::size_t size = input_.read(into);
    reads_.emplace_back(reinterpret_cast<const char*>(into.data()), size);
    return size;
  }

 private:
  lab::TextInput input_;
  std::vector<std::string>& reads_;
};

}  // namespace

Call::Call(Lab& lab) : lab_(lab.state_.get()) {}
Call::Call(Lab& lab, std::string function, std::vector<Argument> arguments)
    : lab_(lab.state_.get()), function_(std::move(function)), arguments_(std::move(arguments)) {
  if (function_.empty()) throw LabError("the function to call has no name");
}

Call& Call::convention(Convention convention) {
  convention_ = convention;
  return *this;
}
Call& Call::inject(const At& where, const Disturbance& what) {
  return inject(fmt::format("at={}{} {}", where.place(), where.more(), what.members()));
}
Call& Call::inject(const std::string& specification) {
  injections_.push_back(specification);
  return *this;
}
Call& Call::argument(Argument argument) {
  arguments_.push_back(std::move(argument));
  return *this;
}
Call& Call::profile(const std::string& name) {
  profile_ = name;
  return *this;
}
Call& Call::watch(Watch watch) {
  watch_ = watch;
  return *this;
}
Call& Call::budget(std::uint64_t instructions) {
  budget_ = instructions;
  return *this;
}

Run Call::sweep(const Disturbance& what,
                const std::function<void(std::uint64_t position, const Run& run)>& each) {
  Run undisturbed = run();
  if (undisturbed.ended() == Ended::BudgetSpent) {
    throw LabError(
        fmt::format("no sweep: undisturbed, it goes on beyond its budget, {} instructions",
                    undisturbed.instructions()));
  }
  Call swept = *this;  // whatever `each` makes of this one
  swept.inject(std::string());
  for (std::uint64_t position = 0; position < undisturbed.instructions(); ++position) {
    swept.injections_.back() = fmt::format(
        "at=instruction:{} {}", undisturbed.first_instruction() + position, what.members());
    each(position, swept.run());
  }
  return undisturbed;
}

CallPlan Call::plan() const {
  const LabState& state = *lab_;
  CallPlan plan;
  plan.function = function_;
  plan.arguments = arguments_;
  plan.convention = convention_;
  plan.injections = injections_;
  plan.budget = budget_.value_or(state.options.budget);
  plan.seed = state.options.seed;
  return plan;
}

Session& Call::session() const {
  return lab_->session(profile_, watch_.value_or(lab_->options.watch));
}

Run Call::run() {
  return Run(or_throw(session().run(plan())));
}

Moment Call::go_to(const std::string& place) {
  return Moment(or_throw(session().go_to(plan(), place)));
}

Run Call::keep() {
  LabState& state = *lab_;
  state.require_idle();
  Session& kept = session();
  Run run(or_throw(kept.keep(plan())));
  state.deeds.emplace_back(plan());
  // The other processes have not made the call: they are made again when they are needed.
  std::erase_if(state.sessions, [&](const auto& entry) { return entry.second.get() != &kept; });
  return run;
}

void Call::record(const std::filesystem::path& file) {
  const LabState& state = *lab_;
  if (!function_.empty() || !state.options.calls_from.empty() || !state.deeds.empty()) {
    throw LabError("only a program that runs from its entry point, by itself, can be recorded");
  }
  const LabState::Key key = state.key(profile_, watch_.value_or(state.options.watch));
  process::Options options = state.process_options(key);
  options.program = state.image;
  options.budget = budget_.value_or(state.options.budget);
  std::optional<process::Sandbox> files;
  if (!state.options.files.empty()) options.sandbox = &files.emplace(state.options.files);
  auto injections = or_throw(lab::Injections::parse(injections_, options.seed));
  options.intervention = injections.intervention();
  lab::Recording recording = lab::recording_of(options, injections_);
  NotedReads console(state.options.input, recording.input);
  const auto started = lab::start(options, console, {});
  if (!started) throw LabError(lab::refusal(started.error()));
  static_cast<void>(lab::run_recorded(**started, recording));
  if (auto written = lab::write_recording(recording, file); !written) {
    throw LabError(written.error().text());
  }
}

}  // namespace sehlab
