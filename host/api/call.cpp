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

Call& Call::convention(Convention convention) {
  convention_ = convention;
  return *this;
}
Call& Call::inject(const At& where, const Disturbance& what) {
  const std::string& place = where.place();
  // A symbol of no image, a number, a line, a word with a colon, image+RVA: only the first gets our
  // image.
  const auto plus = place.rfind('+');
  const bool own =
      place.find_first_of("!:") == std::string::npos && place.find_first_of("0123456789") != 0 &&
      place.find('+') != 0 &&
      (plus == std::string::npos || session().image_called(place.substr(0, plus)) == nullptr);
  const std::string image = own ? process::lower_case(lab_.state_->image.stem().string()) : "";
  return inject(
      fmt::format("at={}{}{} {}", own ? image + "!" : "", place, where.more(), what.members()));
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
  const Lab::State& state = *lab_.state_;
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
  return lab_.state_->session(profile_, watch_.value_or(lab_.state_->options.watch));
}

Run Call::run() {
  return Run(or_throw(session().run(plan())));
}

Moment Call::go_to(const std::string& place) {
  return Moment(or_throw(session().go_to(plan(), place)));
}

Run Call::keep() {
  Lab::State& state = *lab_.state_;
  state.require_idle();
  Session& kept = session();
  Run run(or_throw(kept.keep(plan())));
  state.deeds.emplace_back(plan());
  // The other processes have not made the call: they are made again when they are needed.
  std::erase_if(state.sessions, [&](const auto& entry) { return entry.second.get() != &kept; });
  return run;
}

void Call::record(const std::filesystem::path& file) {
  const Lab::State& state = *lab_.state_;
  if (!function_.empty() || !state.options.calls_from.empty() || !state.deeds.empty()) {
    throw LabError("only a program that runs from its entry point, by itself, can be recorded");
  }
  const Lab::State::Key key = state.key(profile_, watch_.value_or(state.options.watch));
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
