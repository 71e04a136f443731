// How deep the keys of a TOML text go (`a.b.c` is a table in a table), told before it is parsed: a
// table in each dot of a long key takes more stack to take apart than a thread has.
#pragma once

#include <cstddef>
#include <string_view>

namespace sehlab::scenario {

/// The line of the first key with more than `most` dots outside its strings, from 1; 0: there is
/// none. `text` need not be TOML: as far as it is, its keys are seen.
[[nodiscard]] int line_of_deep_key(std::string_view text, std::size_t most);

}  // namespace sehlab::scenario
