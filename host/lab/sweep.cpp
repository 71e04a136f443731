#include "host/lab/sweep.hpp"

#include <fmt/format.h>

#include <chrono>
#include <mutex>
#include <utility>

#include "host/inject/sweep.hpp"
#include "host/lab/result_file.hpp"
#include "host/lab/sweep_windows.hpp"

namespace sehlab::lab {
namespace {

using Clock = std::chrono::steady_clock;

// Instructions.
constexpr std::uint64_t kLeastPatience = 100'000, kMostWithoutFault = 200'000'000;

/// Every thread waits, and nothing will wake one: that hangs, too.
scenario::SweptEnd end_of(const inject::SweepRun& run) {
  if (run.hung) return scenario::SweptEnd::Hung;
  switch (run.end.kind) {
    case trace::EndKind::UnhandledException:
      return scenario::SweptEnd::Died;
    case trace::EndKind::BudgetSpent:
      return scenario::SweptEnd::Hung;
    case trace::EndKind::Unmodelled:
      return scenario::SweptEnd::Unmodelled;
    case trace::EndKind::Exited:
    case trace::EndKind::Stopped:
      break;
  }
  return scenario::SweptEnd::Survived;
}

scenario::SweptRun swept(const inject::SweepRun& run, const std::string& fault) {
  scenario::SweptRun swept;
  swept.instruction = run.position.instruction;
  swept.at = run.position.at;
  swept.function = run.position.function;
  swept.source = run.position.source;
  swept.fault = fault;
  swept.end = end_of(run);
  if (!run.hung) {
    process::End end = run.end;
    end.defects = 0;  // told by themselves
    swept.exit = exit_code(end);
  }
  swept.detail = run.end.detail;
  scenario::read_events(run.events, run.own, swept);
  return swept;
}

}  // namespace

Result<> check_sweep_fault(const std::string& text) {
  const auto fault = inject::sweep_fault(text);
  return fault ? Result<>() : tl::make_unexpected(fault.error());
}

Result<SweepAnswer> sweep(const SweepRequest& request) {
  const auto start = Clock::now();
  const scenario::Sweep& wanted = *request.sweep;
  inject::SweepPlan plan;
  plan.options = request.options;
  if (plan.options.budget == 0) plan.options.budget = kMostWithoutFault;
  plan.jobs = std::max(1u, request.jobs);
  for (const scenario::Text& fault : wanted.faults) {
    auto made = inject::sweep_fault(fault.value);
    if (!made) return fail(request.where, made.error().text());
    plan.faults.push_back(std::move(*made));
  }
  const auto windows = find_windows(plan.options, wanted, request.where);
  if (!windows) return tl::make_unexpected(windows.error());
  plan.options.budget = 0;  // patience ends a run that a fault is in
  plan.from = windows->whole.from;
  plan.to = windows->whole.to;
  plan.patience =
      request.patience != 0 ? request.patience : 4 * windows->instructions + kLeastPatience;

  SweepAnswer answer{scenario::SweepTally(wanted), {}};
  answer.tally.expect_failing(windows->failing);
  std::mutex mutex;
  std::string refused;
  std::uint64_t done = 0;
  const std::uint64_t of = (plan.to - plan.from) * plan.faults.size();
  const auto judged = [&](const inject::SweepRun& run) {
    if (!run.refused.empty()) {
      const std::lock_guard lock(mutex);
      refused = fmt::format("{} before {}: {}", plan.faults[run.fault].name, run.position.at,
                            run.refused);
      return false;
    }
    scenario::SweptRun one = swept(run, plan.faults[run.fault].name);
    const scenario::SweptVerdict verdict = scenario::judge(one, wanted.expect, windows->parts);
    const std::lock_guard lock(mutex);
    answer.tally.add(std::move(one), verdict);
    if (++done % 256 == 0 && request.progress) request.progress(done, of);
    return refused.empty();
  };
  const auto summary = inject::sweep(plan, judged);
  if (!summary) return fail(request.where, summary.error().text());
  if (!refused.empty()) return fail(request.where, refused);
  if (request.progress) request.progress(of, of);
  answer.tally.finish();
  answer.what.program = request.options.program.generic_string();
  answer.what.title = request.options.program.filename().generic_string();
  for (const std::string& argument : request.options.arguments) {
    answer.what.title += " " + argument;
  }
  answer.what.unfaulted = windows->end;
  answer.what.instructions = windows->instructions;
  answer.what.from = plan.from;
  answer.what.to = plan.to;
  answer.what.passed_over = summary->passed_over;
  answer.what.jobs = summary->jobs;
  answer.what.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  return answer;
}

}  // namespace sehlab::lab
