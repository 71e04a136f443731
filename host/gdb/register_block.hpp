// RegisterBlock: a thread's registers as the remote protocol counts and lays them out. The order is
// that of the features of target.xml; GDB demands all 32 of org.gnu.gdb.i386.core (GDB manual,
// G.5.8 "i386 Features").
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "emu/guest_addr.hpp"
#include "emu/registers.hpp"

namespace sehlab::gdb {

struct RegisterInfo {
  const char* name;
  std::size_t bits;
  const char* type;     ///< of target.xml
  const char* feature;  ///< it belongs to
};

/// All of them, in order.
[[nodiscard]] std::span<const RegisterInfo> register_list();

class RegisterBlock {
 public:
  RegisterBlock();
  RegisterBlock(const emu::GeneralRegisters& general, const emu::FxState& fx, GuestAddr fs_base);

  /// What is not in the block (the x87's pointers' upper halves) stays as it is in `fx`. The base
  /// of FS cannot be set this way.
  void put_into(emu::GeneralRegisters& general, emu::FxState& fx) const;

  /// Little endian, one behind the other.
  [[nodiscard]] std::span<const std::byte> bytes() const { return bytes_; }
  [[nodiscard]] std::span<std::byte> bytes() { return bytes_; }
  /// Those of register `number`; empty: there is none.
  [[nodiscard]] std::span<std::byte> at(std::size_t number);
  [[nodiscard]] std::span<const std::byte> at(std::size_t number) const;

 private:
  template <typename T>
  void put(std::size_t number, T value);
  template <typename T>
  [[nodiscard]] T get(std::size_t number) const;

  std::vector<std::byte> bytes_;
};

/// The x87's tag word, two bits a register (Intel SDM vol. 1, 8.1.7), of a state as FXSAVE keeps
/// it, with one bit a register.
[[nodiscard]] std::uint16_t full_tag_word(const emu::FxState& fx);
/// FXSAVE's byte of a tag word: a register is empty or not (Intel SDM vol. 2, FXSAVE).
[[nodiscard]] std::uint8_t abridged_tag_word(std::uint16_t full);

}  // namespace sehlab::gdb
