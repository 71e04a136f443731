// Words for what a log and a prediction hold.
#pragma once

#include <cstdint>
#include <string>

#include "host/fuzz/sequence/prediction.hpp"

namespace sehlab::fuzz::sequence {

/// A word of a log (LAB_LOG_*) without what differs between sequences: "a record's handler for
/// C0000005 with flags 02". The whole of it: describe (listing.hpp).
[[nodiscard]] std::string word_kind(std::uint32_t word);
/// A step of the dispatcher: "handler entered: record of #3, C0000005, flags 02".
[[nodiscard]] std::string describe_step(const Step& step);
/// Without numbers of operations: "handler entered: record".
[[nodiscard]] std::string step_kind(const Step& step);

}  // namespace sehlab::fuzz::sequence
