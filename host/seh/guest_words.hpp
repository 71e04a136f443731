// Small things that every step needs: words of guest memory, the part of the TEB that dispatch
// looks at, the arguments of a gate's call and the return from it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "emu/fault.hpp"
#include "emu/guest_addr.hpp"
#include "emu/registers.hpp"
#include "host/seh/outcome.hpp"
#include "host/seh/system.hpp"
#include "host/win32/exception_record.hpp"
#include "host/win32/teb.hpp"

namespace sehlab::seh {

using MaybeFault = std::optional<emu::Fault>;

/// ExceptionList, StackBase and StackLimit: the head of the TEB.
struct StackTib {
  win32::Pointer32 ExceptionList;
  win32::Pointer32 StackBase;
  win32::Pointer32 StackLimit;
};
static_assert(offsetof(StackTib, StackBase) == offsetof(win32::NtTib, StackBase));
static_assert(offsetof(StackTib, StackLimit) == offsetof(win32::NtTib, StackLimit));

/// The fault as the thread's own, met at `eip`: the gate being served.
inline MemoryFault at_gate(emu::Fault fault, std::uint32_t eip) {
  fault.eip = GuestAddr{eip};
  return {fault};
}

inline MaybeFault read_tib(const Cpu& cpu, StackTib& tib) {
  return cpu.memory.read_object(cpu.registers.fs_base(), tib);
}

/// fs:[0] := record.
inline MaybeFault set_chain_head(const Cpu& cpu, GuestAddr record) {
  static_assert(offsetof(win32::NtTib, ExceptionList) == 0);
  return cpu.memory.write_object(cpu.registers.fs_base(), record.value);
}

/// The two words of an exception record that dispatch and unwinding look at.
struct RecordHead {
  std::uint32_t code = 0;
  std::uint32_t flags = 0;
};
static_assert(offsetof(RecordHead, flags) == offsetof(win32::ExceptionRecord, ExceptionFlags));

inline GuestAddr flags_of(GuestAddr record) {
  return record + offsetof(win32::ExceptionRecord, ExceptionFlags);
}

/// The first words at ESP on a gate: return address, then the arguments.
template <std::size_t Arguments>
struct GateFrame {
  std::uint32_t return_address;
  std::array<std::uint32_t, Arguments> argument;
};

/// Leaves a gate as its `ret bytes` would, EAX set.
inline Run return_from_gate(const Cpu& cpu, emu::GeneralRegisters general,
                            std::uint32_t return_address, std::uint32_t argument_bytes,
                            std::uint32_t eax) {
  general.eax = eax;
  general.eip = return_address;
  general.esp += 4 + argument_bytes;
  cpu.registers.set_general(general);
  return {};
}

}  // namespace sehlab::seh
