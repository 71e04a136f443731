// What a process has loaded, kept for a snapshot and put back.
#include "host/process/modules.hpp"

namespace sehlab::process {

std::shared_ptr<const Modules::State> Modules::state() {
  const bool known = state_ != nullptr && state_->version == version_ &&
                     state_->gates_version == gates_version_ && state_->loads == loads_;
  if (!known) {
    state_ = std::make_shared<const State>(State{modules_, loads_, version_, bases_, gates_,
                                                 gates_version_, initializers_, tls_,
                                                 self_naming_.state()});
  }
  return state_;
}

void Modules::restore(const std::shared_ptr<const State>& state) {
  if (version_ == state->version && gates_version_ == state->gates_version &&
      loads_ == state->loads) {
    return;
  }
  modules_ = state->modules;
  loads_ = state->loads;
  version_ = state->version;
  bases_ = state->bases;
  gates_ = state->gates;
  gates_version_ = state->gates_version;
  initializers_ = state->initializers;
  tls_ = state->tls;
  self_naming_.restore(state->self_naming);
  state_ = state;
}

}  // namespace sehlab::process
