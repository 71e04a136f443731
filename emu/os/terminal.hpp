// Whether somebody looks on, and how wide their terminal is.
#pragma once

#include <cstddef>
#include <cstdio>
#include <optional>

namespace sehlab::os {

[[nodiscard]] bool is_terminal(std::FILE* stream);
/// nullopt: no terminal, or one that does not say.
[[nodiscard]] std::optional<std::size_t> terminal_columns(std::FILE* stream);

}  // namespace sehlab::os
