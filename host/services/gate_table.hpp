// The table of gates as the host sees it: numbers, names and argument bytes, made from the list
// that guest and host share (guest/include/lab/gates.h).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "lab/gates.h"

namespace sehlab::services {

#define LAB_GATE_ENUMERATOR(dll, name, bytes, convention) name,
/// A gate's number is its place in the list.
enum class Gate : std::uint32_t { LAB_GATES(LAB_GATE_ENUMERATOR) };
#undef LAB_GATE_ENUMERATOR

struct GateInfo {
  std::string_view dll;          ///< "ntdll"
  std::string_view name;         ///< "NtClose"
  std::uint32_t argument_bytes;  ///< above the return address; a multiple of four
};

/// All gates, by number.
[[nodiscard]] std::span<const GateInfo> gate_infos();
/// The gate of that number; nullptr for a number that the list does not have.
[[nodiscard]] const GateInfo* gate_info(std::uint32_t gate_number);

}  // namespace sehlab::services
