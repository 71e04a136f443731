#include "host/fuzz/dll_target.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "host/fuzz/places.hpp"
#include "host/process/captured_output.hpp"
#include "host/process/what_happened.hpp"
#include "lab/fuzz_dll.h"

namespace sehlab::fuzz {
namespace {

// NTSTATUS of `int 29h` (facts: seh-x86.md).
constexpr std::uint32_t kFailFast = 0xc0000409;

/// What the host program says until it is ready; from then on output is dropped.
class StartOutput final : public process::Output {
 public:
  void write(int stream, std::span<const std::byte> bytes) override {
    if (!ready_) text_.write(stream, bytes);
  }
  void ready() { ready_ = true; }
  [[nodiscard]] const std::string& error() const { return text_.error(); }

 private:
  process::CapturedOutput text_{1u << 16};
  bool ready_ = false;
};

DllFinding finding(DllFinding::Kind kind, std::string signature) {
  return {kind, std::move(signature)};
}

}  // namespace

/// Keeps what the watch says first in a run.
class DllTarget::FirstDefect final : public trace::Listener {
 public:
  bool wants(const trace::Payload& payload) const override {
    return std::holds_alternative<trace::DefectFound>(payload);
  }
  bool wants_chain(const trace::Payload&) const override { return false; }
  void on_event(const trace::Event& event) override {
    const auto& found = std::get<trace::DefectFound>(event.payload);
    if (found.suppressed.empty() && !first_) first_ = found;
  }
  void forget() { first_.reset(); }
  [[nodiscard]] const std::optional<trace::DefectFound>& first() const { return first_; }

 private:
  std::optional<trace::DefectFound> first_;
};

DllTarget::DllTarget() = default;
DllTarget::~DllTarget() = default;

Result<std::unique_ptr<DllTarget>> DllTarget::create(
    const DllOptions& options, const std::vector<trace::Listener*>& listeners) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(options.dll, error)) {
    return fail(options.dll.string(), "no such file");
  }
  std::unique_ptr<DllTarget> target(new DllTarget);
  target->timeouts_ = options.timeouts;
  LoopOptions loop;
  loop.process = options.process;
  loop.process.program = options.process.system_folder / "fuzz_host.exe";
  loop.process.arguments = {options.dll.filename().string()};
  const auto folder = options.dll.parent_path();
  loop.process.dll_folders.insert(loop.process.dll_folders.begin(),
                                  folder.empty() ? std::filesystem::path(".") : folder);
  target->options_ = loop.process;
  loop.run_budget = options.run_budget;
  auto said = std::make_unique<StartOutput>();
  loop.output = said.get();
  std::vector<trace::Listener*> all = listeners;
  if (options.process.watch != watch::Mode::Off) {
    target->defect_ = std::make_unique<FirstDefect>();
    all.push_back(target->defect_.get());
  }
  auto made = GuestLoop::create(loop, all);
  if (!made) {
    const std::string& why = said->error();
    return fail(options.dll.string(), why.empty() ? made.error().text() : why);
  }
  said->ready();
  target->said_ = std::move(said);
  target->loop_ = std::move(*made);
  if (auto loaded = process::check_loaded(target->loop_->process().modules(), options.dll);
      !loaded) {
    return tl::make_unexpected(loaded.error());
  }
  return target;
}

const Verdict& DllTarget::run(std::span<const std::byte> input) {
  if (defect_) defect_->forget();
  ending_ = &loop_->run(input);
  verdict_.keep = true;
  verdict_.finding = judge();
  return verdict_;
}

std::optional<DllFinding> DllTarget::judge() {
  using Kind = DllFinding::Kind;
  process::Process& process = loop_->process();
  // What follows a broken chain is a consequence of it.
  if (defect_ && defect_->first()) {
    const trace::DefectFound& found = *defect_->first();
    return finding(Kind::Defect, fmt::format("{} record, pushed by {}, found by {} at {}",
                                             found.defect, found.pushed_by.symbol,
                                             found.confirmed_by, found.relied_on_by.symbol));
  }
  switch (ending_->kind) {
    case trace::EndKind::UnhandledException: {
      const bool fast = ending_->code == kFailFast;
      const std::string where =
          ending_->crash ? places_of(process, ending_->crash->registers) : std::string("nowhere");
      return finding(fast ? Kind::FailFast : Kind::UnhandledException,
                     fmt::format("{} {:08x} at {}", fast ? "fail-fast" : "unhandled exception",
                                 ending_->code, where));
    }
    case trace::EndKind::BudgetSpent: {
      verdict_.keep = false;
      if (!timeouts_) return std::nullopt;
      const GuestAddr eip{process.machine().registers().general().eip};
      return finding(Kind::Timeout, "timeout in " + function_of(process, eip));
    }
    case trace::EndKind::Unmodelled:
    case trace::EndKind::Stopped:
      verdict_.keep = false;
      return finding(Kind::Unmodelled, "not modelled: " + ending_->detail);
    case trace::EndKind::Exited:
      break;
  }
  const auto log = loop_->log();
  if (log.size() < LAB_FUZZ_DLL_WORDS) {
    return finding(Kind::ProcessEnd,
                   fmt::format("the DLL ended its process with code {:#x}", ending_->code));
  }
  verdict_.keep = static_cast<std::int32_t>(log[LAB_FUZZ_DLL_RETURNED]) != -1;
  const GuestAddr record{log[LAB_FUZZ_DLL_CHAIN]};
  if (record == GuestAddr{}) return std::nullopt;
  const auto handler = process.machine().memory().raw().get<std::uint32_t>(record + 4);
  return finding(Kind::ChainLeft,
                 "fs:[0] is not what it was before the call; its record's handler is in " +
                     (handler ? function_of(process, GuestAddr{*handler}) : "no memory"));
}

}  // namespace sehlab::fuzz
