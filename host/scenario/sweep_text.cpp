// A sweep's tables.
#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "host/scenario/sweep_report.hpp"
#include "host/trace/plain.hpp"

namespace sehlab::scenario {
namespace {

constexpr std::size_t kMostIntervals = 20, kMostTakers = 3;

std::string takers_of(const SweepCounts& counts) {
  std::vector<std::pair<std::uint64_t, std::string>> takers;
  for (const auto& [name, count] : counts.takers) takers.emplace_back(count, name);
  std::ranges::stable_sort(takers, [](const auto& a, const auto& b) { return a.first > b.first; });
  std::string text;
  for (std::size_t i = 0; i < takers.size(); ++i) {
    if (i == kMostTakers) return text + fmt::format(", {} more", takers.size() - i);
    if (i != 0) text += ", ";
    text += trace::harmless(takers[i].second);
    if (takers.size() > 1) text += fmt::format(" {}", takers[i].first);
  }
  return text;
}

class SweepText {
 public:
  SweepText(const SweptWhat& what, const SweepTally& tally, bool all_lines, bool colour,
            std::ostream& out)
      : what_(what), tally_(tally), all_lines_(all_lines), colour_(colour), out_(out) {}

  void write() {
    std::string faults;
    for (const auto& fault : tally_.sweep().faults) {
      faults += (faults.empty() ? "" : " and one ") + fault.value;
    }
    out_ << fmt::format("{}, one {} at each of {} instructions\n\n", trace::harmless(what_.title),
                        faults, trace::grouped(positions_per_fault()));
    if (!tally_.sweep().expect.empty()) expectations();
    functions();
    failures();
    out_ << fmt::format(
        "{} as expected, {} not; {} runs in {:.1f} s, {:.0f} a minute, {} job{}\n",
        tally_.total().as_expected, tally_.total().positions - tally_.total().as_expected,
        tally_.total().positions, what_.seconds,
        static_cast<double>(tally_.total().positions) * 60 / std::max(what_.seconds, 1e-3),
        what_.jobs, what_.jobs == 1 ? "" : "s");
    if (what_.passed_over != 0) {
      out_ << fmt::format("{} instructions of other threads in the window were passed over\n",
                          trace::grouped(what_.passed_over));
    }
    out_.flush();
  }

 private:
  [[nodiscard]] std::uint64_t positions_per_fault() const {
    return tally_.total().positions / std::max<std::size_t>(tally_.sweep().faults.size(), 1);
  }
  [[nodiscard]] std::string ink(const char* code, const std::string& text) const {
    return colour_ ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : text;
  }
  [[nodiscard]] std::string verdict(const SweepCounts& counts) const {
    const std::string text = fmt::format("{:>11}", counts.as_expected);
    return counts.as_expected == counts.positions ? ink("32", text) : ink("31", text);
  }

  void expectations() {
    const auto& expect = tally_.sweep().expect;
    std::size_t widest = 5;
    for (const auto& one : expect) widest = std::max(widest, trace::width(one.title));
    out_ << "  " << trace::padded("where", widest) << "  positions  as expected  handled by\n";
    for (std::size_t i = 0; i < expect.size(); ++i) {
      const SweepCounts& counts = tally_.by_expectation()[i];
      out_ << "  " << trace::padded(trace::harmless(expect[i].title), widest)
           << fmt::format("  {:>9}  {}  {}\n", counts.positions, verdict(counts),
                          takers_of(counts));
      if (!expect[i].reason.empty()) {
        out_ << "    " << ink("2", trace::harmless(expect[i].reason)) << '\n';
      }
    }
    out_ << '\n';
  }

  void row(const std::string& name, std::size_t widest, const SweepCounts& counts) {
    out_ << "  " << trace::padded(name, widest)
         << fmt::format("  {:>9}  {:>8}  {:>4}  {:>4}  {}  {}\n", counts.positions, counts.survived,
                        counts.died, counts.hung, verdict(counts), takers_of(counts));
  }

  /// All of its positions came to the same.
  static bool uniform(const SweepCounts& counts) {
    return counts.takers.size() == 1 &&
           (counts.survived == counts.positions || counts.died == counts.positions ||
            counts.hung == counts.positions) &&
           (counts.as_expected == 0 || counts.as_expected == counts.positions);
  }

  /// A line of which nothing is to be told beside what is told of its function: its runs survived,
  /// as expected, by the same handler as most of the function's.
  static bool usual(const SweepCounts& line, const SweepCounts& function) {
    if (line.survived != line.positions || line.as_expected != line.positions) return false;
    const auto more = [](const auto& a, const auto& b) { return a.second < b.second; };
    return std::ranges::all_of(line.takers, [&](const auto& taker) {
      return taker.first ==
             std::max_element(function.takers.begin(), function.takers.end(), more)->first;
    });
  }

  void functions() {
    std::vector<const std::pair<const std::string, SweepCounts>*> rows;
    std::size_t widest = 8;
    for (const auto& row : tally_.by_function()) {
      rows.push_back(&row);
      widest = std::max(widest, trace::width(trace::harmless(row.first)));
    }
    std::ranges::stable_sort(
        rows, [](const auto* a, const auto* b) { return a->second.first < b->second.first; });
    widest = std::min<std::size_t>(widest, 44);
    out_ << "  " << trace::padded("function", widest)
         << "  positions  survived  died  hung  as expected  handled by\n";
    for (const auto* one : rows) {
      row(trace::harmless(one->first), widest, one->second);
      if (uniform(one->second) && !all_lines_) continue;
      const auto& lines = tally_.lines_of(one->first);
      if (lines.size() < 2) continue;
      std::vector<const std::pair<const std::string, SweepCounts>*> sorted;
      for (const auto& line : lines) sorted.push_back(&line);
      std::ranges::stable_sort(
          sorted, [](const auto* a, const auto* b) { return a->second.first < b->second.first; });
      for (const auto* line : sorted) {
        if (!all_lines_ && usual(line->second, one->second)) continue;
        row("  " + (line->first.empty() ? "(no line)" : trace::harmless(line->first)), widest,
            line->second);
      }
    }
    out_ << '\n';
  }

  void failures() {
    if (tally_.failures().empty()) return;
    const auto& intervals = tally_.intervals();
    for (std::size_t i = 0; i < std::min(intervals.size(), kMostIntervals); ++i) {
      const FailingInterval& interval = intervals[i];
      out_ << ink("31", "  not as expected: ")
           << (interval.from == interval.to
                   ? fmt::format("@{}", trace::grouped(interval.from))
                   : fmt::format("@{} to @{}", trace::grouped(interval.from),
                                 trace::grouped(interval.to)))
           << fmt::format(", {} position{}\n", interval.positions,
                          interval.positions == 1 ? "" : "s");
    }
    if (intervals.size() > kMostIntervals) {
      out_ << fmt::format("  and {} more such intervals\n", intervals.size() - kMostIntervals);
    }
    if (tally_.sweep().failing) {
      if (tally_.holds()) {
        out_ << "  which is where nothing was to be as expected, and nowhere else\n\n";
        return;
      }
      if (tally_.foreseen_but_good() != 0) {
        out_ << fmt::format("  {} positions are as expected where none was to be ({}..{})\n",
                            tally_.foreseen_but_good(), tally_.sweep().failing->value.from,
                            tally_.sweep().failing->value.to);
      }
    }
    if (tally_.unforeseen() == nullptr) return;
    const SweepFailure& first = *tally_.unforeseen();
    out_ << fmt::format("  the first: {} before {}{}\n", first.run.fault,
                        trace::harmless(first.run.at),
                        first.run.source.empty() ? std::string()
                                                 : " (" + trace::harmless(first.run.source) + ")")
         << "    expected   " << trace::harmless(first.verdict.expected) << '\n'
         << "    got        " << trace::harmless(first.verdict.got) << '\n';
    if (!what_.scenario.empty()) {
      out_ << "    run it     sehlab test " << trace::harmless(what_.scenario) << '\n';
    }
    out_ << '\n';
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
