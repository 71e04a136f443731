#include "host/scenario/sweep_judge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "host/scenario/check.hpp"
#include "host/trace/plain.hpp"

namespace sehlab::scenario {
namespace {

/// With * for any characters and ? for one.
bool matches(std::string_view text, std::string_view glob) {
  std::size_t t = 0, g = 0, star = glob.npos, resume = 0;
  while (t < text.size()) {
    if (g < glob.size() && (glob[g] == '?' || (glob[g] == text[t] && glob[g] != '*'))) {
      ++t, ++g;
    } else if (g < glob.size() && glob[g] == '*') {
      star = g++;
      resume = t;
    } else if (star != glob.npos) {
      g = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  return std::all_of(glob.begin() + static_cast<std::ptrdiff_t>(g), glob.end(),
                     [](char c) { return c == '*'; });
}

bool speaks_of(const SweepExpectation& expect, const CountWindow& window, const SweptRun& run) {
  if (!window.contains(run.instruction)) return false;
  return expect.at.empty() || std::ranges::any_of(expect.at, [&](const Text& glob) {
           return matches(run.function, glob.value);
         });
}

std::string joined(const std::vector<Text>& texts) {
  std::string all;
  for (const Text& text : texts) all += (all.empty() ? "" : " or ") + text.value;
  return all;
}

std::string joined(const std::vector<std::string>& texts) {
  return texts.empty() ? "nothing" : fmt::format("{}", fmt::join(texts, ", "));
}

bool is_defect(std::string_view defect, const Text& wanted) {
  return defect == wanted.value || defect.substr(0, defect.find('@')) == wanted.value;
}

/// Collects what differs.
struct Differences {
  std::string expected, got;
  void add(const std::string& wanted, const std::string& had) {
    expected += (expected.empty() ? "" : "; ") + wanted;
    got += (got.empty() ? "" : "; ") + had;
  }
};

std::string ending(const SweptRun& run) {
  switch (run.end) {
    case SweptEnd::Survived:
      return fmt::format("exit {}", run.exit);
    case SweptEnd::Unmodelled:
      return "unmodelled: " + run.detail;
    default:
      return std::string(end_word(run.end));
  }
}

void compare_watch(const SweptRun& run, const std::vector<Text>& wanted, Differences& differences) {
  const auto known = [&](const std::string& defect) {
    return std::ranges::any_of(wanted, [&](const Text& text) { return is_defect(defect, text); });
  };
  if (run.defects.empty() == wanted.empty() && std::ranges::all_of(run.defects, known)) return;
  differences.add(wanted.empty() ? "a silent watch" : "watch: " + joined(wanted),
                  "watch: " + joined(run.defects));
}

void compare(const SweptRun& run, const SweepExpectation& expect, Differences& differences) {
  if (!expect.handled_by.empty() && !run.taken.is_one_of(expect.handled_by)) {
    differences.add("handled by " + joined(expect.handled_by), "handled by " + run.taken.name());
  }
  const auto ends = [&](const auto& end) { return end.value == run.end; };
  if (!expect.ends.empty() && std::ranges::none_of(expect.ends, ends)) {
    std::vector<std::string> words;
    for (const auto& end : expect.ends) words.emplace_back(end_word(end.value));
    differences.add(fmt::format("{}", fmt::join(words, " or ")), ending(run));
  } else if (!expect.exits.empty() && (run.end == SweptEnd::Survived || expect.ends.empty())) {
    const auto exits = [&](const auto& exit) {
      return run.end == SweptEnd::Survived && exit.value == run.exit;
    };
    if (std::ranges::none_of(expect.exits, exits)) {
      std::vector<int> codes;
      for (const auto& exit : expect.exits) codes.push_back(exit.value);
      differences.add(fmt::format("exit {}", fmt::join(codes, " or ")), ending(run));
    }
  }
  if (expect.restored && !run.chain.empty()) {
    differences.add("the chain restored", "chain: " + run.chain);
  }
  if (expect.watch) compare_watch(run, expect.watch->value, differences);
}

}  // namespace

void read_events(std::span<const trace::Event> events, std::size_t own, SweptRun& run) {
  std::vector<Failure> failures;
  Checks checks;
  Expectations restored;
  restored.chain = {Restored{}, 0};
  add_chain_checks(restored, checks);
  for (std::size_t i = 0; i < events.size(); ++i) {
    for (const auto& check : checks) check->on_event(events[i]);
    if (const auto* defect = std::get_if<trace::DefectFound>(&events[i].payload)) {
      run.defects.push_back(defect->defect + "@" +
                            std::string(trace::function_part(defect->owner.symbol)));
    }
    if (i >= own) run.taken.on_event(events[i]);
  }
  run.taken.finish(run.end == SweptEnd::Died);
  for (const auto& check : checks) check->conclude({}, failures);
  if (!failures.empty() && run.end == SweptEnd::Survived) run.chain = failures.front().got;
}

SweptVerdict judge(const SweptRun& run, std::span<const SweepExpectation> expect,
                   std::span<const CountWindow> windows) {
  static const SweepExpectation kSurvives = [] {
    SweepExpectation survives;
    survives.ends = {{SweptEnd::Survived, 0}};
    survives.restored = true;
    survives.watch.emplace();
    return survives;
  }();
  SweptVerdict verdict;
  for (std::size_t i = 0; i < expect.size() && !verdict.expectation; ++i) {
    if (speaks_of(expect[i], windows[i], run)) verdict.expectation = i;
  }
  Differences differences;
  if (run.end == SweptEnd::Unmodelled) {
    differences.add("a run that the lab can model", ending(run));
  } else if (!expect.empty() && !verdict.expectation) {
    differences.add("an expectation that speaks of this position", "none does");
  } else {
    compare(run, verdict.expectation ? expect[*verdict.expectation] : kSurvives, differences);
  }
  verdict.expected = std::move(differences.expected);
  verdict.got = std::move(differences.got);
  return verdict;
}

}  // namespace sehlab::scenario
