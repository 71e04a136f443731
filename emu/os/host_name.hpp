// What other machines call this one.
#pragma once

#include <string>

namespace sehlab::os {

/// This machine's name in its network; "host" when it has none.
[[nodiscard]] std::string host_name();

}  // namespace sehlab::os
