// A sequence and what is predicted of it, as a person reads it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "host/fuzz/sequence/operation.hpp"
#include "host/fuzz/sequence/prediction.hpp"

namespace sehlab::fuzz::sequence {

/// A word of the log: "handler of #3 entered: access violation, unwinding". Any word.
std::string describe(std::uint32_t word);

/// "exits with 2", "dies of C0000005, access violation".
std::string describe(const Ending& ending);

/// An operation by name, with what its operands choose: "RECORD: continues".
std::string describe(Operation op);

/// The operations, indented by the level that they run at, those that do nothing and those that
/// never run marked; then the predicted log and the ending. Lines end with '\n'.
/// `prediction` is of the same bytes, with Detail::Steps.
std::string listing(std::span<const std::byte> bytes, const Prediction& prediction);

}  // namespace sehlab::fuzz::sequence
