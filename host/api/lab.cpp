#include "host/api/sehlab/lab.hpp"

#include <fmt/format.h>

#include <map>
#include <utility>

#include "host/api/lab_state.hpp"
#include "host/lab/suppressions.hpp"
#include "host/lab/system_folder.hpp"
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

/// What a provided function asks for is the Guest's to do.
void require_idle(const Session& session) {
  if (session.in_run()) {
    throw LabError("the lab is in a run: what a provided function wants, its Guest does");
  }
}

void provide(Session& session, const LabState::Given& given) {
  const auto provided = session.provide(given.dll, given.name, given.replacement);
  if (!provided) throw LabError(provided.error().text());
}

}  // namespace

void LabState::require_idle() const {
  for (const auto& entry : sessions) sehlab::require_idle(*entry.second);
}

LabState::Key LabState::key(const std::string& profile, Watch watch) const {
  return {&profile_of(profile.empty() ? options.profile : profile), watch};
}

process::Options LabState::process_options(const Key& key) const {
  process::Options process;
  process.profile = key.first;
  process.watch = mode_of(key.second);
  process.seed = options.seed;
  process.sehop = options.sehop;
  process.suppressions = suppressions;
  process.arguments = options.arguments;
  process.dll_folders = options.dll_folders;
  process.system_folder =
      options.system_folder.empty() ? lab::system_folder() : options.system_folder;
  return process;
}

Session& LabState::session(const std::string& profile, Watch watch) {
  const Key wanted = key(profile, watch);
  if (const auto found = sessions.find(wanted); found != sessions.end()) {
    sehlab::require_idle(*found->second);
    return *found->second;
  }
  Session::Setup setup;
  setup.image = image;
  setup.calls_from = options.calls_from;
  setup.input = options.input;
  setup.files = options.files;
  setup.budget = options.budget;
  setup.process = process_options(wanted);
  setup.process.stand_ins = true;
  auto session = or_throw(Session::create(setup));
  for (const Deed& deed : deeds) {
    if (const auto* given = std::get_if<Given>(&deed)) {
      sehlab::provide(*session, *given);
    } else {
      static_cast<void>(or_throw(session->keep(std::get<CallPlan>(deed))));
    }
  }
  return *sessions.emplace(wanted, std::move(session)).first->second;
}

Lab::Lab(const std::filesystem::path& image, LabOptions options)
    : state_(std::make_unique<LabState>()) {
  state_->image = image;
  state_->options = std::move(options);
  if (const auto& file = state_->options.suppressions; !file.empty()) {
    state_->suppressions = or_throw(lab::read_suppressions(file));
  }
  static_cast<void>(state_->session());
}
Lab::Lab(Lab&&) noexcept = default;
Lab& Lab::operator=(Lab&&) noexcept = default;
Lab::~Lab() = default;

void Lab::provide(const std::string& dll, const std::string& name, std::size_t words,
                  Provided function) {
  constexpr std::size_t kMostWords = 0x3fff;  // what RET takes off
  if (words > kMostWords)
    throw LabError(fmt::format("{} words are more than RET takes off", words));
  if (!function || name.empty()) throw LabError("no function is provided");
  state_->require_idle();
  static_cast<void>(state_->session());  // at least one that knows what there is
  const LabState::Given given{dll, name, {words, std::move(function)}};
  try {
    for (const auto& entry : state_->sessions) sehlab::provide(*entry.second, given);
  } catch (...) {
    state_->sessions.clear();  // some have it: all are made again when they are needed
    throw;
  }
  state_->deeds.emplace_back(given);
}

GuestAddr Lab::address(const std::string& function) {
  // A provided function may ask, too: it changes nothing.
  const auto made = state_->sessions.find(state_->key({}, state_->options.watch));
  Session& session = made != state_->sessions.end() ? *made->second : state_->session();
  return or_throw(session.find(function));
}

std::vector<std::string> profiles() {
  std::vector<std::string> names;
  for (const seh::Profile& profile : seh::profiles()) names.emplace_back(profile.name);
  return names;
}

Snapshot Lab::snapshot() const {
  auto taken = std::make_shared<Snapshot::State>();
  taken->of = state_->identity;
  taken->deeds = state_->deeds;
  for (const auto& [key, session] : state_->sessions) {
    taken->points.emplace(key, session->starting_point());
  }
  return Snapshot(std::move(taken));
}

void Lab::restore(const Snapshot& snapshot) {
  const Snapshot::State& taken = snapshot.state();
  if (taken.of != state_->identity) throw LabError("the snapshot is another lab's");
  state_->require_idle();
  state_->deeds = taken.deeds;
  // Processes that were made since then are made again when they are needed.
  std::erase_if(state_->sessions,
                [&](const auto& entry) { return !taken.points.contains(entry.first); });
  for (const auto& [key, session] : state_->sessions) session->start_from(taken.points.at(key));
}

}  // namespace sehlab
