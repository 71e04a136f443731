// How often this program has called operator new since it started.
#pragma once

#include <cstddef>

namespace sehlab::fuzz::sequence {

[[nodiscard]] std::size_t allocations();

}  // namespace sehlab::fuzz::sequence
