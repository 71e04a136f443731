// What the start-up self-test found out about the engine, in words for `sehlab --version`.
#pragma once

#include <string>

namespace sehlab::lab {

/// Starts a machine, which tests the engine, and describes it; or says why it does not start.
[[nodiscard]] std::string engine_banner();

}  // namespace sehlab::lab
