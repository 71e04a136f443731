#include "host/scenario/scenario.hpp"

#include <algorithm>
#include <array>

namespace sehlab::scenario {

std::string_view end_word(End end) {
  constexpr std::array<std::string_view, 6> kWords = {"exited",     "unhandled", "budget",
                                                      "unmodelled", "stopped",   "refused"};
  return kWords.at(static_cast<std::size_t>(end));
}

std::string Scenario::where(int line) const {
  return "scenario " + file.generic_string() + ":" + std::to_string(line);
}

std::string Scenario::qualified(const std::string& symbol) const {
  if (symbol.find('!') != std::string::npos) return symbol;
  return std::filesystem::path(guest.value).stem().string() + "!" + symbol;
}

Scenario Scenario::under(const std::string& name) const {
  Scenario one = *this;
  one.profiles.clear();
  one.profile = Text{name, 0};
  if (one.golden) {
    std::string path = one.golden->path.generic_string();
    const std::size_t at = path.find(kProfileInTrace);
    if (at != std::string::npos) path.replace(at, kProfileInTrace.size(), name);
    one.golden->path = path;
  }
  return one;
}

Scenario Scenario::with(const Text& name) const {
  Scenario one = *this;
  one.guests.clear();
  one.listed_builds = false;
  one.guest = name;
  return one;
}

std::vector<std::string> Scenario::observed_symbols() const {
  std::vector<std::string> symbols;
  const auto add = [&](const Text& symbol) {
    const std::string name = qualified(symbol.value);
    if (std::find(symbols.begin(), symbols.end(), name) == symbols.end()) symbols.push_back(name);
  };
  for (const HandlersAfter& after : expect.handlers_after) add(after.symbol);
  for (const ReachedTimes& reached : expect.reached) add(reached.symbol);
  return symbols;
}

std::string Injection::text() const {
  std::string text;
  for (const auto& [key, value] : members) {
    const bool quoted =
        value.value.empty() || value.value.find_first_of(" \t\n") != value.value.npos;
    text += (text.empty() ? "" : " ") + key + '=';
    text += quoted ? '"' + value.value + '"' : value.value;
  }
  return text;
}

}  // namespace sehlab::scenario
