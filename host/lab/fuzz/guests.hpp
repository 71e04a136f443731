// What can be fuzzed, by the names that the command line has for it.
#pragma once

#include <memory>
#include <string>

#include "emu/result.hpp"
#include "host/lab/fuzz/fuzzed_guest.hpp"

namespace sehlab::lab {

struct GuestChoice {
  std::string name = "sequences";  ///< a program of sequences, or FILE.dll
  bool ending_only = false;        ///< only how the process ends counts; sequences only
};

/// Starts it. An Error says what is wrong with the name, the file or the choice.
[[nodiscard]] Result<std::unique_ptr<FuzzedGuest>> make_guest(const GuestChoice& choice);

}  // namespace sehlab::lab
