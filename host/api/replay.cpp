#include "host/api/sehlab/replay.hpp"

#include <utility>

#include "emu/os/abort_catcher.hpp"
#include "host/api/moment_facts.hpp"
#include "host/api/or_throw.hpp"
#include "host/lab/recording.hpp"
#include "host/lab/replay.hpp"

namespace sehlab {

struct Replay::State {
  std::unique_ptr<lab::Replay> replay;
  std::shared_ptr<process::Process> looked_at;
};

Replay::Replay(const std::filesystem::path& recording) : state_(std::make_unique<State>()) {
  state_->replay = or_throw(lab::Replay::open(or_throw(lab::read_recording(recording))));
}
Replay::Replay(Replay&&) noexcept = default;
Replay& Replay::operator=(Replay&&) noexcept = default;
Replay::~Replay() = default;

Moment Replay::go_to(const std::string& place) {
  lab::Replay& replay = *state_->replay;
  state_->looked_at.reset();
  os::AbortCatcher::install();  // as Session::begin_anew
  if (const auto went = replay.go_to(place); !went) throw LabError(went.error().text());
  state_->looked_at = look_at(replay.process());
  return Moment(moment_facts(lab::standing(replay), state_->looked_at));
}

std::vector<trace::Event> Replay::events() const {
  const auto told = state_->replay->events();
  return {told.begin(), told.end()};
}

}  // namespace sehlab
