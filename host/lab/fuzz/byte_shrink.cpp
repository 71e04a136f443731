#include "host/lab/fuzz/byte_shrink.hpp"

#include <algorithm>
#include <utility>

namespace sehlab::lab {

InputBytes shrink_bytes(std::span<const std::byte> input,
                        const std::function<bool(std::span<const std::byte>)>& still_shows,
                        std::size_t most_tries) {
  InputBytes best(input.begin(), input.end());
  std::size_t tries = 0;
  const auto take = [&](InputBytes candidate) {
    if (tries >= most_tries) return false;
    ++tries;
    if (!still_shows(candidate)) return false;
    best = std::move(candidate);
    return true;
  };
  for (std::size_t piece = best.size(); piece != 0; piece /= 2) {
    for (std::size_t end = best.size(); end >= piece && tries < most_tries;) {
      InputBytes smaller = best;
      const auto from = smaller.begin() + static_cast<std::ptrdiff_t>(end - piece);
      smaller.erase(from, from + static_cast<std::ptrdiff_t>(piece));
      static_cast<void>(take(std::move(smaller)));
      end = std::min(end - piece, best.size());
    }
  }
  for (std::size_t i = 0; i < best.size(); ++i) {
    if (best[i] == std::byte{0}) continue;
    InputBytes simpler = best;
    simpler[i] = std::byte{0};
    static_cast<void>(take(std::move(simpler)));
  }
  return best;
}

}  // namespace sehlab::lab
