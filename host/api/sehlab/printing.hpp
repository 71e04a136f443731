// Values of the lab as text, for assertions that print both of their sides. <sehlab/lab.hpp> has
// it, so that a test sees the same operators in each of its files.
#pragma once

#include <cstdint>
#include <iosfwd>

#include "emu/guest_addr.hpp"
#include "host/trace/event.hpp"

namespace sehlab {

enum class Watch : std::uint8_t;
enum class Convention : std::uint8_t;

/// "0019fe94".
std::ostream& operator<<(std::ostream& out, GuestAddr address);
std::ostream& operator<<(std::ostream& out, Watch watch);
std::ostream& operator<<(std::ostream& out, Convention convention);

namespace trace {

/// Its symbol, or its address.
std::ostream& operator<<(std::ostream& out, const Place& place);
/// As a line of Run::trace has it.
std::ostream& operator<<(std::ostream& out, const Event& event);
/// The defect's name, and whose record it is.
std::ostream& operator<<(std::ostream& out, const DefectFound& defect);

}  // namespace trace
}  // namespace sehlab
