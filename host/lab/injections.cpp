#include "host/lab/injections.hpp"

#include <utility>

#include "host/trace/plain.hpp"

namespace sehlab::lab {

Result<Injections> Injections::parse(const std::vector<std::string>& specs, std::uint64_t seed) {
  std::vector<inject::Spec> parsed;
  for (const std::string& text : specs) {
    auto spec = inject::parse_spec(text);
    if (!spec) return tl::make_unexpected(spec.error());
    parsed.push_back(std::move(*spec));
  }
  Injections injections;
  if (!parsed.empty()) {
    injections.injector_ = std::make_unique<inject::Injector>(std::move(parsed), seed);
  }
  return injections;
}

Result<Injections> Injections::of(const scenario::Scenario& scenario) {
  std::vector<inject::Spec> parsed;
  for (const scenario::Injection& injection : scenario.injections) {
    std::vector<inject::Member> members;
    for (const auto& [key, value] : injection.members) {
      members.push_back({key, value.value, value.line});
    }
    auto spec = inject::parse_members(members, "scenario " + scenario.file.generic_string());
    if (!spec) return tl::make_unexpected(spec.error());
    parsed.push_back(std::move(*spec));
  }
  Injections injections;
  if (!parsed.empty()) {
    injections.injector_ =
        std::make_unique<inject::Injector>(std::move(parsed), scenario.seed.value_or(0));
  }
  return injections;
}

std::vector<inject::Outcome> Injections::outcomes(const process::End& end) const {
  if (!injector_) return {};
  return injector_->outcomes(end.instructions);
}

std::vector<std::string> never_fired(const std::vector<inject::Outcome>& outcomes) {
  std::vector<std::string> lines;
  for (const inject::Outcome& outcome : outcomes) {
    if (outcome.fired != 0) continue;
    lines.push_back("inject: " + trace::printable(outcome.spec, 400) +
                    " never fired: " + outcome.why);
  }
  return lines;
}

}  // namespace sehlab::lab
