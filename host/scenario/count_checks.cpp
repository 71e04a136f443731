// Checks that count: defects of the watch, exposures, dispatches, visits of symbols.
#include <fmt/format.h>

#include "host/scenario/check.hpp"
#include "host/scenario/handler_name.hpp"
#include "host/trace/plain.hpp"

namespace sehlab::scenario {
namespace {

constexpr std::size_t kMostKept = 64;

/// The watch's defects, in order.
class Defects final : public Check {
 public:
  explicit Defects(const At<std::vector<Text>>& expected) : expected_(expected) {}

  void on_event(const trace::Event& event) override {
    const auto* found = std::get_if<trace::DefectFound>(&event.payload);
    if (found == nullptr || !found->suppressed.empty()) return;
    const bool more = count_ < expected_.value.size();
    if (!more || !names(expected_.value[count_].value, *found)) differs_ = true;
    ++count_;
    if (got_.size() < kMostKept) got_.push_back(shown_defect(*found));
  }
  void conclude(const RunResult&, std::vector<Failure>& failures) override {
    if (!differs_ && count_ == expected_.value.size()) return;
    std::vector<std::string> names;
    for (const Text& name : expected_.value) names.push_back(trace::printable(name.value));
    std::string got = got_.empty() ? "nothing" : fmt::format("{}", fmt::join(got_, ", "));
    if (count_ > got_.size()) got += fmt::format(", and {} more", count_ - got_.size());
    failures.push_back({"watch", expected_.line,
                        names.empty() ? "nothing" : fmt::format("{}", fmt::join(names, ", ")),
                        got});
  }

 private:
  static bool names(std::string_view name, const trace::DefectFound& found) {
    const std::size_t at = name.find('@');
    if (name.substr(0, at) != found.defect) return false;
    return at == std::string_view::npos || names_function(name.substr(at + 1), found.owner);
  }
  static std::string shown_defect(const trace::DefectFound& found) {
    const std::string owner =
        found.owner.symbol.empty()
            ? ""
            : "@" + trace::printable(trace::function_part(found.owner.symbol), 200);
    return fmt::format("{}{} (record {}, confirmed by {})", trace::printable(found.defect, 80),
                       owner, trace::hex(found.record), trace::printable(found.confirmed_by, 80));
  }

  At<std::vector<Text>> expected_;
  std::size_t count_ = 0;
  bool differs_ = false;
  std::vector<std::string> got_;
};

/// How often events of one kind came.
template <class Payload>
class Count final : public Check {
 public:
  Count(const char* key, At<std::uint64_t> expected) : key_(key), expected_(expected) {}

  void on_event(const trace::Event& event) override {
    if (std::holds_alternative<Payload>(event.payload)) ++count_;
  }
  void conclude(const RunResult&, std::vector<Failure>& failures) override {
    if (count_ == expected_.value) return;
    failures.push_back(
        {key_, expected_.line, std::to_string(expected_.value), std::to_string(count_)});
  }

 private:
  const char* key_;
  At<std::uint64_t> expected_;
  std::uint64_t count_ = 0;
};

/// How often a symbol was reached.
class Visits final : public Check {
 public:
  Visits(ReachedTimes expected, std::string symbol)
      : expected_(std::move(expected)), symbol_(std::move(symbol)) {}

  void on_event(const trace::Event& event) override {
    const auto* reached = std::get_if<trace::SymbolReached>(&event.payload);
    if (reached != nullptr && names_function(symbol_, reached->at)) ++count_;
  }
  void conclude(const RunResult&, std::vector<Failure>& failures) override {
    if (count_ == expected_.count) return;
    const std::string name = trace::printable(expected_.symbol.value);
    failures.push_back({"reached", expected_.symbol.line,
                        fmt::format("{} {} times", name, expected_.count),
                        fmt::format("{} times", count_)});
  }

 private:
  ReachedTimes expected_;
  std::string symbol_;
  std::uint64_t count_ = 0;
};

}  // namespace

void add_count_checks(const Scenario& scenario, Checks& checks) {
  const Expectations& expect = scenario.expect;
  if (expect.watch) checks.push_back(std::make_unique<Defects>(*expect.watch));
  if (expect.exposures) {
    checks.push_back(std::make_unique<Count<trace::RecordExposed>>("exposures", *expect.exposures));
  }
  if (expect.dispatches) {
    checks.push_back(
        std::make_unique<Count<trace::DispatchBegun>>("dispatches", *expect.dispatches));
  }
  for (const ReachedTimes& reached : expect.reached) {
    checks.push_back(std::make_unique<Visits>(reached, scenario.qualified(reached.symbol.value)));
  }
}

}  // namespace sehlab::scenario
