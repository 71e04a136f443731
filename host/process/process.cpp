#include "host/process/process.hpp"

#include <algorithm>
#include <utility>

#include "emu/check.hpp"
#include "host/process/environment.hpp"
#include "lab/gates.h"

namespace sehlab::process {
namespace {

constexpr GuestAddr kFirstStackEnd{0x001a0000};

Error named(const Options& options, Error error) {
  if (error.where.empty()) error.where = options.program.string();
  return error;
}

}  // namespace

tl::expected<std::unique_ptr<Process>, load::LoadError> Process::create(
    const Options& options, Output& output, const std::vector<trace::Listener*>& listeners) {
  std::unique_ptr<Process> process(new Process(options));
  if (process->options_.profile == nullptr) process->options_.profile = &seh::profiles().front();
  if (options.sehop) {
    process->opted_in_ = *process->options_.profile;
    process->opted_in_.sehop = true;
    process->options_.profile = &process->opted_in_;
  }
  emu::MachineOptions machine;
  machine.gate_vector = LAB_GATE_VECTOR;
  machine.code_selector = process->options_.profile->code_selector;
  machine.data_selector = process->options_.profile->data_selector;
  machine.teb_selector = process->options_.profile->teb_selector;
  // fs:[0] of every thread lies there: linking a record in a dead one's very place writes the
  // value that is there already.
  if (!listeners.empty() || options.watch != watch::Mode::Off) machine.noted_stores = kTebs;
  machine.count_edges = options.count_edges != Options::Edges::None;
  auto made = emu::Machine::create(machine);
  if (!made)
    return tl::make_unexpected(load::LoadError{made.error(), load::LoadFailure::Malformed});
  process->machine_ = std::move(*made);

  Modules::Folders folders;
  folders.system = options.system_folder;
  const auto folder =
      options.program_folder.empty() ? options.program.parent_path() : options.program_folder;
  folders.searched.push_back(folder.empty() ? "." : folder);
  folders.searched.insert(folders.searched.end(), options.dll_folders.begin(),
                          options.dll_folders.end());
  folders.stand_ins = options.stand_ins;
  process->modules_ = std::make_unique<Modules>(process->machine_->memory(), std::move(folders));
  if (auto loaded = process->modules_->load_program(options.program); !loaded) {
    return tl::make_unexpected(loaded.error());
  }
  if (auto started = process->start(output, listeners); !started) {
    return tl::make_unexpected(
        load::LoadError{named(options, started.error()), load::LoadFailure::Malformed});
  }
  return process;
}

Result<> Process::start(Output& output, const std::vector<trace::Listener*>& listeners) {
  emu::AddressSpace& space = machine_->memory();
  const Module& program = modules_->all().front();
  PebFacts facts;
  facts.image_base = program.base;
  facts.image_path = "C:\\lab\\" + options_.program.filename().string();
  facts.command_line = windows_command_line(facts.image_path, options_.arguments);
  if (auto made = SharedUserData::make(space, os_version(*options_.profile)); !made) return made;
  clock_ = std::make_unique<SharedUserData>(space);
  const auto peb = make_peb(space, facts, *options_.profile);
  if (!peb) return tl::make_unexpected(peb.error());

  system_ = std::make_unique<SystemPort>(space, *modules_, *options_.profile);
  if (auto found = system_->find_ntdll(); !found) return found;
  const Module& ntdll = *modules_->find("ntdll.dll");
  const auto first_code = modules_->find_symbol(ntdll, "LdrInitializeThunk");
  const auto thread_start = modules_->find_symbol(ntdll, "RtlUserThreadStart");
  if (!first_code || !thread_start) return fail("ntdll.dll", "has no start code");

  scheduler_ = std::make_unique<Scheduler>(*machine_, objects_, options_.seed);
  memory_ = std::make_unique<ThreadMemory>(space);
  threads_ = std::make_unique<ThreadFactory>(*machine_, *modules_, *scheduler_, *peb);
  if (!listeners.empty() || options_.watch != watch::Mode::Off) {
    observers_ =
        std::make_unique<Observers>(*machine_, *modules_, *scheduler_, *system_, options_.watch,
                                    watch::Suppressions(options_.suppressions), listeners);
    const auto observed = observers_->observe(options_.observed);
    if (!observed && options_.observed_must_exist) return observed;
  }
  kernel_ = std::make_unique<KernelPort>(KernelPort::Parts{
      *machine_, *modules_, objects_, *scheduler_, *threads_, output, *system_, sink(),
      facts.command_line, *thread_start,
      [this](const Thread& thread, GuestAddr routine) { thread_made(thread, routine); },
      [this](Thread& thread, std::uint32_t code) { end_thread(thread, code); }});
  refresh_gates();
  for (const auto& [handle, stream] : {std::pair(LAB_STANDARD_INPUT, services::Stream::Input),
                                       std::pair(LAB_STANDARD_OUTPUT, services::Stream::Output),
                                       std::pair(LAB_STANDARD_ERROR, services::Stream::Error)}) {
    const services::Handle added = kernel_->add_stream(stream);
    SEHLAB_CHECK(added == static_cast<services::Handle>(handle));
    // A console's, which children always had.
    SEHLAB_CHECK(kernel_->set_handle_flags(added, services::kHandleInherited));
  }

  ThreadFactory::Start start;
  start.eip = *first_code;
  start.routine = kernel_->entry_point();
  start.parameter = peb->value;
  start.stack_end = kFirstStackEnd;
  const auto first = threads_->create(start);
  if (!first) return tl::make_unexpected(first.error());
  machine_->restore_cpu(*(*first)->cpu);
  machine_->set_fs_base((*first)->teb);
  memory_->set_teb((*first)->teb);
  images_changed();
  if (observers_) {
    thread_made(**first, start.routine);
    observers_->arm();
  }
  return {};
}

void Process::refresh_gates() {
  if (!scheduler_->threads().empty()) images_changed();
  if (gates_known_ == modules_->gates_version()) return;
  gates_known_ = modules_->gates_version();
  std::vector<GuestAddr> addresses;
  addresses.reserve(modules_->gates().size());
  for (const auto& [address, target] : modules_->gates()) addresses.push_back(address);
  std::ranges::sort(addresses);
  machine_->set_gates(addresses);
}

std::uint64_t Process::slice() const {
  const std::uint64_t retired = machine_->retired();
  std::uint64_t most = kClockInterval - retired % kClockInterval;
  if (options_.budget != 0) {
    most = std::min(most, options_.budget > retired ? options_.budget - retired : 0);
  }
  return std::min(most, scheduler_->quantum_left());
}

emu::Stop Process::next_stop(std::uint64_t until) {
  if (const auto waiting = take_waiting()) return *waiting;
  const std::uint64_t left = std::min(until - machine_->retired(), instructions_to_intervention());
  return machine_->run(std::min(slice(), left));
}

bool Process::run_once(std::uint64_t until, AtUntil exceptions) {
  // Time passes for the guest at stops that every run of it has, whoever watches it or stops it.
  if (std::exchange(clock_due_, true)) clock_->tell(scheduler_->now());
  const bool waited = waiting_.has_value();
  const emu::Stop stop = next_stop(until);
  bool there = false;
  if (const auto* gate = std::get_if<emu::GateHit>(&stop)) {
    const std::uint64_t before = machine_->retired();
    on_gate(gate->address);
    if (machine_->retired() == before) count_move();
    moved_ = true;
  } else if (const auto* fault = std::get_if<emu::Fault>(&stop)) {
    if (exceptions == AtUntil::Wait && !waited && machine_->retired() == until) {
      waiting_ = *fault;
      clock_due_ = false;
      return true;
    }
    on_fault(*fault);
    count_move();
    moved_ = true;
  } else if (const auto* condition = std::get_if<emu::ConditionMet>(&stop)) {
    clock_due_ = false;
    observers_->condition_met(*condition);
    observers_->arm();
    if (options_.watch == watch::Mode::Stop && observers_->watch().defects() != 0) {
      end(trace::EndKind::Stopped, 0, "the watch found a defect");
    }
  } else if (const auto* breakpoint = std::get_if<emu::BreakpointHit>(&stop)) {
    clock_due_ = false;
    if (observers_) observers_->reached(breakpoint->address);
    intervene(Intervention::Occasion::Address);
    there = std::ranges::binary_search(stops_, breakpoint->address);
  } else if (std::holds_alternative<emu::BudgetSpent>(stop)) {
    on_budget();
    there = machine_->retired() == until;
    if (instructions_to_intervention() == 0) intervene(Intervention::Occasion::Count);
  } else if (const auto* unmodelled = std::get_if<emu::Unmodelled>(&stop)) {
    end(trace::EndKind::Unmodelled, 0, unmodelled->what + where());
  }
  if (moved_) tell_of_moves();
  return there;
}

End Process::run() {
  while (!end_) run_once(UINT64_MAX);
  return std::move(*end_);
}

std::optional<End> Process::run_to(std::uint64_t instructions) {
  bool there = machine_->retired() > instructions;
  while (!end_ && !there) there = run_once(instructions);
  if (end_) return std::move(*end_);
  return std::nullopt;
}

std::optional<End> Process::run_to(GuestAddr address) {
  set_stops({address});
  bool there = false;
  while (!end_ && !there) there = run_once(UINT64_MAX);
  set_stops({});
  if (end_) return std::move(*end_);
  return std::nullopt;
}

void Process::on_budget() {
  if (options_.budget != 0 && machine_->retired() >= options_.budget) {
    end(trace::EndKind::BudgetSpent, 0,
        "the budget of " + std::to_string(options_.budget) + " instructions is spent" + where());
    return;
  }
  const bool quantum_spent = scheduler_->quantum_left() == 0;
  clock_due_ = quantum_spent || machine_->retired() % kClockInterval == 0;
  if (quantum_spent) switch_thread();
}

void Process::switch_thread() {
  const std::uint32_t before = scheduler_->current().number;
  switch (scheduler_->switch_thread()) {
    case Scheduler::Next::Same:
      return;
    case Scheduler::Next::Switched:
      memory_->set_teb(scheduler_->current().teb);
      if (observers_) {
        sink()->emit(trace::ThreadSwitched{before, scheduler_->current().number});
        observers_->arm();
      }
      return;
    case Scheduler::Next::Deadlock:
      end(trace::EndKind::BudgetSpent, 0,
          "every thread waits, and nothing that could wake one will ever happen" + where());
  }
}

void Process::thread_made(const Thread& thread, GuestAddr routine) {
  if (!observers_) return;
  sink()->emit(trace::ThreadStarted{thread.number, thread.teb, thread.reservation, {routine, {}}});
  observers_->thread_started(thread);
}

void Process::end_thread(Thread& thread, std::uint32_t code) {
  if (observers_) {
    observers_->thread_ended(thread);
    sink()->emit(trace::ThreadEnded{thread.number, code});
  }
  objects_.thread_ended(thread.id, code);
  thread.state = ThreadState::Ended;
  thread.exited = scheduler_->now();
  threads_->retire(thread);
}

void Process::end(trace::EndKind kind, std::uint32_t code, std::string detail) {
  if (observers_) {
    if (kind == trace::EndKind::Exited || kind == trace::EndKind::UnhandledException) {
      for (const auto& thread : scheduler_->threads()) {
        if (thread->state != ThreadState::Ended) observers_->thread_ended(*thread);
      }
    }
    sink()->emit(trace::ProcessEnded{kind, code, detail});
  }
  End end;
  end.kind = kind;
  end.code = code;
  end.detail = std::move(detail);
  end.crash = std::move(crash_);
  end.instructions = machine_->retired();
  if (observers_) {
    end.defects = observers_->watch().defects();
    end.suppression_uses = observers_->watch().suppression_uses();
  }
  end_ = std::move(end);
}

std::string Process::where() const {
  const GuestAddr eip{machine_->registers().general().eip};
  char text[32];
  std::snprintf(text, sizeof(text), " at %08x", eip.value);
  const std::string symbol = modules_->symbolize(eip);
  return text + (symbol.empty() ? symbol : " (" + symbol + ")") + " on thread " +
         std::to_string(scheduler_->current().number) + ", instruction " +
         std::to_string(machine_->retired());
}

}  // namespace sehlab::process
