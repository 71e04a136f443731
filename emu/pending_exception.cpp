#include "emu/pending_exception.hpp"

#include <cstring>

namespace sehlab::emu {
namespace {

constexpr std::int32_t kNonePending = -1;

std::int32_t word_at(CpuState& state, std::size_t offset) {
  std::int32_t value = 0;
  std::memcpy(&value, state.bytes().data() + offset, sizeof value);
  return value;
}

}  // namespace

/// The pristine state is that of construction, when no exception can be pending yet.
PendingException::PendingException(Engine& engine, RegisterFile& registers)
    : engine_(engine),
      registers_(registers),
      scratch_(engine.new_state()),
      pristine_(engine.new_state()) {
  engine_.save(*pristine_);
}

/// The one word that was "none" and became vector 0.
bool PendingException::find_difference(CpuState& before, CpuState& after) {
  offset_.reset();
  for (std::size_t at = 0; at + sizeof kNonePending <= before.bytes().size();
       at += sizeof kNonePending) {
    if (word_at(before, at) != kNonePending || word_at(after, at) != 0) continue;
    if (offset_) {
      offset_.reset();
      return false;
    }
    offset_ = at;
  }
  return offset_.has_value();
}

void PendingException::clear() {
  if (offset_) {
    engine_.save(*scratch_);
    std::memcpy(scratch_->bytes().data() + *offset_, &kNonePending, sizeof kNonePending);
    engine_.restore(*scratch_);
    return;
  }
  // Everything that a program can see, on top of a state in which nothing was pending.
  const GeneralRegisters general = registers_.general();
  const FxState fx = registers_.fx();
  engine_.restore(*pristine_);
  registers_.state_replaced();
  registers_.set_general(general);
  registers_.set_fx(fx);
  engine_.set(Reg::Fs, general.fs);  // its base may have changed under the same selector
}

}  // namespace sehlab::emu
