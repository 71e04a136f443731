// Where a process asks the one who may step in, and what it lends to them.
#include "host/process/process.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "host/services/known_dlls.hpp"

namespace sehlab::process {

void Process::set_breakpoints() {
  std::vector<GuestAddr> addresses;
  if (observers_) addresses = observers_->breakpoints();
  if (intervening_ != nullptr) {
    const auto wanted = intervening_->addresses();
    addresses.insert(addresses.end(), wanted.begin(), wanted.end());
  }
  addresses.insert(addresses.end(), stops_.begin(), stops_.end());
  machine_->set_breakpoints(addresses);
}

Result<> Process::begin_intervention() {
  intervening_ = options_.intervention;
  if (intervening_ == nullptr) return {};
  auto begun = intervening_->begin(*this);
  set_breakpoints();
  return begun;
}

void Process::images_changed() {
  if (images_met_ == modules_->version()) return;
  images_met_ = modules_->version();
  if (observers_) observers_->images_changed();
  if (intervening_ != nullptr) intervening_->images_changed(*this);
  set_breakpoints();
  set_counted_code();
}

void Process::set_counted_code() {
  if (options_.count_edges == Options::Edges::None) return;
  std::vector<GuestRange> code;
  for (const Module& module : modules_->all()) {
    if (options_.count_edges == Options::Edges::All || !services::is_windows_dll(module.name)) {
      code.push_back({module.base, module.base + module.size});
    }
  }
  machine_->set_counted_code(code);
}

void Process::intervene(Intervention::Occasion occasion) {
  if (intervening_ != nullptr && !end_) intervening_->step_in(*this, occasion);
}

void Process::tell_of_moves() {
  // One that injects moves the thread again; each such move takes room on the guest's stack.
  while (std::exchange(moved_, false) && !end_ && intervening_ != nullptr &&
         intervening_->wants_moves()) {
    intervene(Intervention::Occasion::Moved);
  }
}

std::uint64_t Process::instructions_to_intervention() const {
  if (intervening_ == nullptr) return Intervention::kNever;
  const std::uint64_t next = intervening_->next_count();
  const std::uint64_t retired = machine_->retired();
  return next == Intervention::kNever ? next : next - std::min(next, retired);
}

fault::Rules Process::fault_rules() const {
  fault::Rules rules;
  rules.wow64 = options_.profile->wow64;
  rules.div_overflow_is_integer_overflow = options_.profile->div_overflow_is_integer_overflow;
  rules.x87.denormal_has_own_code = options_.profile->x87_denormal_has_own_code;
  rules.x87.has_parameters = options_.profile->x87_has_parameters;
  rules.dep_enabled = system_->dep_enabled();
  return rules;
}

}  // namespace sehlab::process
