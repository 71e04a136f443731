// What `sehlab explain` says: a word of the glossary, a profile, a field of the profiles, or which
// words there are; as text for a terminal or as JSON.
#pragma once

#include <string>
#include <vector>

#include "emu/result.hpp"
#include "host/report/style.hpp"

namespace sehlab::lab {

struct ExplainOptions {
  bool json = false;
  report::Style style;
};

/// `words`: nothing, one word, or "profile" and a name. An Error says that there is no such word,
/// and which is near.
[[nodiscard]] Result<std::string> explain(const std::vector<std::string>& words,
                                          const ExplainOptions& options);

}  // namespace sehlab::lab
