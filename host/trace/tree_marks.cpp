#include "host/trace/tree_marks.hpp"

#include <algorithm>
#include <cstddef>

namespace sehlab::trace {
namespace {

/// A guest that nests without end must not make lines without end.
constexpr std::size_t kDeepest = 16;

}  // namespace

std::string tree_mark(const Nesting::Step& step) {
  std::string text;
  for (std::size_t i = 0; i < std::min(step.depth, kDeepest); ++i) text += "│ ";
  if (step.opens) text += "├ ";
  if (step.closes) text += "└ ";
  return text;
}

}  // namespace sehlab::trace
