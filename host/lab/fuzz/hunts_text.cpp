#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "host/fuzz/sequence/grammar.hpp"
#include "host/lab/fuzz/mutants.hpp"
#include "host/lab/fuzz/sequence_text.hpp"
#include "host/trace/byte_text.hpp"
#include "host/trace/plain.hpp"

namespace sehlab::lab {

std::string hunts_text(std::span<const Mutant> mutants, std::span<const Hunt> hunts) {
  std::size_t name = 6, found = 0;
  for (const Mutant& mutant : mutants) name = std::max(name, mutant.name.size());
  std::string text = fmt::format("  {:<{}}  {:>12}  {:>7}  {:>10}\n", "mutant", name, "executions",
                                 "seconds", "operations");
  for (std::size_t i = 0; i < mutants.size(); ++i) {
    const Hunt& hunt = hunts[i];
    found += hunt.found ? 1 : 0;
    text +=
        fmt::format("{} {:<{}}  {:>12}  {:>7.1f}  {:>10}\n", hunt.found ? "✓" : "✗",
                    mutants[i].name, name, trace::grouped(hunt.executions), hunt.seconds,
                    hunt.found ? std::to_string(fuzz::sequence::ops_in(hunt.shrunk.size())) : "-");
    text += "    planted  " + trace::harmless(mutants[i].planted) + "\n";
    if (hunt.found) {
      text += "    shows    " + trace::harmless(hunt.signature) + "\n";
      text += "    by       " + sequence_in_short(hunt.shrunk) + "\n";
    } else {
      text += "    not found" +
              (hunt.failure.empty() ? std::string() : ": " + trace::harmless(hunt.failure)) + "\n";
    }
  }
  return text + fmt::format("\n{} of {} found\n", found, mutants.size());
}

std::string hunts_json(std::span<const Mutant> mutants, std::span<const Hunt> hunts) {
  nlohmann::json all = nlohmann::json::array();
  std::size_t found = 0;
  for (std::size_t i = 0; i < mutants.size(); ++i) {
    const Hunt& hunt = hunts[i];
    found += hunt.found ? 1 : 0;
    all.push_back({{"name", mutants[i].name},
                   {"planted", trace::to_text(mutants[i].planted)},
                   {"found", hunt.found},
                   {"executions", hunt.executions},
                   {"seconds", hunt.seconds},
                   {"signature", trace::to_text(hunt.signature)},
                   {"operations", hunt.found ? fuzz::sequence::ops_in(hunt.shrunk.size()) : 0},
                   {"input", hex_digits(hunt.shrunk)},
                   {"in_short", hunt.found ? sequence_in_short(hunt.shrunk) : ""},
                   {"failure", trace::to_text(hunt.failure)}});
  }
  const nlohmann::json object{{"schema_version", 1}, {"mutants", all}, {"found", found}};
  return object.dump(2) + "\n";
}

}  // namespace sehlab::lab
