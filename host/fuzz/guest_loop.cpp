#include "host/fuzz/guest_loop.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "emu/check.hpp"
#include "emu/os/abort_catcher.hpp"
#include "host/process/what_happened.hpp"
#include "lab/fuzz.h"

namespace sehlab::fuzz {
namespace {

constexpr std::uint32_t kWord = sizeof(std::uint32_t);
/// More than any program needs; arrays of which a run writes a part only are cheap.
constexpr std::uint32_t kMostCapacity = 64u << 20;  // bytes

class DroppedOutput final : public process::Output {
 public:
  void write(int, std::span<const std::byte>) override {}
};

}  // namespace

GuestLoop::~GuestLoop() = default;

Result<std::unique_ptr<GuestLoop>> GuestLoop::create(
    const LoopOptions& options, const std::vector<trace::Listener*>& listeners) {
  std::unique_ptr<GuestLoop> loop(new GuestLoop(options.run_budget));
  if (auto started = loop->start(options, listeners); !started) {
    return tl::make_unexpected(started.error());
  }
  return loop;
}

Result<> GuestLoop::start(const LoopOptions& options,
                          const std::vector<trace::Listener*>& listeners) {
  const std::string program = options.process.program.string();
  process::Options process = options.process;
  process.explain_crashes = false;
  if (process.budget == 0) process.budget = kStartBudget;
  process.budget += std::min(run_budget_, UINT64_MAX - process.budget);
  dropped_ = std::make_unique<DroppedOutput>();
  auto made = process::Process::create(
      process, options.output != nullptr ? *options.output : *dropped_, listeners);
  if (!made) return tl::make_unexpected(Error(made.error()));
  process_ = std::move(*made);
  if (auto begun = process_->begin_intervention(); !begun) return begun;

  const auto ready = find_export("lab_fuzz_ready");
  if (!ready) return tl::make_unexpected(ready.error());
  if (const auto end = process_->run_to(*ready)) {
    return fail(program, "never came to lab_fuzz_ready: it " + process::how_ended(*end));
  }
  if (auto found = find_buffers(); !found) return found;
  snapshot_ = process_->take_snapshot();
  defects_before_ = process_->defects();
  return {};
}

Result<GuestAddr> GuestLoop::find_export(std::string_view name) {
  const process::Module& program = process_->modules().all().front();
  const auto found = process_->modules().find_export(*process_->modules().at(program.base), name);
  if (!found) return fail(program.name, fmt::format("does not export {}", name));
  return *found;
}

/// Where input and log are, once the program is ready. All of both must be there.
Result<> GuestLoop::find_buffers() {
  const auto input = find_export("lab_fuzz_input");
  if (!input) return tl::make_unexpected(input.error());
  const auto log = find_export("lab_fuzz_log");
  if (!log) return tl::make_unexpected(log.error());
  const auto bytes = capacity("lab_fuzz_input_capacity", LAB_FUZZ_MOST_BYTES, 1);
  if (!bytes) return tl::make_unexpected(bytes.error());
  const auto words = capacity("lab_fuzz_log_capacity", LAB_FUZZ_MOST_WORDS, kWord);
  if (!words) return tl::make_unexpected(words.error());
  input_at_ = *input;
  log_at_ = *log;
  most_bytes_ = *bytes;
  log_room_.resize(*words);
  if (const auto end = find_export("lab_fuzz_input_end")) {
    const auto& raw = process_->machine().memory().raw();
    bytes_end_ = GuestAddr{raw.get<std::uint32_t>(*end).value_or(0)};
    if (bytes_end_.value < most_bytes_) {
      return fail(process_->modules().all().front().name,
                  fmt::format("lab_fuzz_input_end is {:#010x}, which leaves no room for {} bytes",
                              bytes_end_.value, most_bytes_));
    }
  }
  const bool apart = bytes_end_ != GuestAddr{};
  auto checked = check_memory(input_at_, apart ? kWord : kWord + std::uint64_t{most_bytes_});
  if (checked && apart) checked = check_memory(bytes_end_ - most_bytes_, most_bytes_);
  if (checked) checked = check_memory(log_at_, kWord + std::uint64_t{*words} * kWord);
  return checked;
}

/// Elements of the array of that capacity.
Result<std::uint32_t> GuestLoop::capacity(std::string_view name, std::uint32_t usual,
                                          std::uint32_t element) {
  const auto at = find_export(name);
  if (!at) return usual;
  const std::string& program = process_->modules().all().front().name;
  const auto said = process_->machine().memory().raw().get<std::uint32_t>(*at);
  if (!said) return fail(program, fmt::format("{} is in no memory", name));
  if (*said > kMostCapacity / element) {
    return fail(program,
                fmt::format("{} is {}, the most is {}", name, *said, kMostCapacity / element));
  }
  return *said;
}

Result<> GuestLoop::check_memory(GuestAddr begin, std::uint64_t size) {
  const emu::AddressSpace& memory = process_->machine().memory();
  const std::uint64_t end = begin.value + size;
  for (std::uint64_t at = begin.value; at < end; at = (at | (kPageSize - 1)) + 1) {
    if (at <= UINT32_MAX && memory.page(GuestAddr{static_cast<std::uint32_t>(at)})) continue;
    return fail(process_->modules().all().front().name,
                fmt::format("its {} bytes of input or log at {:#010x} are not all in memory", size,
                            begin.value));
  }
  return {};
}

void GuestLoop::give(std::span<const std::byte> input) {
  const auto bytes = input.first(std::min<std::size_t>(input.size(), most_bytes_));
  emu::RawAccess& raw = process_->machine().memory().raw();
  // The snapshot has both arrays.
  SEHLAB_CHECK(raw.put(input_at_, static_cast<std::uint32_t>(bytes.size())));
  const GuestAddr to = bytes_end_ == GuestAddr{}
                           ? input_at_ + kWord
                           : bytes_end_ - static_cast<std::uint32_t>(bytes.size());
  SEHLAB_CHECK(raw.write(to, bytes));
}

const Ending& GuestLoop::run(std::span<const std::byte> input) {
  if (ran_) {
    process_->restore(*snapshot_);
  } else {
    // Engines put their own handlers in place after the loop was made.
    os::AbortCatcher::install();
    ran_ = true;
  }
  give(input);
  const std::uint64_t from = snapshot_->instructions;
  const std::uint64_t most = std::min(run_budget_, UINT64_MAX - from);
  if (auto end = process_->run_to(from + most)) {
    note_end(std::move(*end));
  } else {
    note_spent();
  }
  read_log();
  return ending_;
}

void GuestLoop::note_end(process::End end) {
  ending_.kind = end.kind;
  ending_.code = end.code;
  ending_.instructions = end.instructions - snapshot_->instructions;
  ending_.defects = end.defects - defects_before_;
  ending_.detail = std::move(end.detail);
  ending_.crash = std::move(end.crash);
}

void GuestLoop::note_spent() {
  ending_.kind = trace::EndKind::BudgetSpent;
  ending_.code = 0;
  ending_.instructions = run_budget_;
  ending_.defects = process_->defects() - defects_before_;
  ending_.detail.clear();
  ending_.crash.reset();
}

void GuestLoop::read_log() {
  const emu::RawAccess& raw = process_->machine().memory().raw();
  // A program may take its own memory away.
  const std::uint32_t used = raw.get<std::uint32_t>(log_at_).value_or(0);
  const auto words = std::min<std::size_t>(used, log_room_.size());
  const auto into = std::span(log_room_).first(words);
  const bool read = raw.read(log_at_ + kWord, std::as_writable_bytes(into));
  log_ = read ? into : into.first(0);
  log_cut_ = used > log_room_.size();
}

void GuestLoop::explain_crash() {
  if (ending_.crash) process_->explain(*ending_.crash);
}

}  // namespace sehlab::fuzz
