// A sweep's tables.
#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "host/scenario/columns.hpp"
#include "host/scenario/sweep_report.hpp"
#include "host/trace/plain.hpp"

namespace sehlab::scenario {
namespace {

constexpr std::size_t kMostIntervals = 20, kMostTakers = 3, kMostLines = 8;
constexpr std::size_t kColumns = 100, kWidestName = 32, kWidestTitle = 50;

using Row = std::pair<const std::string, SweepCounts>;

/// By the instruction that was first.
std::vector<const Row*> in_order(const std::map<std::string, SweepCounts>& rows) {
  std::vector<const Row*> sorted;
  for (const Row& row : rows) sorted.push_back(&row);
  std::ranges::stable_sort(
      sorted, [](const Row* a, const Row* b) { return a->second.first < b->second.first; });
  return sorted;
}

/// "sigtramp@mstart 288", most first; the number is left out where there is but one.
std::vector<std::string> takers_of(const SweepCounts& counts) {
  std::vector<std::pair<std::uint64_t, std::string>> takers;
  for (const auto& [name, count] : counts.takers) takers.emplace_back(count, name);
  std::ranges::stable_sort(takers, [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < takers.size(); ++i) {
    if (i == kMostTakers) {
      texts.push_back(fmt::format("{} more", takers.size() - i));
      break;
    }
    std::string text = cut(trace::harmless(takers[i].second), kWidestName);
    if (takers.size() > 1) text += fmt::format(" {}", takers[i].first);
    texts.push_back(std::move(text));
  }
  return texts;
}

/// All of its positions came to the same.
bool uniform(const SweepCounts& counts) {
  return counts.takers.size() == 1 &&
         (counts.survived == counts.positions || counts.died == counts.positions ||
          counts.hung == counts.positions) &&
         (counts.as_expected == 0 || counts.as_expected == counts.positions);
}

/// A line of which nothing is to be told beside what is told of its function: its runs survived,
/// as expected, by the same handler as most of the function's.
bool usual(const SweepCounts& line, const SweepCounts& function) {
  if (line.survived != line.positions || line.as_expected != line.positions) return false;
  const auto more = [](const auto& a, const auto& b) { return a.second < b.second; };
  const auto& most = std::max_element(function.takers.begin(), function.takers.end(), more)->first;
  return std::ranges::all_of(line.takers, [&](const auto& taker) { return taker.first == most; });
}

class SweepText {
 public:
  SweepText(const SweptWhat& what, const SweepTally& tally, bool all_lines, bool colour,
            std::ostream& out)
      : what_(what), tally_(tally), all_lines_(all_lines), colour_(colour), out_(out) {}

  void write() {
    heading();
    if (!tally_.sweep().expect.empty()) expectations();
    functions();
    failures();
    const SweepCounts& total = tally_.total();
    out_ << fmt::format(
        "{} as expected, {} not; {} runs in {:.1f} s, {} a minute, {} job{}\n",
        trace::grouped(total.as_expected), trace::grouped(total.positions - total.as_expected),
        trace::grouped(total.positions), what_.seconds,
        trace::grouped(static_cast<std::uint64_t>(static_cast<double>(total.positions) * 60 /
                                                  std::max(what_.seconds, 1e-3))),
        what_.jobs, what_.jobs == 1 ? "" : "s");
    if (what_.passed_over != 0) {
      out_ << fmt::format("{} instruction{} of other threads in the window {} passed over\n",
                          trace::grouped(what_.passed_over), what_.passed_over == 1 ? "" : "s",
                          what_.passed_over == 1 ? "was" : "were");
    }
    out_.flush();
  }

 private:
  [[nodiscard]] std::string ink(const char* code, const std::string& text) const {
    return colour_ ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : text;
  }
  [[nodiscard]] std::string verdict(const SweepCounts& counts) const {
    const std::string text = fmt::format("{:>11}", counts.as_expected);
    return counts.as_expected == counts.positions ? ink("32", text) : ink("31", text);
  }
  void indented(std::size_t indent, std::string_view text, const char* code = nullptr) {
    for (const std::string& line : wrapped(trace::harmless(text), kColumns - indent)) {
      out_ << std::string(indent, ' ') << (code != nullptr ? ink(code, line) : line) << '\n';
    }
  }
  /// `name`, wrapped behind it.
  void member(const char* name, std::string_view text) {
    const std::string label = fmt::format("    {:<10} ", name);
    std::string before = label;
    for (const std::string& line : wrapped(trace::harmless(text), kColumns - label.size())) {
      out_ << before << line << '\n';
      before.assign(label.size(), ' ');
    }
  }
  /// The end of a row: who took it, on as many lines as that takes.
  void takers(const SweepCounts& counts, std::size_t column) {
    std::string before = "  ";
    for (const std::string& line : listed(takers_of(counts), kColumns - column)) {
      out_ << before << line << '\n';
      before.assign(column, ' ');
    }
  }

  void heading() {
    indented(0, what_.title);
    std::string faults;
    for (const auto& fault : tally_.sweep().faults) {
      faults += (faults.empty() ? "" : " and one ") + fault.value;
    }
    const std::uint64_t each =
        tally_.total().positions / std::max<std::size_t>(tally_.sweep().faults.size(), 1);
    std::string line = fmt::format("one {} at each of {} instruction{}", faults,
                                   trace::grouped(each), each == 1 ? "" : "s");
    if (!what_.unfaulted.empty()) {
      line += fmt::format("; without a fault: {} after {} instructions", what_.unfaulted,
                          trace::grouped(what_.instructions));
    }
    indented(0, line);
    out_ << '\n';
  }

  void expectations() {
    const auto& expect = tally_.sweep().expect;
    std::size_t widest = 5;
    for (const auto& one : expect) {
      widest = std::max(widest, trace::width(cut(trace::harmless(one.title), kWidestTitle)));
    }
    out_ << "  " << trace::padded("where", widest) << "  positions  as expected  handled by\n";
    for (std::size_t i = 0; i < expect.size(); ++i) {
      const SweepCounts& counts = tally_.by_expectation()[i];
      out_ << "  " << trace::padded(cut(trace::harmless(expect[i].title), kWidestTitle), widest)
           << fmt::format("  {:>9}  {}", counts.positions, verdict(counts));
      takers(counts, widest + 28);
      if (!expect[i].reason.empty()) indented(4, expect[i].reason, "2");
    }
    out_ << '\n';
  }

  void row(const std::string& name, std::size_t widest, const SweepCounts& counts) {
    out_ << "  " << trace::padded(name, widest)
         << fmt::format(" {:>9} {:>8} {:>4} {:>4}", counts.positions, counts.survived, counts.died,
                        counts.hung);
    if (tally_.total().unmodelled != 0) out_ << fmt::format(" {:>10}", counts.unmodelled);
    out_ << " " << verdict(counts);
    takers(counts, widest + 45 + (tally_.total().unmodelled != 0 ? 11 : 0));
  }

  void functions() {
    const std::vector<const Row*> rows = in_order(tally_.by_function());
    std::size_t widest = 12;
    for (const Row* row : rows) {
      widest = std::max(widest, trace::width(trace::harmless(row->first)));
      for (const auto& [line, counts] : tally_.lines_of(row->first)) {
        widest = std::max(widest, trace::width(trace::harmless(line)) + 2);
      }
    }
    widest = std::min(widest, kWidestName);
    out_ << "  " << trace::padded("function", widest) << " positions survived died hung"
         << (tally_.total().unmodelled != 0 ? " unmodelled" : "") << " as expected  handled by\n";
    for (const Row* one : rows) {
      row(cut(trace::harmless(one->first), widest), widest, one->second);
      if (!uniform(one->second) || all_lines_) lines(one->first, one->second, widest);
    }
    out_ << '\n';
  }

  void lines(const std::string& function, const SweepCounts& counts, std::size_t widest) {
    std::vector<const Row*> rows = in_order(tally_.lines_of(function));
    if (rows.size() < 2) return;
    if (!all_lines_) {
      std::erase_if(rows, [&](const Row* line) { return usual(line->second, counts); });
    }
    // One more is no more than what would say so.
    const bool all = all_lines_ || rows.size() <= kMostLines + 1;
    for (std::size_t i = 0; i < (all ? rows.size() : kMostLines); ++i) {
      const std::string name = rows[i]->first.empty() ? "(no line)" : rows[i]->first;
      row("  " + cut(trace::harmless(name), widest - 2, /*keep_end=*/true), widest,
          rows[i]->second);
    }
    if (!all) out_ << fmt::format("    {} more lines (--lines)\n", rows.size() - kMostLines);
  }

  void intervals() {
    const auto& intervals = tally_.intervals();
    for (std::size_t i = 0; i < std::min(intervals.size(), kMostIntervals); ++i) {
      const FailingInterval& interval = intervals[i];
      out_ << ink("31", "  not as expected: ")
           << (interval.from == interval.to
                   ? fmt::format("@{}", trace::grouped(interval.from))
                   : fmt::format("@{} to @{}", trace::grouped(interval.from),
                                 trace::grouped(interval.to)))
           << fmt::format(", {} position{}\n", trace::grouped(interval.positions),
                          interval.positions == 1 ? "" : "s");
    }
    if (intervals.size() > kMostIntervals) {
      out_ << fmt::format("  and {} more such intervals\n", intervals.size() - kMostIntervals);
    }
  }

  void failures() {
    intervals();
    if (tally_.sweep().failing && tally_.holds()) {
      out_ << "  which is where nothing was to be as expected, and nowhere else\n\n";
      return;
    }
    if (tally_.foreseen_but_good() != 0) {
      const std::uint64_t good = tally_.foreseen_but_good();
      out_ << fmt::format("  {} position{} as expected where none was to be ({}..{})\n",
                          trace::grouped(good), good == 1 ? " is" : "s are",
                          trace::harmless(tally_.sweep().failing->value.from),
                          trace::harmless(tally_.sweep().failing->value.to));
    }
    if (tally_.unforeseen() != nullptr) first(*tally_.unforeseen());
    if (!tally_.holds()) out_ << '\n';
  }

  void first(const SweepFailure& failure) {
    indented(2, fmt::format(
                    "the first: {} before {}{}", failure.run.fault, failure.run.at,
                    failure.run.source.empty() ? std::string() : " (" + failure.run.source + ")"));
    member("expected", failure.verdict.expected);
    member("got", failure.verdict.got);
    if (!what_.scenario.empty()) member("run it", "sehlab test " + what_.scenario);
  }

  const SweptWhat& what_;
  const SweepTally& tally_;
  bool all_lines_, colour_;
  std::ostream& out_;
};

}  // namespace

void write_sweep_text(const SweptWhat& what, const SweepTally& tally, bool all_lines, bool colour,
                      std::ostream& out) {
  SweepText(what, tally, all_lines, colour, out).write();
}

}  // namespace sehlab::scenario
