// A user's DLL as FuzzedGuest.
#pragma once

#include <memory>
#include <string>

#include "emu/result.hpp"
#include "host/lab/fuzz/fuzzed_guest.hpp"

namespace sehlab::lab {

/// With the chain watch on. An Error: there is no such file, or it cannot be fuzzed.
[[nodiscard]] Result<std::unique_ptr<FuzzedGuest>> make_dll_guest(const std::string& dll);

}  // namespace sehlab::lab
