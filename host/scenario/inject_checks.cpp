// Check that every injection fired: one that did not tested nothing.
#include <fmt/format.h>

#include <set>

#include "host/scenario/check.hpp"
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

}  // namespace

void add_inject_checks(const Scenario& scenario, Checks& checks) {
  if (scenario.injections.empty()) return;
  checks.push_back(std::make_unique<AllFired>(scenario.injections));
}

}  // namespace sehlab::scenario
