// Checks of injections: that every one fired (one that did not tested nothing), and who took the
// exception.
#include <fmt/format.h>

#include <set>

#include "host/scenario/check.hpp"
#include "host/scenario/taken_by.hpp"
#include "host/trace/plain.hpp"

namespace sehlab::scenario {
namespace {

class AllFired final : public Check {
 public:
  explicit AllFired(std::vector<Injection> injections) : injections_(std::move(injections)) {}

  void on_event(const trace::Event& event) override {
    const auto* fired = std::get_if<trace::InjectionFired>(&event.payload);
    if (fired != nullptr) fired_.insert(fired->number);
  }
  [[nodiscard]] bool wants_chain(const trace::Payload&) const override { return false; }

  void conclude(const RunResult& result, std::vector<Failure>& failures) override {
    for (std::size_t i = 0; i < injections_.size(); ++i) {
      if (fired_.contains(static_cast<std::uint32_t>(i + 1))) continue;
      const std::string why = i < result.not_fired.size() ? result.not_fired[i] : std::string();
      failures.push_back({"inject", injections_[i].line,
                          "to fire: " + trace::printable(injections_[i].text(), 400),
                          "it never did" + (why.empty() ? "" : ": " + trace::printable(why, 400))});
    }
  }

 private:
  std::vector<Injection> injections_;
  std::set<std::uint32_t> fired_;
};

/// Who takes the first exception that is injected.
class HandledBy final : public Check {
 public:
  explicit HandledBy(std::vector<Text> names) : names_(std::move(names)) {}

  void on_event(const trace::Event& event) override {
    const auto* fired = std::get_if<trace::InjectionFired>(&event.payload);
    if (injected_) {
      taken_.on_event(event);
    } else {
      injected_ = fired != nullptr && fired->raises;
    }
  }
  [[nodiscard]] bool wants_chain(const trace::Payload&) const override { return false; }

  void conclude(const RunResult& result, std::vector<Failure>& failures) override {
    taken_.finish(result.end == End::Unhandled);
    if (injected_ && taken_.is_one_of(names_)) return;
    std::string wanted;
    for (const Text& name : names_) {
      wanted += (wanted.empty() ? "" : " or ") + trace::printable(name.value);
    }
    failures.push_back({"handled_by", names_.front().line, wanted,
                        injected_ ? taken_.name() : "no exception was injected"});
  }

 private:
  std::vector<Text> names_;
  TakenBy taken_;
  bool injected_ = false;
};

}  // namespace

void add_inject_checks(const Scenario& scenario, Checks& checks) {
  if (!scenario.injections.empty()) {
    checks.push_back(std::make_unique<AllFired>(scenario.injections));
  }
  if (!scenario.expect.handled_by.empty()) {
    checks.push_back(std::make_unique<HandledBy>(scenario.expect.handled_by));
  }
}

}  // namespace sehlab::scenario
