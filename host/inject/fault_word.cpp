#include "host/inject/fault_word.hpp"

#include <algorithm>
#include <array>

namespace sehlab::inject {
namespace {

constexpr std::array<std::string_view, 27> kWords = {"read",
                                                     "write",
                                                     "execute",
                                                     "guard",
                                                     "in-page",
                                                     "stack-overflow",
                                                     "general-protection",
                                                     "divide",
                                                     "overflow",
                                                     "into",
                                                     "int3",
                                                     "single-step",
                                                     "illegal",
                                                     "lock",
                                                     "privileged",
                                                     "array-bounds",
                                                     "misaligned",
                                                     "assertion",
                                                     "fast-fail",
                                                     "float-invalid",
                                                     "float-denormal",
                                                     "float-divide",
                                                     "float-overflow",
                                                     "float-underflow",
                                                     "float-inexact",
                                                     "float-stack-check",
                                                     "sse"};
static_assert(kWords.size() == static_cast<std::size_t>(FaultWord::Code));

}  // namespace

std::span<const std::string_view> fault_words() {
  return kWords;
}

std::optional<FaultWord> find_fault(std::string_view word) {
  const auto found = std::ranges::find(kWords, word);
  if (found == kWords.end()) return std::nullopt;
  return static_cast<FaultWord>(found - kWords.begin());
}

bool has_address(FaultWord word) {
  return word <= FaultWord::StackOverflow;
}

bool has_access(FaultWord word) {
  return word >= FaultWord::Guard && word <= FaultWord::StackOverflow;
}

}  // namespace sehlab::inject
