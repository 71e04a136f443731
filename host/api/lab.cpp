#include "host/api/sehlab/lab.hpp"

#include <fmt/format.h>

#include <map>
#include <utility>

#include "host/api/session.hpp"
#include "host/lab/run.hpp"
#include "host/seh/profile.hpp"
#include "host/trace/near_miss.hpp"

namespace sehlab {
namespace {

watch::Mode mode_of(Watch watch) {
  switch (watch) {
    case Watch::Off:
      return watch::Mode::Off;
    case Watch::Strict:
      return watch::Mode::Strict;
    case Watch::Stop:
      return watch::Mode::Stop;
    case Watch::Report:
      break;
  }
  return watch::Mode::Report;
}

const seh::Profile& profile_of(const std::string& name) {
  if (name.empty()) return seh::profiles().front();
  if (const seh::Profile* profile = seh::find_profile(name)) return *profile;
  std::vector<std::string_view> known;
  for (const seh::Profile& profile : seh::profiles()) known.push_back(profile.name);
  throw LabError(
      fmt::format("no profile is called \"{}\"{}", name, trace::did_you_mean(name, known)));
}

template <typename T>
T or_throw(Result<T> result) {
  if (!result) throw LabError(result.error().text());
  return std::move(*result);
}

}  // namespace

/// A process is made for each system and watch that is asked for, at the first call.
struct Lab::State {
  using Key = std::pair<const seh::Profile*, Watch>;

  std::filesystem::path image;
  LabOptions options;
  std::map<Key, std::unique_ptr<Session>> sessions;
  struct Given {
    std::string dll, name;
    Replacement replacement;
  };
  std::vector<Given> given;  ///< provided functions, for sessions to come

  Session& session(const std::string& profile, Watch watch) {
    const Key key{&profile_of(profile.empty() ? options.profile : profile), watch};
    auto& session = sessions[key];
    if (session) return *session;
    Session::Setup setup;
    setup.image = image;
    setup.calls_from = options.calls_from;
    setup.process.profile = key.first;
    setup.process.watch = mode_of(watch);
    setup.process.seed = options.seed;
    setup.process.sehop = options.sehop;
    setup.process.stand_ins = true;
    setup.process.arguments = options.arguments;
    setup.process.dll_folders = options.dll_folders;
    setup.process.system_folder =
        options.system_folder.empty() ? lab::system_folder() : options.system_folder;
    auto made = Session::create(setup);
    if (!made) {
      sessions.erase(key);
      throw LabError(made.error().text());
    }
    session = std::move(*made);
    for (const Given& one : given) provide(*session, one);
    return *session;
  }
  static void provide(Session& session, const Given& given) {
    const auto provided = session.provide(given.dll, given.name, given.replacement);
    if (!provided) throw LabError(provided.error().text());
  }
};

Lab::Lab(const std::filesystem::path& image, LabOptions options)
    : state_(std::make_unique<State>()) {
  state_->image = image;
  state_->options = std::move(options);
  static_cast<void>(state_->session({}, state_->options.watch));
}
Lab::Lab(Lab&&) noexcept = default;
Lab& Lab::operator=(Lab&&) noexcept = default;
Lab::~Lab() = default;

void Lab::provide(const std::string& dll, const std::string& name, std::size_t words,
                  Provided function) {
  const State::Given given{dll, name, {words, std::move(function)}};
  for (const auto& entry : state_->sessions) State::provide(*entry.second, given);
  state_->given.push_back(given);
}

GuestAddr Lab::address(const std::string& function) {
  return or_throw(state_->session({}, state_->options.watch).find(function));
}

Call& Call::convention(Convention convention) {
  convention_ = convention;
  return *this;
}
Call& Call::inject(const At& where, const Disturbance& what) {
  const std::string& place = where.place();
  // A symbol of no image, a number, a line, a word with a colon: only the first gets our image.
  const bool own = place.find_first_of("!:") == std::string::npos &&
                   place.find_first_of("0123456789") != 0 && place.find('+') != 0;
  const std::string image = own ? process::lower_case(lab_.state_->image.stem().string()) : "";
  return inject(
      fmt::format("at={}{}{} {}", own ? image + "!" : "", place, where.more(), what.members()));
}
Call& Call::inject(const std::string& specification) {
  injections_.push_back(specification);
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
  for (std::uint64_t position = 0; position < undisturbed.instructions(); ++position) {
    injections_.push_back(fmt::format("at=instruction:{} {}",
                                      undisturbed.first_instruction() + position, what.members()));
    struct Back {
      std::vector<std::string>& injections;
      ~Back() { injections.pop_back(); }
    } back{injections_};
    each(position, run());
  }
  return undisturbed;
}

Run Call::run() {
  Lab::State& state = *lab_.state_;
  CallPlan plan;
  plan.function = function_;
  plan.arguments = arguments_;
  plan.convention = convention_;
  plan.injections = injections_;
  plan.budget = budget_.value_or(state.options.budget);
  plan.seed = state.options.seed;
  return Run(or_throw(state.session(profile_, watch_.value_or(state.options.watch)).run(plan)));
}

}  // namespace sehlab
