#include "emu/run_control.hpp"

#include <cstring>
#include <utility>

#include "emu/check.hpp"
#include "emu/opcode.hpp"
#include "emu/vectors.hpp"

namespace sehlab::emu {
namespace {

constexpr std::size_t kMaxWords = KnownWords::kMost;
constexpr std::uint64_t kNoInstruction = UINT64_MAX;

std::uint32_t load(const std::byte* host) {
  std::uint32_t value = 0;
  std::memcpy(&value, host, sizeof value);
  return value;
}

}  // namespace

void RunControl::set_watched_words(std::span<const GuestAddr> words) {
  SEHLAB_CHECK(words.size() <= kMaxWords);
  words_before_.swap(words_);
  words_.clear();
  for (const GuestAddr address : words) {
    SEHLAB_CHECK(address.aligned(4));
    words_.push_back({address, 0, nullptr});
  }
  resolve_words();
  for (Word& word : words_) {
    if (word.host != nullptr) word.known = load(word.host);
    // What one instruction changed beside the word that was told of is told of next.
    for (const Word& old : words_before_) {
      if (old.address == word.address && old.host == word.host) word.known = old.known;
    }
  }
  tell_engine();
  engine_->store_note().noted = false;
}

/// The words for the engine's own look, before each instruction.
void RunControl::tell_engine() {
  KnownWords& known = engine_->counter().known;
  known.count = 0;
  for (const Word& word : words_) {
    if (word.host != nullptr) known.words[known.count++] = {word.host, word.known};
  }
}

void RunControl::resolve_words() {
  for (Word& word : words_) word.host = table_.host(word.address);
  words_generation_ = table_.generation();
}

void RunControl::set_esp_window(GuestAddr above, GuestAddr up_to) {
  engine_->counter().esp = {above, up_to, {}, false, false};
}

void RunControl::begin(GuestAddr eip, std::uint64_t budget_end) {
  budget_end_ = budget_end;
  // Pages come and go between runs only.
  if (words_generation_ != table_.generation()) {
    resolve_words();
    tell_engine();
  }
  if (eip != standing_.stopped_at) {
    standing_.resumed = false;
    standing_.passed_breakpoint.reset();
  }
  if (standing_.passed_debug && *standing_.passed_debug != eip) standing_.passed_debug.reset();
  check_->begin();
  // The first instruction goes the long way: it may be one that was reported before.
  engine_->counter().limit = 0;
}

/// The engine calls before each round of a REP instruction, and a second time for a store that
/// changed the code of its own block; only a transfer of control really runs twice in a row.
bool RunControl::continues(GuestAddr address) const {
  if (!standing_.resumed || engine_->counter().last != address.value) return false;
  return !transfers_control(opcode_of(table_.code(address).span()));
}

std::optional<ConditionMet> RunControl::condition() {
  if (!watching()) return std::nullopt;
  ConditionMet met;
  StoreNote& store = engine_->store_note();
  const auto stored = [&store](const Word& word) {
    return store.noted && store.address < word.address + sizeof(std::uint32_t) &&
           word.address < store.address + store.size;
  };
  for (Word& word : words_) {
    if (word.host == nullptr || (load(word.host) == word.known && !stored(word))) continue;
    met.word_changed = true;
    met.word = word.address;
    met.old_value = word.known;
    met.new_value = word.known = load(word.host);
    tell_engine();
    break;
  }
  store.noted = false;
  EspWindow& window = engine_->counter().esp;
  if (window.above != window.up_to) {
    met.esp_before = window.seen;
    met.esp_in_window = window.look(GuestAddr{engine_->get(Reg::Esp)});
  }
  if (!met.word_changed && !met.esp_in_window) return std::nullopt;
  const std::uint64_t last = engine_->counter().last;
  met.by_eip =
      last == kNoInstruction ? standing_.last : GuestAddr{static_cast<std::uint32_t>(last)};
  return met;
}

bool RunControl::before(GuestAddr address) {
  const auto stop = [this](auto reason) {
    stop_ = std::move(reason);
    return false;
  };
  InstructionCounter& counter = engine_->counter();
  const bool again = continues(address);
  // A trap belongs to the instruction before, and so comes first.
  if (check_->due()) {
    const GuestAddr last{static_cast<std::uint32_t>(counter.last)};
    return stop(trap(FaultKind::Exception, kDebug, last, address));
  }
  if (const auto met = condition()) return stop(*met);
  if (!again) {
    if (!breakpoints_.empty() && breakpoints_.contains(address) &&
        standing_.passed_breakpoint != address) {
      standing_.passed_breakpoint = address;
      return stop(BreakpointHit{address});
    }
    if (counter.count >= budget_end_) return stop(BudgetSpent{});
    if (!debug_addresses_.empty() && debug_addresses_.contains(address) &&
        standing_.passed_debug != address) {
      return stop(Fault{.kind = FaultKind::Exception,
                        .vector = kDebug,
                        .access = Access::Execute,
                        .address = address,
                        .eip = address,
                        .trap = false,
                        .next_eip = {}});
    }
    if (auto refused = check_->before(address)) return stop(std::move(*refused));
    ++counter.count;
  } else if (auto refused = check_->before(address)) {
    --counter.count;
    standing_.resumed = false;
    return stop(std::move(*refused));
  }
  standing_.passed_breakpoint.reset();
  standing_.passed_debug.reset();
  standing_.resumed = true;
  counter.last = address.value;
  const bool armed = check_->wants_all() || !breakpoints_.empty() || !debug_addresses_.empty();
  counter.limit = armed ? 0 : budget_end_;
  counter.watching = watching();
  counter.esp.moved = counter.watching && !esp_steady(address);
  return true;
}

/// Whether ESP is where it was, or lower, behind the instruction: then the window need not be
/// looked at before the next one.
bool RunControl::esp_steady(GuestAddr address) {
  InstructionCounter& counter = engine_->counter();
  if (counter.esp_steady.has(address.value)) return true;
  if (counter.esp_moving.has(address.value)) return false;
  const bool steady = !may_raise_esp(opcode_of(table_.code(address).span()));
  // What the program itself may write over is looked at each time.
  if (counter.plain.has(address.value)) {
    (steady ? counter.esp_steady : counter.esp_moving).add(address.value);
  }
  return steady;
}

void RunControl::take_back() {
  static_cast<void>(check_->take_due());
  --engine_->counter().count;
  standing_.resumed = false;
  if (edges_ != nullptr) edges_->taken_back();
}

void RunControl::take_back_unseen() {
  static_cast<void>(check_->take_due());
  take_back_round();
}

void RunControl::take_back_round() {
  --engine_->counter().count;
  standing_.resumed = false;
  standing_.passed_breakpoint = GuestAddr{static_cast<std::uint32_t>(engine_->counter().last)};
  standing_.passed_debug = standing_.passed_breakpoint;
}

void RunControl::count_one() {
  ++engine_->counter().count;
}

void RunControl::moved(GuestAddr eip, std::optional<GuestAddr> passed_breakpoint) {
  standing_.resumed = false;
  standing_.stopped_at = eip;
  standing_.passed_breakpoint = passed_breakpoint;
}

RunControl::State RunControl::state() const {
  const InstructionCounter& counter = engine_->counter();
  State state;
  state.count = counter.count;
  state.begun_last = counter.last;
  state.store_note = engine_->store_note();
  state.words = words_;
  state.esp = counter.esp;
  state.standing = standing_;
  return state;
}

void RunControl::restore(const State& state) {
  InstructionCounter& counter = engine_->counter();
  counter.count = state.count;
  counter.last = state.begun_last;
  counter.esp = state.esp;
  engine_->store_note() = state.store_note;
  words_ = state.words;
  resolve_words();
  tell_engine();
  standing_ = state.standing;
}

void RunControl::end(GuestAddr eip) {
  standing_.stopped_at = eip;
  const std::uint64_t last = engine_->counter().last;
  if (last != kNoInstruction) standing_.last = GuestAddr{static_cast<std::uint32_t>(last)};
}

}  // namespace sehlab::emu
