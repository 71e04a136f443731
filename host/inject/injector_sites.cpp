// Where injections are to fire: found when a run begins and whenever images come or go.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "host/inject/injector.hpp"
#include "host/inject/stack_bytes.hpp"
#include "host/process/scheduler.hpp"

namespace sehlab::inject {

using process::Process;

namespace {

/// The values that a deed will ask for.
std::vector<const Value*> values_of(const What& what) {
  std::vector<const Value*> values;
  const auto add = [&](const std::optional<Value>& value) {
    if (value) values.push_back(&*value);
  };
  if (const auto* raise = std::get_if<RaiseFault>(&what)) {
    add(raise->address);
    if (raise->parameters) {
      for (const Value& value : *raise->parameters) values.push_back(&value);
    }
  } else if (const auto* call = std::get_if<FailCall>(&what)) {
    values.push_back(&call->value);
  } else if (const auto* protect = std::get_if<ProtectPages>(&what)) {
    values.push_back(&protect->page);
  } else if (const auto* guard = std::get_if<GuardPage>(&what)) {
    values.push_back(&guard->page);
  } else if (const auto* set = std::get_if<SetRegisters>(&what)) {
    for (const auto& [which, value] : set->values) values.push_back(&value);
  } else if (const auto* overwrite = std::get_if<OverwriteRecord>(&what)) {
    add(overwrite->next);
    add(overwrite->handler);
  } else if (const auto* move = std::get_if<MoveLimits>(&what)) {
    add(move->limit);
    add(move->base);
  }
  return values;
}

Result<> check_value(const Value& value, const process::Modules& modules, const Spec& spec) {
  const auto* name = std::get_if<Name>(&value.base);
  if (name == nullptr) return {};
  const auto found = find_name(modules, *name, Search::Files);
  if (!found) return fail(spec.source, found.error().what);
  return {};
}

}  // namespace

Result<> Injector::begin(Process& process) {
  state_ = {};
  state_.progress.resize(specs_.size());
  draw_counts();
  return look_up(process, Search::Files);
}

void Injector::images_changed(Process& process) {
  static_cast<void>(look_up(process, Search::Loaded));
}

void Injector::restore(const State& state, Process& process) {
  state_ = state;
  static_cast<void>(look_up(process, Search::Loaded));
  process.set_breakpoints();
}

void Injector::draw_counts() {
  for (std::size_t i = 0; i < specs_.size(); ++i) {
    if (const auto* at = std::get_if<AtInstruction>(&specs_[i].where)) {
      state_.progress[i].count = at->count;
    } else if (const auto* between = std::get_if<AtRandom>(&specs_[i].where)) {
      // A stream of its own for each, so that one more draws no other's number.
      process::RandomStream random(seed_ ^ (0x6a09e667f3bcc909u * (i + 1)));
      const std::uint64_t drawn = std::uint64_t{random.next()} << 32 | random.next();
      state_.progress[i].count = between->from + drawn % (between->to - between->from + 1);
    }
  }
}

Result<Sites> Injector::find_sites(const Spec& spec, Process& process, Search search) const {
  if (const auto* at = std::get_if<AtPlace>(&spec.where)) {
    const auto* name = std::get_if<Name>(&at->place.base);
    if (name == nullptr) return Sites{{GuestAddr{at->place.offset}}, {}};
    auto sites = find_name(process.modules(), *name, search);
    if (sites) {
      for (GuestAddr& address : sites->addresses) address += at->place.offset;
    }
    return sites;
  }
  if (const auto* at = std::get_if<AtLine>(&spec.where)) {
    return find_line(process.modules(), *at, search);
  }
  if (const auto* at = std::get_if<AtCall>(&spec.where)) {
    return find_function(process.modules(), *at, search);
  }
  return Sites{};
}

/// What can be known to be wrong before anything runs.
Result<> Injector::check_whole(const Spec& spec, const Sites& sites, Process& process) const {
  for (const Value* value : values_of(spec.what)) {
    if (auto checked = check_value(*value, process.modules(), spec); !checked) return checked;
  }
  if (const auto* at = std::get_if<AtMoment>(&spec.where); at != nullptr && at->which) {
    if (auto checked = check_value(*at->which, process.modules(), spec); !checked) return checked;
  }
  const auto* call = std::get_if<FailCall>(&spec.what);
  if (call == nullptr || call->stack_bytes) return {};
  for (const GuestAddr entry : sites.addresses) {
    if (stack_bytes(process.modules(), process.machine().memory().raw(), entry)) continue;
    return fail(spec.source,
                "fail: how many bytes of arguments the function takes off the stack cannot be "
                "known: say stack-bytes=N (4 for each argument of a stdcall function, 0 of a "
                "cdecl one)");
  }
  return {};
}

Result<> Injector::look_up(Process& process, Search search) {
  sites_.clear();
  counts_.clear();
  entries_.clear();
  moments_.clear();
  filter_calls_.clear();
  awaited_.assign(specs_.size(), {});
  Result<> result;
  for (std::size_t i = 0; i < specs_.size(); ++i) {
    Progress& progress = state_.progress[i];
    if (progress.over) continue;
    const Spec& spec = specs_[i];
    const auto sites = find_sites(spec, process, search);
    if (!sites) {
      // Of a late image it is told when the run has ended.
      progress.why = sites.error().what;
      if (result) result = fail(spec.source, "at: " + sites.error().what);
      continue;
    }
    if (search == Search::Files) {
      if (auto checked = check_whole(spec, *sites, process); !checked && result) result = checked;
    }
    for (const GuestAddr address : sites->addresses) sites_[address].push_back(i);
    awaited_[i] = sites->awaited;
    if (const auto* at = std::get_if<AtMoment>(&spec.where)) add_moment(i, *at, process);
    const bool counts = std::holds_alternative<AtInstruction>(spec.where) ||
                        std::holds_alternative<AtRandom>(spec.where);
    if (counts) counts_.emplace(progress.count, i);
  }
  collect_addresses();
  return result;
}

void Injector::add_moment(std::size_t index, const AtMoment& at, Process& process) {
  moments_.push_back(index);
  const seh::NtdllAddresses& ntdll = process.system().ntdll();
  switch (at.moment) {
    case Moment::HandlerEntry:
    case Moment::UnwindEntry:
    case Moment::VectoredEntry:
      entries_.push_back(index);
      break;
    case Moment::HandlerReturn:
    case Moment::UnwindReturn:
      sites_[ntdll.handler_return_address];
      break;
    case Moment::VectoredReturn:
      sites_[ntdll.vectored_handler_returned];
      break;
    case Moment::FilterEntry:
    case Moment::FilterReturn:
      if (filter_calls_.empty()) {
        filter_calls_ = filter_calls(process.modules(), process.machine().memory().raw());
      }
      for (const FilterCall& call : filter_calls_) {
        sites_[call.at];
        sites_[call.return_address];
      }
      break;
  }
}

void Injector::collect_addresses() {
  addresses_.clear();
  for (const auto& [address, indices] : sites_) addresses_.push_back(address);
  for (const ExpectedFilter& filter : state_.filters) addresses_.push_back(filter.target);
}

void Injector::drop_finished() {
  const auto over = [this](std::size_t index) { return state_.progress[index].over; };
  for (auto& [address, indices] : sites_) std::erase_if(indices, over);
  std::erase_if(entries_, over);
  std::erase_if(moments_, over);
  // Addresses that nobody in particular stands at are those of moments.
  const bool moments = !moments_.empty();
  std::erase_if(sites_, [&](const auto& site) { return site.second.empty() && !moments; });
  if (!moments) {
    filter_calls_.clear();
    state_.filters.clear();
  }
  collect_addresses();
}

std::uint64_t Injector::next_count() const {
  return counts_.empty() ? kNever : counts_.begin()->first;
}

std::vector<Outcome> Injector::outcomes(std::uint64_t retired) const {
  std::vector<Outcome> outcomes;
  for (std::size_t i = 0; i < specs_.size(); ++i) {
    const Progress& progress = state_.progress[i];
    Outcome outcome{specs_[i].text, progress.visits, progress.fired, {}};
    const bool counts = std::holds_alternative<AtInstruction>(specs_[i].where) ||
                        std::holds_alternative<AtRandom>(specs_[i].where);
    if (progress.fired != 0) {
      // It did.
    } else if (!progress.why.empty()) {
      outcome.why = progress.why;
    } else if (counts) {
      outcome.why = fmt::format("it was due after {} instructions, and the run ended after {}",
                                progress.count, retired);
    } else if (!awaited_[i].empty()) {
      outcome.why = awaited_[i] + " was not loaded";
    } else if (progress.visits == 0 && std::holds_alternative<AtCall>(specs_[i].where)) {
      outcome.why = "it was not called from " +
                    (specs_[i].caller.empty() ? "another image" : specs_[i].caller);
    } else if (progress.visits == 0) {
      outcome.why = "its place was not come to";
    } else {
      outcome.why = fmt::format("its place was come to {} time{} only", progress.visits,
                                progress.visits == 1 ? "" : "s");
    }
    outcomes.push_back(std::move(outcome));
  }
  return outcomes;
}

}  // namespace sehlab::inject
