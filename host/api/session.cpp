#include "host/api/session.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "emu/check.hpp"
#include "emu/os/abort_catcher.hpp"
#include "host/lab/injections.hpp"
#include "host/lab/record.hpp"
#include "host/lab/run.hpp"
#include "host/load/image.hpp"
#include "host/process/chain_picture.hpp"
#include "host/process/what_happened.hpp"
#include "host/services/name_case.hpp"

namespace sehlab {
namespace {

constexpr std::uint64_t kArgumentsBudget = 100'000'000;  // instructions for laying them out

/// The process ended, or went on for too long, before calls could be made.
std::string why_not_ready(process::Process& process, const std::vector<trace::Event>& events) {
  const process::End* end = process.how_it_ended();
  if (end == nullptr) {
    return fmt::format("went on beyond its budget, {} instructions", process.machine().retired());
  }
  const std::string crash = crash_report(*end, events);
  return process::how_ended(*end) + (crash.empty() ? "" : "\n" + crash);
}

}  // namespace

/// Injections are in place as long as it lives.
class Session::Injecting {
 public:
  Injecting(Session& session, process::Intervention* injections) : session_(session) {
    session_.relay_.set(injections);
  }
  Injecting(const Injecting&) = delete;
  Injecting& operator=(const Injecting&) = delete;
  ~Injecting() {
    session_.relay_.set(nullptr);
    session_.process_->set_breakpoints();
  }

 private:
  Session& session_;
};

Result<std::unique_ptr<Session>> Session::create(const Setup& setup) {
  std::unique_ptr<Session> session(new Session);
  if (auto started = session->start(setup); !started) {
    return tl::make_unexpected(started.error());
  }
  return session;
}

Result<> Session::start(const Setup& setup) {
  const auto image = load::read_image(setup.image);
  if (!image) return tl::make_unexpected(Error(image.error()));
  dll_ = image->is_dll();
  image_file_ = setup.image;
  image_ = process::lower_case(setup.image.stem().string());

  process::Options options = setup.process;
  options.intervention = &relay_;
  options.program = setup.image;
  if (dll_) {
    options.program = options.system_folder / "call_host.exe";
    const auto folder = setup.image.parent_path();
    options.program_folder = folder.empty() ? "." : folder;
  }
  if (!setup.files.empty()) options.sandbox = &files_.emplace(setup.files);
  collector_.begin();
  output_.input = lab::TextInput(setup.input);
  auto made = lab::start(options, output_, {&collector_});
  if (!made) return tl::make_unexpected(made.error().error);
  process_ = std::move(*made);
  return make_ready(setup);
}

Result<> Session::make_ready(const Setup& setup) {
  const std::string name = image_file_.string();
  limit_ = setup.budget;
  const process::Module& program = process_->modules().all().front();
  return_to_ = program.base + program.image->entry_rva;
  GuestAddr from = return_to_;
  if (!dll_ && !setup.calls_from.empty()) {
    const auto found = find(setup.calls_from);
    if (!found) return tl::make_unexpected(found.error());
    from = *found;
  }
  process_->set_stops({from});
  try {
    do {
      step();
    } while (GuestAddr{process_->machine().registers().general().eip} != from);
  } catch (const RunOver&) {
    return fail(name, "never came to where its functions are called from: it " +
                          why_not_ready(*process_, collector_.take()));
  }
  set_stops();
  if (dll_) {
    if (auto loaded = load_dll(setup.image); !loaded) return loaded;
  }
  static_cast<void>(collector_.take());
  start_.snapshot = process_->take_snapshot();
  start_.read = output_.input.count();
  return {};
}

Result<> Session::load_dll(const std::filesystem::path& file) {
  const std::string name = file.string();
  try {
    if (call_system("kernel32!LoadLibraryW",
                    {Argument(services::utf16_of(file.filename().string()))}) == 0) {
      const std::uint32_t error = call_system("kernel32!GetLastError", {});
      std::string said = output_.error();
      return fail(
          name, fmt::format("does not load: error {}{}{}", error, said.empty() ? "" : "; ", said));
    }
  } catch (const RunOver&) {
    return fail(name, "does not load: the process " + why_not_ready(*process_, collector_.take()));
  }
  if (auto checked = process::check_loaded(process_->modules(), file); !checked) return checked;
  if (const auto* loaded = image_called(image_)) process_->modules().set_subject(*loaded);
  return {};
}

void Session::set_stops() {
  std::vector<GuestAddr> stops{return_to_};
  for (const auto& entry : start_.provided) stops.push_back(entry.first);
  process_->set_stops(std::move(stops));
}

void Session::begin_anew() {
  // A test framework may have set a handler of its own since the engine was opened.
  os::AbortCatcher::install();
  looked_at_.reset();
  if (ran_) process_->restore(*start_.snapshot);
  ran_ = true;
  serving_ = false;
  frames_.clear();
  unmodelled_.clear();
  output_.begin(start_.read);
}

Result<std::shared_ptr<RunFacts>> Session::run_until(const CallPlan& plan,
                                                     std::uint64_t instructions) {
  begin_anew();
  const bool whole = plan.function.empty();
  if (whole && dll_) return fail(image_file_.string(), "a DLL, not a program");
  const auto function = whole ? Result<GuestAddr>(return_to_) : find(plan.function);
  if (!function) return tl::make_unexpected(function.error());
  auto injections = lab::Injections::parse(plan.injections, plan.seed);
  if (!injections) return tl::make_unexpected(injections.error());
  const Injecting injecting(*this, injections->intervention());
  if (auto begun = relay_.begin_run(*process_); !begun) return tl::make_unexpected(begun.error());

  auto facts = std::make_shared<RunFacts>();
  const std::size_t defects = process_->defects();
  const GuestAddr teb = process_->scheduler().current().teb;
  const emu::RawAccess& memory = process_->machine().memory().raw();
  const GuestAddr head = process::chain_picture(memory, teb).head;
  std::vector<GuestRange> bytes;
  std::uint64_t from = process_->machine().retired();
  try {
    limit_ = from + kArgumentsBudget;
    const LaidOut arguments = lay_out(plan.arguments, plan.convention, &bytes);
    process_->set_breakpoints();
    from = process_->machine().retired();
    limit_ = std::clamp(instructions, from, from + std::min(plan.budget, UINT64_MAX - from));
    collector_.begin();
    serving_ = true;
    outermost_ = whole ? 0 : 1;
    if (whole) run_out();
    const emu::GeneralRegisters after = enter(*function, arguments);
    facts->eax = after.eax;
    facts->edx = after.edx;
    facts->st0 = st0();
  } catch (const RunOver&) {
    note_end(*facts);
  }
  serving_ = false;
  facts->events = collector_.take();
  facts->first_instruction = from;
  facts->instructions = process_->machine().retired() - from;
  facts->output = output_.out();
  facts->error_output = output_.error();
  if (files_) {
    for (const lab::Recording::File& file : lab::files_of(*process_)) {
      const auto held = std::as_bytes(std::span(file.bytes));
      facts->files.push_back({file.path, file.folder, {held.begin(), held.end()}});
    }
  }
  process::End end;
  end.instructions = process_->machine().retired();
  facts->never_fired = lab::never_fired(injections->outcomes(end));
  for (const GuestRange& range : bytes) {
    std::vector<std::byte> now(range.size());
    if (!memory.read(range.begin, now)) now.clear();
    facts->bytes.push_back(std::move(now));
  }
  auto picture = process::chain_picture(memory, teb);
  for (trace::ChainLink& link : picture.links) {
    link.handler.symbol = process_->modules().symbolize(link.handler.address);
  }
  facts->chain = Chain(std::move(picture), head, process_->defects() - defects);
  judge_events(*facts);
  return facts;
}

void Session::note_end(RunFacts& facts) const {
  if (const process::End* end = process_->how_it_ended()) {
    facts.end = *end;
  } else if (!unmodelled_.empty()) {
    facts.end.kind = trace::EndKind::Unmodelled;
    facts.end.detail = unmodelled_;
  } else {
    facts.end.kind = trace::EndKind::BudgetSpent;
  }
  switch (facts.end.kind) {
    case trace::EndKind::Exited:
      facts.ended = Ended::Exited;
      break;
    case trace::EndKind::UnhandledException:
      facts.ended = Ended::UnhandledException;
      break;
    case trace::EndKind::BudgetSpent:
      facts.ended = Ended::BudgetSpent;
      break;
    case trace::EndKind::Unmodelled:
      facts.ended = Ended::Unmodelled;
      break;
    case trace::EndKind::Stopped:
      facts.ended = Ended::Stopped;
      break;
  }
}

}  // namespace sehlab
