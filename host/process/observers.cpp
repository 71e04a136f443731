#include "host/process/observers.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <variant>

#include "host/process/chain_picture.hpp"
#include "host/seh/chain_rules.hpp"
#include "host/seh/handler_validation.hpp"

namespace sehlab::process {
Observers::Observers(emu::Machine& machine, const Modules& modules, Scheduler& scheduler,
                     const SystemPort& system, watch::Mode mode, watch::Suppressions suppressions,
                     const std::vector<trace::Listener*>& listeners)
    : machine_(machine),
      modules_(modules),
      scheduler_(scheduler),
      system_(system),
      recorder_(*this),
      watch_(mode, *this, recorder_, std::move(suppressions)) {
  recorder_.set_annotator(this);
  // The watch is told first, so that what it adds follows the event it was made from.
  recorder_.add(watch_);
  for (trace::Listener* listener : listeners) recorder_.add(*listener);
}

Result<> Observers::observe(const std::vector<std::string>& symbols) {
  Result<> result;
  for (const std::string& wanted : symbols) {
    const std::size_t bang = wanted.find('!');
    Observed observed;
    if (bang != wanted.npos) observed.image = lower_case(wanted.substr(0, bang));
    observed.symbol = bang == wanted.npos ? wanted : wanted.substr(bang + 1);
    if (!find(observed) && result) {
      result = fail("", "\"" + wanted + "\" is no symbol of the loaded images");
    }
    observed_.push_back(std::move(observed));
  }
  return result;
}

bool Observers::find(Observed& observed) const {
  observed.at = {};
  bool loaded = false;
  for (const Module& module : modules_.all()) {
    const bool meant = observed.image.empty()
                           ? &module == &modules_.all().front()
                           : observed.image == module.stem || observed.image == module.name;
    if (!meant) continue;
    loaded = true;
    if (const auto at = modules_.find_symbol(module, observed.symbol)) {
      observed.at = *at;
      return true;
    }
  }
  return !loaded;
}

std::vector<GuestAddr> Observers::breakpoints() const {
  std::vector<GuestAddr> addresses;
  for (const Observed& observed : observed_) {
    if (observed.at != GuestAddr{}) addresses.push_back(observed.at);
  }
  return addresses;
}

void Observers::images_changed() {
  if (images_seen_ == modules_.version()) return;
  images_seen_ = modules_.version();
  for (const Module& module : modules_.all()) {
    if (module.number <= images_told_) continue;
    recorder_.emit(trace::ImageMapped{module.name, {module.base, module.base + module.size}});
  }
  images_told_ = modules_.loads();
  // A symbol that a late image turns out not to have is never reached, and that is all.
  for (Observed& observed : observed_) static_cast<void>(find(observed));
}

bool Observers::reached(GuestAddr address) {
  const auto it = std::ranges::find(observed_, address, &Observed::at);
  if (it == observed_.end()) return false;
  recorder_.emit(trace::SymbolReached{{address, {}}, ++it->visits, backtrace()});
  return true;
}

std::vector<trace::CallFrame> Observers::backtrace() const {
  constexpr std::size_t kDeepest = 64;
  const emu::GeneralRegisters registers = machine_.registers().general();
  std::vector<trace::CallFrame> frames{{GuestAddr{registers.esp}, {GuestAddr{registers.eip}, {}}}};
  std::uint32_t return_at = registers.esp;
  std::uint32_t frame = registers.ebp;
  while (frames.size() < kDeepest) {
    std::uint32_t code = 0;
    std::uint32_t outer = 0;
    if (!word(GuestAddr{return_at}, code) || modules_.at(GuestAddr{code}) == nullptr) break;
    frames.push_back({GuestAddr{frame}, {GuestAddr{code}, {}}});
    if (frame % 4 != 0 || !word(GuestAddr{frame}, outer)) break;
    return_at = frame + 4;
    frame = outer;
  }
  return frames;
}

void Observers::thread_started(const Thread& thread) {
  watch_.thread_started(thread.number, thread.teb);
}

void Observers::thread_ended(const Thread& thread) {
  // Another thread may be anywhere, between two instructions of a switch for instance; only one
  // that waits with a record left behind is known to have left it.
  const bool by_itself = &thread == &scheduler_.current();
  if (!by_itself && thread.state != ThreadState::Waiting)
    return watch_.thread_dropped(thread.number);
  watch_.thread_ended(thread.number, by_itself);
}

void Observers::condition_met(const emu::ConditionMet& met) {
  const std::uint32_t thread = scheduler_.current().number;
  if (met.word_changed) {
    watch_.word_written(thread, met.word, met.old_value, met.new_value, met.by_eip);
  }
  if (met.esp_in_window) watch_.esp_rose(thread, met.by_eip, met.esp_before);
}

Observers::State Observers::state() const {
  State state{watch_.state(), {}, images_told_, known_stack_};
  for (const Observed& observed : observed_) state.visits.push_back(observed.visits);
  return state;
}

void Observers::restore(const State& state) {
  watch_.restore(state.watch);
  images_told_ = state.images_told;
  known_stack_ = state.known_stack;
  for (std::size_t i = 0; i < observed_.size(); ++i) observed_[i].visits = state.visits[i];
  if (images_seen_ == modules_.version()) return;
  images_seen_ = modules_.version();
  recorder_.forget_names();
  for (Observed& observed : observed_) static_cast<void>(find(observed));
}

void Observers::arm() {
  if (scheduler_.threads().empty()) return;
  const watch::Conditions conditions = watch_.conditions(scheduler_.current().number);
  machine_.set_watched_words(conditions.words);
  machine_.set_esp_window(conditions.esp_above, conditions.esp_up_to);
}

std::uint32_t Observers::thread() const {
  return scheduler_.threads().empty() ? 0 : scheduler_.current().number;
}

bool Observers::word(GuestAddr address, std::uint32_t& value) const {
  const auto read = machine_.memory().raw().get<std::uint32_t>(address);
  if (read) value = *read;
  return read.has_value();
}

seh::StackTib Observers::tib() const {
  const auto read = machine_.memory().raw().get<seh::StackTib>(scheduler_.current().teb);
  return read.value_or(seh::StackTib{});
}

GuestRange Observers::stack() const {
  const seh::StackTib limits = tib();
  const GuestRange stack{GuestAddr{limits.StackLimit}, GuestAddr{limits.StackBase}};
  if (stack == known_stack_) return stack;
  // Who switches stacks sets the two one after the other.
  if (stack.begin >= stack.end || !stack.begin.aligned(4)) return {};
  for (GuestAddr page = stack.begin.page(); page < stack.end; page += kPageSize) {
    if (!machine_.memory().page(page)) return {};
  }
  return known_stack_ = stack;
}

std::optional<trace::Refusal> Observers::record_refusal(GuestAddr record) const {
  return seh::misplaced(tib(), record);
}

std::optional<trace::Refusal> Observers::handler_refusal(GuestAddr handler) const {
  const seh::HandlerVerdict verdict = seh::judge_handler(system_, tib(), handler);
  return verdict.raise ? trace::Refusal::HandlerNotExecutable : verdict.refused;
}

bool Observers::is_protector(GuestAddr handler) const {
  return handler == system_.ntdll().exception_protector ||
         handler == system_.ntdll().unwind_protector;
}

trace::ChainPicture Observers::chain() const {
  if (scheduler_.threads().empty()) return {};
  return chain_picture(machine_.memory().raw(), scheduler_.current().teb);
}

void Observers::annotate(trace::Payload& payload) {
  if (auto* defect = std::get_if<trace::DefectFound>(&payload)) return annotate(*defect);
  auto* entered = std::get_if<trace::HandlerEntered>(&payload);
  if (entered == nullptr) return;
  const watch::LinkedRecord* record = watch_.record(scheduler_.current().number, entered->frame);
  if (record == nullptr || record->protecting) return;
  entered->owner.address = record->owner;
  entered->pushed_by.address = record->pushed_by;
}

void Observers::annotate(trace::DefectFound& defect) const {
  const auto line = [this](const trace::Place& place) {
    return place.address == GuestAddr{} ? std::string() : modules_.source_line(place.address);
  };
  defect.pushed_source = line(defect.pushed_by);
  defect.since_source = line(defect.since_by);
  defect.relied_on_source = line(defect.relied_on_by);
}

}  // namespace sehlab::process
