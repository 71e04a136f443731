// "did you mean": the known word that an unknown one comes nearest to.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace sehlab::trace {

/// Number of letters to insert, delete, replace or swap with their neighbour (optimal string
/// alignment) to make one word the other.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

/// " (did you mean \"sigtramp\"?)", or nothing when no known word is near: at most two letters
/// or a third of them differ, of short words one.
[[nodiscard]] std::string did_you_mean(std::string_view word, std::span<const std::string> known);
[[nodiscard]] std::string did_you_mean(std::string_view word,
                                       std::span<const std::string_view> known);

}  // namespace sehlab::trace
