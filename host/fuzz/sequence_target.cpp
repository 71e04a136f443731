#include "host/fuzz/sequence_target.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>

#include "host/fuzz/sequence/listing.hpp"
#include "host/fuzz/sequence/operation.hpp"
#include "host/fuzz/sequence/words.hpp"
#include "host/seh/profile.hpp"
#include "host/trace/near_miss.hpp"
#include "lab/sequence.h"

namespace sehlab::fuzz {
namespace {

constexpr std::array<std::tuple<std::string_view, const char*, sequence::Program>, 3> kGuests{{
    {"sequences", "sequences.exe", sequence::Program::C},
    {"sequences_go", "sequences_go.exe", sequence::Program::Go},
    {"sequences_go_buggy", "sequences_go_buggy.exe", sequence::Program::Go},
}};

using Log = std::span<const std::uint32_t>;

/// The predicted ending as the process's: exit code or exception.
bool ends_as(const sequence::Ending& predicted, const Ending& ending) {
  const auto kind = predicted.kind == sequence::Ending::Kind::Exited
                        ? trace::EndKind::Exited
                        : trace::EndKind::UnhandledException;
  return ending.kind == kind && ending.code == predicted.code;
}

std::string words_of(const sequence::Ending& ending) {
  return ending.kind == sequence::Ending::Kind::Exited
             ? fmt::format("exit code {}", ending.code)
             : fmt::format("unhandled exception {:08X}", ending.code);
}

std::string words_of(const Ending& ending) {
  switch (ending.kind) {
    case trace::EndKind::Exited:
      return fmt::format("exit code {}", ending.code);
    case trace::EndKind::UnhandledException:
      return fmt::format("unhandled exception {:08X}", ending.code);
    case trace::EndKind::BudgetSpent:
      return "no end within the budget of instructions";
    default:
      return ending.detail;
  }
}

/// Two columns, the first line that differs marked.
std::string beside_each_other(const std::vector<std::string>& predicted,
                              const std::vector<std::string>& found) {
  std::string text = fmt::format("  {:<44} {}\n", "predicted", "found");
  bool marked = false;
  for (std::size_t i = 0; i < std::max(predicted.size(), found.size()); ++i) {
    const std::string left = i < predicted.size() ? predicted[i] : "-";
    const std::string right = i < found.size() ? found[i] : "-";
    const bool differs = left != right && !marked;
    marked = marked || differs;
    text += fmt::format("{} {:<44} {}\n", differs ? '>' : ' ', left, right);
  }
  return text;
}

std::vector<std::string> lines_of(Log log) {
  std::vector<std::string> lines;
  for (const std::uint32_t word : log) lines.push_back(sequence::describe(word));
  return lines;
}

std::vector<std::string> lines_of(const std::vector<sequence::Step>& steps) {
  std::vector<std::string> lines;
  for (const sequence::Step& step : steps) lines.push_back(sequence::describe_step(step));
  return lines;
}

}  // namespace

Result<SequenceOptions> sequence_options(std::string_view guest,
                                         std::filesystem::path system_folder) {
  for (const auto& [name, program, begins_in] : kGuests) {
    if (guest != name) continue;
    SequenceOptions options;
    options.system_folder = std::move(system_folder);
    options.program = program;
    options.begins_in = begins_in;
    return options;
  }
  std::vector<std::string_view> names;
  for (const auto& known : kGuests) names.push_back(std::get<0>(known));
  return fail("", fmt::format("no program of sequences is called {}{}; there are {}", guest,
                              trace::did_you_mean(guest, names), fmt::join(names, ", ")));
}

Result<std::unique_ptr<SequenceTarget>> SequenceTarget::create(SequenceOptions options) {
  std::unique_ptr<SequenceTarget> target(new SequenceTarget(std::move(options)));
  auto fast = target->make_loop(watch::Mode::Off, {});
  if (!fast) return tl::make_unexpected(fast.error());
  target->fast_ = std::move(*fast);
  if (auto started = target->start_thorough(); !started) {
    return tl::make_unexpected(started.error());
  }
  return target;
}

Result<std::unique_ptr<GuestLoop>> SequenceTarget::make_loop(
    watch::Mode watch, const std::vector<trace::Listener*>& listeners) const {
  LoopOptions loop;
  loop.process.system_folder = options_.system_folder;
  loop.process.program = options_.system_folder / options_.program;
  // What the model's rules are of.
  loop.process.profile = seh::find_profile("windows-7");
  loop.process.watch = watch;
  if (watch == watch::Mode::Off && options_.count_edges)
    loop.process.count_edges = process::Options::Edges::Program;
  loop.run_budget = options_.run_budget;
  return GuestLoop::create(loop, listeners);
}

Result<> SequenceTarget::start_thorough() {
  std::vector<trace::Listener*> listeners{&steps_};
  listeners.insert(listeners.end(), options_.listeners.begin(), options_.listeners.end());
  auto made = make_loop(watch::Mode::Report, listeners);
  if (!made) return tl::make_unexpected(made.error());
  thorough_ = std::move(*made);
  return {};
}

const Finding* SequenceTarget::run(std::span<const std::byte> input) {
  const bool thorough = options_.thorough_every != 0 && ++runs_ % options_.thorough_every == 0;
  model_.predict(input, options_.begins_in, sequence::Detail::Log, predicted_);
  if (!predicted_.unmodelled) {
    if (const Finding* finding = judge(*fast_, fast_->run(input))) return finding;
  }
  return thorough ? run_thoroughly(input) : nullptr;
}

const Finding* SequenceTarget::run_thoroughly(std::span<const std::byte> input) {
  model_.predict(input, options_.begins_in, sequence::Detail::Steps, predicted_);
  if (predicted_.unmodelled) return nullptr;
  const std::uint64_t instructions = fast_->run(input).instructions;
  const std::vector<std::uint32_t> log(fast_->log().begin(), fast_->log().end());
  if (fast_->run(input).instructions != instructions || !std::ranges::equal(fast_->log(), log)) {
    return found("unrepeatable", "unrepeatable: two runs from the same snapshot differ",
                 beside_each_other(lines_of(log), lines_of(fast_->log())));
  }
  steps_.watch(thorough_->process());
  steps_.begin();
  if (const Finding* finding = judge(*thorough_, thorough_->run(input))) return finding;
  if (options_.oracle == Oracle::Ending) return nullptr;
  if (thorough_->ending().instructions != instructions) {
    return found("unrepeatable", "unrepeatable: a watched run is another one",
                 fmt::format("{} instructions unwatched, {} watched\n", instructions,
                             thorough_->ending().instructions));
  }
  const bool expected = predicted_.off_stack && steps_.defect() == "off-stack";
  if (!steps_.defect().empty() && !expected) {
    return found("watch", "watch: " + steps_.defect(),
                 "the chain watch found a defect: " + steps_.defect() + "\n");
  }
  return judge_steps(input);
}

const Finding* SequenceTarget::judge(GuestLoop& loop, const Ending& ending) {
  const Log log = loop.log(), predicted = predicted_.log;
  const bool same_log = std::ranges::equal(log, predicted);
  const bool same_end = ends_as(predicted_.ending, ending);
  if (same_end && (same_log || options_.oracle == Oracle::Ending)) return nullptr;

  std::string report = beside_each_other(lines_of(predicted), lines_of(log));
  report += fmt::format("{} {:<44} {}\n", same_end ? ' ' : '>', words_of(predicted_.ending),
                        words_of(ending));
  if (ending.kind == trace::EndKind::Unmodelled) {
    // Where and when differ from input to input.
    const std::string what = ending.detail.substr(0, ending.detail.find(" at "));
    return found("unmodelled", "unmodelled: " + what, report);
  }
  if (ending.kind == trace::EndKind::BudgetSpent) {
    return found("budget", "budget: the sequence does not end", report);
  }
  if (options_.oracle == Oracle::Ending) {
    return found("ending",
                 fmt::format("ending: predicted {}, found {}", words_of(predicted_.ending),
                             words_of(ending)),
                 report);
  }
  if (same_log) {
    return found("ending",
                 fmt::format("ending: predicted {}, found {}", words_of(predicted_.ending),
                             words_of(ending)),
                 report);
  }
  const auto [expected, came] = std::ranges::mismatch(predicted, log);
  const std::uint32_t kind = came == log.end() ? 0 : *came & 0xff;
  if (kind == LAB_LOG_CHAIN) {
    return found("chain", "chain: fs:[0] is not what it was when the frame was opened", report);
  }
  if (kind == LAB_LOG_REGISTERS) {
    return found("registers", "registers: nonvolatile ones are lost", report);
  }
  const std::string wanted =
      expected == predicted.end() ? words_of(predicted_.ending) : sequence::word_kind(*expected);
  std::string got = came == log.end() ? words_of(ending) : sequence::word_kind(*came);
  if (got == wanted) got = "another's";  // the frame, or what it tells, is another one
  return found("log", fmt::format("log: predicted {}, found {}", wanted, got), report);
}

const Finding* SequenceTarget::judge_steps(std::span<const std::byte> input) {
  // What guards catch blocks and destructors is the C runtime's own business.
  for (const sequence::Visit& visit : predicted_.visits) {
    const std::uint8_t op = sequence::operation_at(input, visit.id).op;
    if (op == LAB_OP_CXX_TRY || op == LAB_OP_CXX_OBJECT || op == LAB_OP_THROW) return nullptr;
  }
  const auto& steps = steps_.steps();
  std::vector<sequence::Step> predicted;
  for (const sequence::Step& step : predicted_.steps) predicted.push_back(as_recorded(step));
  if (std::ranges::equal(predicted, steps)) return nullptr;
  const auto [expected, came] = std::ranges::mismatch(predicted, steps);
  const auto name = [](const auto& at, const auto& all) {
    return at == all.end() ? std::string("the end") : sequence::step_kind(*at);
  };
  return found(
      "steps",
      fmt::format("steps: predicted {}, found {}", name(expected, predicted), name(came, steps)),
      beside_each_other(lines_of(predicted), lines_of(steps)));
}

const Finding* SequenceTarget::found(std::string rule, std::string signature, std::string report) {
  finding_ = {std::move(rule), std::move(signature), std::move(report)};
  return &finding_;
}

}  // namespace sehlab::fuzz
