// FaultRig: an instruction's bytes, registers and a little memory, for translating faults without
// a processor.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "emu/fault.hpp"
#include "emu/guest_access.hpp"
#include "emu/registers.hpp"
#include "host/fault/translate.hpp"

namespace sehlab::fault::testing {

inline constexpr GuestAddr kCode{0x00401000}, kTeb{0x7ffde000};

/// Bytes at single addresses; everything else is not there.
class ByteMemory final : public emu::GuestAccess {
 public:
  [[nodiscard]] std::optional<emu::Fault> read(GuestAddr from, std::span<std::byte> to) override {
    for (std::size_t i = 0; i < to.size(); ++i) {
      const auto found = bytes.find(from + static_cast<std::uint32_t>(i));
      if (found == bytes.end()) {
        emu::Fault fault;
        fault.address = from + static_cast<std::uint32_t>(i);
        return fault;
      }
      to[i] = found->second;
    }
    return std::nullopt;
  }
  [[nodiscard]] std::optional<emu::Fault> write(GuestAddr to, std::span<const std::byte>) override {
    emu::Fault fault;  // translation writes nothing
    fault.access = emu::Access::Write;
    fault.address = to;
    wrote = true;
    return fault;
  }
  void put(GuestAddr at, const std::vector<unsigned>& values) {
    for (const unsigned value : values) {
      bytes[at] = static_cast<std::byte>(value);
      at += 1;
    }
  }
  std::map<GuestAddr, std::byte> bytes;
  bool wrote = false;
};

class FixedRegisters final : public emu::Registers {
 public:
  [[nodiscard]] emu::GeneralRegisters general() const override { return values; }
  bool set_general(const emu::GeneralRegisters& to) override {
    values = to;
    return true;
  }
  [[nodiscard]] emu::FxState fx() const override { return state; }
  void set_fx(const emu::FxState& to) override { state = to; }
  [[nodiscard]] emu::DebugRegisters debug() const override { return {}; }
  void set_debug(const emu::DebugRegisters&) override {}
  [[nodiscard]] GuestAddr fs_base() const override { return kTeb; }

  emu::GeneralRegisters values;
  emu::FxState state;
};

struct FaultRig {
  FaultRig() {
    registers.values.eip = kCode.value;
    registers.values.eax = 0xaaaa0001;
    registers.values.ecx = 0xcccc0002;
    registers.values.edx = 0xdddd0003;
  }
  /// The instruction at kCode.
  void code(const std::vector<unsigned>& bytes) {
    memory.put(kCode, bytes);
    length = static_cast<std::uint32_t>(bytes.size());
  }
  [[nodiscard]] Translation exception(std::uint8_t vector) {
    emu::Fault fault;
    fault.kind = emu::FaultKind::Exception;
    fault.vector = vector;
    fault.eip = kCode;
    return translate(fault, memory, registers, rules);
  }
  [[nodiscard]] Translation interrupt(std::uint8_t vector) {
    emu::Fault fault;
    fault.kind = emu::FaultKind::Interrupt;
    fault.vector = vector;
    fault.eip = kCode;
    fault.trap = true;
    fault.next_eip = kCode + length;
    return translate(fault, memory, registers, rules);
  }
  [[nodiscard]] Translation page(emu::FaultKind kind, emu::Access access, GuestAddr address) {
    emu::Fault fault;
    fault.kind = kind;
    fault.access = access;
    fault.address = address;
    fault.eip = kCode;
    return translate(fault, memory, registers, rules);
  }
  [[nodiscard]] Translation invalid_opcode() {
    emu::Fault fault;
    fault.kind = emu::FaultKind::InvalidOpcode;
    fault.vector = 6;
    fault.eip = kCode;
    return translate(fault, memory, registers, rules);
  }
  template <typename T>
  void fx(std::size_t at, T value) {
    std::memcpy(registers.state.image.data() + at, &value, sizeof(value));
  }

  ByteMemory memory;
  FixedRegisters registers;
  Rules rules;
  std::uint32_t length = 0;
};

}  // namespace sehlab::fault::testing
