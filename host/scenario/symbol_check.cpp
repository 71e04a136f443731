#include "host/scenario/symbol_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <unordered_set>

#include "host/trace/near_miss.hpp"
#include "host/trace/plain.hpp"

namespace sehlab::scenario {
namespace {

bool is_address(std::string_view text) {
  return text.size() == 10 && text.starts_with("0x") &&
         text.find_first_not_of("0123456789abcdef", 2) == std::string_view::npos;
}

/// Looks names up and keeps the first that is unknown.
class Lookup {
 public:
  Lookup(const Scenario& scenario, const std::vector<std::string>& known) : scenario_(scenario) {
    for (const std::string& name : known) {
      full_.insert(name);
      const std::size_t bang = name.find('!');
      bare_.insert(bang == std::string::npos ? name : name.substr(bang + 1));
      images_.insert(name.substr(0, bang == std::string::npos ? 0 : bang));
    }
  }

  /// "symbol" or "image!symbol".
  void symbol(std::string_view key, const std::string& name, int line) {
    if (!has(name)) unknown(key, name, line);
  }

  /// A symbol of the guest's own image, unless another is named.
  void of_guest(std::string_view key, const Text& name) {
    if (!has(scenario_.qualified(name.value))) unknown(key, name.value, name.line);
  }

  /// "handler", "handler@owner" or "handler@address".
  void handler(std::string_view key, const Text& name) {
    const std::string& text = name.value;
    const std::size_t at = text.rfind('@');
    // "_f@4" is one decorated name, of stdcall.
    const bool one = at == std::string::npos ||
                     text.find_first_not_of("0123456789", at + 1) == std::string::npos;
    if (one ? has(text) : exists(text)) return;
    for (std::size_t i = text.find('@'); i != std::string::npos; i = text.find('@', i + 1)) {
      if (has(text.substr(0, i)) && has(text.substr(i + 1))) return;
    }
    const std::string first = one ? text : text.substr(0, at);
    const bool first_unknown = one || !has(first);
    unknown(key, first_unknown ? first : text.substr(at + 1), name.line);
  }

  /// Expectations from now on are those of this table: "sweep.".
  void inside(std::string_view prefix) { prefix_ = prefix; }

  [[nodiscard]] Result<> result() const {
    if (!error_.what.empty()) return tl::make_unexpected(error_);
    return {};
  }

 private:
  [[nodiscard]] bool has(const std::string& name) const {
    return is_address(name) || exists(name) || of_later(name);
  }
  [[nodiscard]] bool exists(const std::string& name) const {
    return full_.contains(name) || bare_.contains(name);
  }

  /// A symbol of an image that is not there yet: the program may load it. It cannot be checked,
  /// unless the image's name looks like a slip.
  [[nodiscard]] bool of_later(const std::string& name) const {
    const std::size_t bang = name.find('!');
    if (bang == std::string::npos || bang == 0 || images_.contains(name.substr(0, bang))) {
      return false;
    }
    const std::vector<std::string> images(images_.begin(), images_.end());
    return trace::did_you_mean(name.substr(0, bang), std::span<const std::string>(images)).empty();
  }

  void unknown(std::string_view key, const std::string& name, int line) {
    if (!error_.what.empty()) return;
    const auto& names = name.find('!') == std::string::npos ? bare_ : full_;
    std::vector<std::string> sorted(names.begin(), names.end());
    std::sort(sorted.begin(), sorted.end());  // the same suggestion each time
    error_ = {scenario_.where(line),
              fmt::format("{}expect.{}: \"{}\" is no symbol of {}{}", prefix_, key,
                          trace::printable(name), trace::printable(scenario_.guest.value),
                          trace::did_you_mean(name, std::span<const std::string>(sorted)))};
  }

  const Scenario& scenario_;
  std::string_view prefix_;
  std::unordered_set<std::string> full_, bare_, images_;
  Error error_;
};

void look_up_chain(const Expectations& expect, Lookup& lookup) {
  if (!expect.chain) return;
  const auto* owners = std::get_if<ChainOwners>(&expect.chain->value);
  if (owners == nullptr) return;
  for (const Text& owner : *owners) lookup.handler("chain", owner);
}

void look_up_watch(const std::optional<At<std::vector<Text>>>& watch, Lookup& lookup) {
  if (!watch) return;
  for (const Text& defect : watch->value) {
    const std::size_t at = defect.value.find('@');
    if (at != std::string::npos) lookup.symbol("watch", defect.value.substr(at + 1), defect.line);
  }
}

void look_up_takers(const std::vector<Text>& names, Lookup& lookup) {
  for (const Text& name : names) {
    if (name.value != "nobody") lookup.handler("handled_by", name);
  }
}

void look_up_sweep(const Sweep& sweep, Lookup& lookup) {
  lookup.inside("sweep.");
  for (const SweepExpectation& one : sweep.expect) {
    look_up_takers(one.handled_by, lookup);
    look_up_watch(one.watch, lookup);
  }
}

}  // namespace

bool names_symbols(const Scenario& scenario) {
  const Expectations& e = scenario.expect;
  const bool owners = e.chain && std::holds_alternative<ChainOwners>(e.chain->value);
  const auto any = [](const auto& texts) { return texts && !texts->value.empty(); };
  const auto in_sweep = [&](const SweepExpectation& one) {
    return !one.handled_by.empty() || any(one.watch);
  };
  if (scenario.sweep && std::ranges::any_of(scenario.sweep->expect, in_sweep)) return true;
  return any(e.handlers) || !e.handled_by.empty() || any(e.unwound) || any(e.watch) || owners ||
         !e.handlers_after.empty() || !e.reached.empty();
}

Result<> check_symbols(const Scenario& scenario, const std::vector<std::string>& known) {
  const Expectations& expect = scenario.expect;
  Lookup lookup(scenario, known);
  if (expect.handlers) {
    for (const Text& name : expect.handlers->value) lookup.handler("handlers", name);
  }
  if (expect.unwound) {
    for (const Text& name : expect.unwound->value) lookup.handler("unwound", name);
  }
  look_up_takers(expect.handled_by, lookup);
  for (const HandlersAfter& after : expect.handlers_after) {
    lookup.of_guest("handlers_after.symbol", after.symbol);
    for (const Text& name : after.handlers) lookup.handler("handlers_after.handlers", name);
  }
  look_up_chain(expect, lookup);
  look_up_watch(expect.watch, lookup);
  for (const ReachedTimes& reached : expect.reached) lookup.of_guest("reached", reached.symbol);
  if (scenario.sweep) look_up_sweep(*scenario.sweep, lookup);
  return lookup.result();
}

}  // namespace sehlab::scenario
