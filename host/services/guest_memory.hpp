// How services touch the caller's memory. A kernel function probes every pointer before it acts
// and answers a bad one with a status; a function of ntdll's user half would fault on it.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>

#include "host/services/kernel.hpp"

namespace sehlab::services {

/// The status that a kernel function returns for a pointer it could not use.
[[nodiscard]] NtStatus status_of_fault(const emu::Fault& fault);

/// The user half's answer: the thread faults on the gate.
[[nodiscard]] inline Outcome faulted(const emu::Fault& fault) {
  return Faulted{fault};
}
[[nodiscard]] inline Outcome returned(std::uint32_t eax) {
  return Return{eax, std::nullopt};
}

/// Argument `index` as an address.
[[nodiscard]] inline GuestAddr pointer(const GateCall& call, std::size_t index) {
  return GuestAddr{call.argument[index]};
}

/// Nothing when all of [at, at+bytes) can be written: reads it and writes the same bytes back, as
/// Windows' ProbeForWrite does.
[[nodiscard]] std::optional<emu::Fault> probe_write(GateCall& call, GuestAddr at,
                                                    std::size_t bytes);

/// A write to what probe_write accepted. It can only fail when the call itself took the memory
/// away (NtFreeVirtualMemory of its own arguments); Windows ignores that, and so do we.
template <typename T>
void write_probed(GateCall& call, GuestAddr at, const T& value) {
  static_cast<void>(call.memory.write_object(at, value));
}

/// A bit for each processor that the guest is told of (PEB.NumberOfProcessors).
[[nodiscard]] std::uint32_t processor_mask(GateCall& call);

/// Up to `most` bytes of a string given by address and length.
struct ReadString {
  std::string text;
  std::optional<emu::Fault> fault;
  bool too_long = false;
};
[[nodiscard]] ReadString read_string(GateCall& call, GuestAddr at, std::uint32_t bytes,
                                     std::uint32_t most);

}  // namespace sehlab::services
