// Shrinking of inputs that are bytes and no more.
#pragma once

#include <cstddef>
#include <functional>
#include <span>

#include "host/lab/fuzz/input_files.hpp"

namespace sehlab::lab {

/// Pieces are taken out, from the back, ever smaller ones, then bytes become 0, as long as
/// `still_shows` says so of what is left; at most `most_tries` calls of it.
[[nodiscard]] InputBytes shrink_bytes(
    std::span<const std::byte> input,
    const std::function<bool(std::span<const std::byte>)>& still_shows, std::size_t most_tries);

}  // namespace sehlab::lab
