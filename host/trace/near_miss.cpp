#include "host/trace/near_miss.hpp"

#include <algorithm>
#include <vector>

#include "host/trace/plain.hpp"

namespace sehlab::trace {
namespace {

constexpr std::size_t kLongestWord = 100;  // longer names are not compared: quadratic time

template <class Words>
std::string nearest(std::string_view word, const Words& known) {
  if (word.size() > kLongestWord) return {};
  const std::size_t most = word.size() < 4 ? 1 : std::max<std::size_t>(2, word.size() / 3);
  std::size_t best = most + 1;
  std::string_view found;
  for (const std::string_view candidate : known) {
    const std::size_t longer = std::max(candidate.size(), word.size());
    const std::size_t shorter = std::min(candidate.size(), word.size());
    if (longer > kLongestWord || longer - shorter >= best) continue;
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best) {
      best = distance;
      found = candidate;
    }
  }
  return found.empty() ? "" : " (did you mean \"" + trace::printable(found) + "\"?)";
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before_last(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({replaced, last[j] + 1, row[j - 1] + 1});
      const bool swapped =
          i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && a[i - 1] != b[j - 1];
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
    before_last.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

std::string did_you_mean(std::string_view word, std::span<const std::string> known) {
  return nearest(word, known);
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> known) {
  return nearest(word, known);
}

}  // namespace sehlab::trace
