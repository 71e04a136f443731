#include "host/lab/sweep_windows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "host/lab/run.hpp"
#include "host/lab/whole_number.hpp"
#include "host/trace/event.hpp"
#include "host/trace/listener.hpp"

namespace sehlab::lab {
namespace {

/// One end of a window, taken apart.
struct Place {
  std::string symbol;       ///< empty: a count, or an edge
  std::uint64_t visit = 0;  ///< 0: the first from where the window may begin
  std::optional<std::uint64_t> count;
};

Place parse(const std::string& text) {
  Place place;
  if (text.empty()) return place;
  place.count = whole_number(text);
  if (place.count) return place;
  const std::size_t hash = text.find('#');
  const auto visit = hash == text.npos ? std::nullopt : whole_number(text.substr(hash + 1));
  if (visit && *visit != 0) place.visit = *visit;
  place.symbol = place.visit != 0 ? text.substr(0, hash) : text;
  return place;
}

/// When each symbol was reached.
struct Visits final : trace::Listener {
  std::vector<std::string> symbols;
  std::map<std::string, std::vector<std::uint64_t>> counts;

  [[nodiscard]] bool wants_chain(const trace::Payload&) const override { return false; }
  void on_event(const trace::Event& event) override {
    const auto* reached = std::get_if<trace::SymbolReached>(&event.payload);
    if (reached == nullptr) return;
    const std::string& name = reached->at.symbol;
    for (const std::string& symbol : symbols) {
      const bool same =
          symbol == name || (symbol.find('!') == symbol.npos && name.ends_with("!" + symbol));
      if (!same) continue;
      std::vector<std::uint64_t>& visits = counts[symbol];
      if (visits.empty() || visits.back() != event.instruction) {
        visits.push_back(event.instruction);
      }
    }
  }

  void want(const std::string& text) {
    const Place place = parse(text);
    if (!place.symbol.empty() && std::ranges::find(symbols, place.symbol) == symbols.end()) {
      symbols.push_back(place.symbol);
    }
  }
};

class Finder {
 public:
  Finder(const Visits& visits, std::uint64_t instructions) : visits_(visits), last_(instructions) {}

  /// A part of `within`.
  Result<scenario::CountWindow> find(const scenario::WindowText& window,
                                     const scenario::CountWindow& within) const {
    const auto from = at(window.from, within.from, within.from);
    if (!from) return tl::make_unexpected(from.error());
    const std::uint64_t after = window.from.empty() ? within.from : *from + 1;
    const auto to = at(window.to, after, std::min(within.to, last_));
    if (!to) return tl::make_unexpected(to.error());
    if (*to <= *from) return fail("", fmt::format("\"{}..{}\" is empty", window.from, window.to));
    return scenario::CountWindow{*from, *to};
  }

 private:
  Result<std::uint64_t> at(const std::string& text, std::uint64_t after, std::uint64_t edge) const {
    const Place place = parse(text);
    if (place.count && *place.count <= last_) return *place.count;
    if (place.count) {
      return fail("", fmt::format("\"{}\" is not reached: the program ends after {} instructions",
                                  text, last_));
    }
    if (place.symbol.empty()) return edge;
    const auto found = visits_.counts.find(place.symbol);
    if (found != visits_.counts.end()) {
      const auto& counts = found->second;
      if (place.visit != 0) {
        if (place.visit <= counts.size()) return counts[place.visit - 1];
      } else if (const auto it = std::ranges::lower_bound(counts, after); it != counts.end()) {
        return *it;
      }
    }
    return fail("", fmt::format("\"{}\" is not reached{}", text,
                                place.visit != 0 ? " so often"
                                : after == 0     ? ""
                                                 : " from there on"));
  }

  const Visits& visits_;
  std::uint64_t last_;
};

}  // namespace

Result<SweepWindows> find_windows(const process::Options& options, const scenario::Sweep& sweep,
                                  const std::string& where) {
  Visits visits;
  visits.want(sweep.window.from);
  visits.want(sweep.window.to);
  const auto want = [&](const std::optional<scenario::At<scenario::WindowText>>& window) {
    if (!window) return;
    visits.want(window->value.from);
    visits.want(window->value.to);
  };
  want(sweep.failing);
  for (const scenario::SweepExpectation& expect : sweep.expect) want(expect.window);
  process::Options baseline = options;
  baseline.observed = visits.symbols;
  CapturedOutput output;
  const auto end = run(baseline, output, {&visits});
  if (!end) return fail(where, refusal(end.error()));
  if (end->kind == trace::EndKind::BudgetSpent) {
    return fail(where,
                "a program that is swept must end by itself: without a fault " + end->detail);
  }
  if (end->kind == trace::EndKind::Unmodelled) {
    return fail(where, "without a fault: " + end->detail);
  }

  SweepWindows windows;
  windows.end = end->kind == trace::EndKind::UnhandledException
                    ? fmt::format("dies of {:08X}", end->code)
                    : fmt::format("exit {}", end->code & 0xff);
  windows.instructions = end->instructions;
  const Finder finder(visits, end->instructions);
  const auto whole = finder.find(sweep.window, {0, end->instructions});
  if (!whole) return fail(where, "window: " + whole.error().what);
  windows.whole = *whole;
  const auto part = [&](const scenario::At<scenario::WindowText>& window) {
    auto found = finder.find(window.value, windows.whole);
    if (found) return found;
    return Result<scenario::CountWindow>(
        fail(fmt::format("{}:{}", where, window.line), "window: " + found.error().what));
  };
  if (sweep.failing) {
    const auto found = part(*sweep.failing);
    if (!found) return tl::make_unexpected(found.error());
    windows.failing = *found;
  }
  for (const scenario::SweepExpectation& expect : sweep.expect) {
    if (!expect.window) {
      windows.parts.push_back(windows.whole);
      continue;
    }
    const auto found = part(*expect.window);
    if (!found) return tl::make_unexpected(found.error());
    windows.parts.push_back(*found);
  }
  return windows;
}

}  // namespace sehlab::lab
