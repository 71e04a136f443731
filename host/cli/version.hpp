// The version banner: the project's version and the engine that the start-up self-test met.
#pragma once

#include <string>

namespace sehlab::cli {

[[nodiscard]] std::string version_text();

}  // namespace sehlab::cli
