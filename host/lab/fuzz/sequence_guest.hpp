// A program that runs sequences of operations, as FuzzedGuest.
#pragma once

#include <memory>
#include <string>

#include "emu/result.hpp"
#include "host/lab/fuzz/fuzzed_guest.hpp"

namespace sehlab::lab {

/// `name`: sequences, sequences_go, sequences_go_buggy. An Error: there is no such program, or it
/// does not start.
[[nodiscard]] Result<std::unique_ptr<FuzzedGuest>> make_sequence_guest(const std::string& name,
                                                                       bool ending_only);

}  // namespace sehlab::lab
