#include "host/watch/suppressions.hpp"

#include <algorithm>

namespace sehlab::watch {

bool fits(std::string_view pattern, std::string_view text) {
  // Greedy with one point to come back to: a later star makes an earlier one's choice final.
  std::size_t p = 0, t = 0;
  std::size_t star = std::string_view::npos, star_text = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      star_text = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++star_text;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

std::size_t Suppressions::find(std::string_view defect, std::string_view owner) const {
  const std::string_view function = owner.substr(0, owner.rfind("+0x"));
  const auto found = std::ranges::find_if(all_, [&](const Suppression& one) {
    return fits(one.defect, defect) && fits(one.owner, function);
  });
  return static_cast<std::size_t>(found - all_.begin());
}

}  // namespace sehlab::watch
