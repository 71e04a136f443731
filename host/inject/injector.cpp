// When injections fire: visits are counted, and those that are due are carried out.
#include "host/inject/injector.hpp"

#include <algorithm>
#include <utility>

#include "host/inject/deeds.hpp"
#include "host/trace/event.hpp"

namespace sehlab::inject {

using process::Process;

Injector::Injector(std::vector<Spec> specs, std::uint64_t seed)
    : specs_(std::move(specs)), seed_(seed) {}

void Injector::step_in(Process& process, Occasion occasion) {
  Indices ready;
  switch (occasion) {
    case Occasion::Address:
      at_address(process, ready);
      break;
    case Occasion::Count:
      at_count(process, ready);
      break;
    case Occasion::Moved:
      at_entry(process, ready);
      break;
  }
  if (ready.empty()) return;
  std::ranges::sort(ready);
  bool over = false;
  for (const std::size_t index : ready) {
    // An exception that nobody took has ended the process.
    if (process.ended()) return;
    fire(process, index);
    over = over || state_.progress[index].over;
  }
  if (!over) return;
  drop_finished();
  process.set_breakpoints();
}

void Injector::at_address(Process& process, Indices& ready) {
  const GuestAddr eip{process.machine().registers().general().eip};
  if (const auto here = sites_.find(eip); here != sites_.end()) {
    for (const std::size_t index : here->second) {
      if (is_call_from_elsewhere(process, specs_[index])) visit(process, index, ready);
    }
  }
  if (moments_.empty()) return;
  if (const auto returned = handler_return(process)) moment(process, *returned, ready);
  if (!filter_calls_.empty()) at_filter(process, eip, ready);
}

void Injector::at_count(Process& process, Indices& ready) {
  const std::uint64_t retired = process.machine().retired();
  while (!counts_.empty() && counts_.begin()->first <= retired) {
    const std::size_t index = counts_.begin()->second;
    counts_.erase(counts_.begin());
    Progress& progress = state_.progress[index];
    visit(process, index, ready);
    if (progress.visits != 0) continue;
    progress.over = true;
    progress.why =
        "thread " + std::to_string(process.scheduler().current().number) + " ran at that time";
  }
}

void Injector::at_entry(Process& process, Indices& ready) {
  const auto now = handler_entry(process);
  if (!now) return;
  const Entered entered{process.machine().retired(), process.scheduler().current().number,
                        now->frame};
  if (entered == state_.entered) return;
  state_.entered = entered;
  moment(process, *now, ready);
}

void Injector::at_filter(Process& process, GuestAddr eip, Indices& ready) {
  emu::GeneralRegisters registers = process.machine().registers().general();
  const std::uint32_t thread = process.scheduler().current().number;
  for (const FilterCall& call : filter_calls_) {
    if (call.return_address == eip) moment(process, {Moment::FilterReturn, {}, {}}, ready);
    if (call.at != eip) continue;
    std::erase_if(state_.filters, [&](const auto& filter) { return filter.thread == thread; });
    state_.filters.push_back({GuestAddr{in(registers, call.target)}, call.return_address, thread});
    collect_addresses();
    process.set_breakpoints();
    return;
  }
  const auto back = process.machine().memory().raw().get<std::uint32_t>(GuestAddr{registers.esp});
  const auto expected = std::ranges::find_if(state_.filters, [&](const ExpectedFilter& filter) {
    return filter.target == eip && filter.thread == thread && back == filter.return_address.value;
  });
  if (expected == state_.filters.end()) return;
  state_.filters.erase(expected);
  collect_addresses();
  process.set_breakpoints();
  moment(process, {Moment::FilterEntry, eip, {}}, ready);
}

void Injector::moment(Process& process, const MomentNow& now, Indices& ready) {
  const seh::NtdllAddresses& ntdll = process.system().ntdll();
  const bool protector =
      now.handler == ntdll.exception_protector || now.handler == ntdll.unwind_protector;
  for (const std::size_t index : moments_) {
    const auto& at = std::get<AtMoment>(specs_[index].where);
    if (at.moment != now.moment) continue;
    // ntdll's own guards of running handlers are meant only when they are named.
    if (!at.which && protector) continue;
    if (at.which) {
      const auto wanted = evaluate(*at.which, process);
      if (!wanted || GuestAddr{*wanted} != now.handler) continue;
    }
    visit(process, index, ready);
  }
}

/// A call of a function comes from another image than its own; those within it are no imports.
bool Injector::is_call_from_elsewhere(Process& process, const Spec& spec) const {
  if (!std::holds_alternative<AtCall>(spec.where)) return true;
  const emu::GeneralRegisters registers = process.machine().registers().general();
  const process::Modules& modules = process.modules();
  const auto back = process.machine().memory().raw().get<std::uint32_t>(GuestAddr{registers.esp});
  const process::Module* from = back ? modules.at(GuestAddr{*back}) : nullptr;
  if (!spec.caller.empty()) return from != nullptr && from == loaded(modules, spec.caller);
  return from == nullptr || from != modules.at(GuestAddr{registers.eip});
}

void Injector::visit(Process& process, std::size_t index, Indices& ready) {
  const Spec& spec = specs_[index];
  Progress& progress = state_.progress[index];
  if (progress.over) return;
  if (spec.thread && *spec.thread != process.scheduler().current().number) return;
  if (++progress.visits >= spec.visit) ready.push_back(index);
}

void Injector::fire(Process& process, std::size_t index) {
  const Spec& spec = specs_[index];
  Progress& progress = state_.progress[index];
  const auto deed = prepare(spec, process);
  if (!deed) {
    progress.over = true;
    progress.why = deed.error().text();
    return;
  }
  if (trace::Sink* sink = process.sink()) {
    sink->emit(trace::InjectionFired{static_cast<std::uint32_t>(index + 1),
                                     spec.text,
                                     {GuestAddr{process.machine().registers().general().eip}, {}},
                                     progress.visits,
                                     std::holds_alternative<RaiseFault>(spec.what)});
  }
  ++progress.fired;
  progress.over = progress.fired == spec.times ||
                  std::holds_alternative<AtInstruction>(spec.where) ||
                  std::holds_alternative<AtRandom>(spec.where);
  (*deed)();
}

}  // namespace sehlab::inject
