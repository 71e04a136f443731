// Registers: the processor's register file as values, copied in and out.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "emu/guest_addr.hpp"

namespace sehlab::emu {

/// The integer and segment registers, as 32-bit code sees them.
struct GeneralRegisters {
  std::uint32_t eax = 0, ecx = 0, edx = 0, ebx = 0, esp = 0, ebp = 0, esi = 0, edi = 0;
  std::uint32_t eip = 0;
  std::uint32_t eflags = 0x202;
  std::uint16_t cs = 0, ss = 0, ds = 0, es = 0, fs = 0, gs = 0;

  bool operator==(const GeneralRegisters&) const = default;
};

/// x87 and SSE state as FXSAVE lays it out (Intel SDM vol. 1, table 10-2; 512 bytes).
struct FxState {
  /// Offsets in the image, in bytes. FTW is one byte, a bit for each register that holds something;
  /// FCW, FSW, FOP, FCS and FDS are words; FIP, FDP and MXCSR are dwords. Eight x87 registers (from
  /// the top) of ten bytes each, and eight XMM registers, follow, each in kRegisterBytes.
  static constexpr std::size_t kFcw = 0, kFsw = 2, kFtw = 4, kFop = 6, kFip = 8, kFcs = 12,
                               kFdp = 16, kFds = 20, kMxcsr = 24, kMxcsrMask = 28, kSt = 32,
                               kXmm = 160, kRegisterBytes = 16;
  std::array<std::byte, 512> image{};

  template <typename T>
  [[nodiscard]] T get(std::size_t offset) const {
    T value;
    std::memcpy(&value, image.data() + offset, sizeof(T));
    return value;
  }
  template <typename T>
  void put(std::size_t offset, const T& value) {
    std::memcpy(image.data() + offset, &value, sizeof(T));
  }
  /// One comparison of the block: the array's own goes byte by byte, which shows at each exception.
  bool operator==(const FxState& other) const {
    return std::memcmp(image.data(), other.image.data(), image.size()) == 0;
  }
};

/// DR0-DR3, DR6, DR7.
struct DebugRegisters {
  std::array<std::uint32_t, 4> address{};
  std::uint32_t dr6 = 0, dr7 = 0;
  bool operator==(const DebugRegisters&) const = default;
};

/// EFLAGS bits by Intel's names. RF is what keeps a breakpoint in a debug register from being met
/// again: it is set together with EIP, holds for the one instruction there, and is never read.
inline constexpr std::uint32_t kEflagsTf = 0x100, kEflagsIf = 0x200, kEflagsDf = 0x400,
                               kEflagsRf = 0x10000, kEflagsAc = 0x40000;

/// The bits of EFLAGS that a program may change: ReactOS' test of NtContinue finds 0x3c0cd5
/// (facts 3.8); TF belongs to them since NtContinue sets it.
inline constexpr std::uint32_t kEflagsOfUser = 0x3c0cd5 | kEflagsTf;
/// Bit 1 reads as one always (Intel SDM vol. 1, 3.4.3); ring 3 runs with interrupts enabled.
inline constexpr std::uint32_t kEflagsFixed = 0x002 | kEflagsIf;

/// DR6 (Intel SDM vol. 3, 17.2.3): bits 0 to 3 a register each, and "single step".
inline constexpr std::uint32_t kDr6Breakpoints = 0xf, kDr6SingleStep = 0x4000;

/// The register file of the running thread. Setting a segment register to a selector that the
/// descriptor table does not have leaves it unchanged and returns false.
class Registers {
 public:
  virtual ~Registers() = default;
  [[nodiscard]] virtual GeneralRegisters general() const = 0;
  virtual bool set_general(const GeneralRegisters& values) = 0;
  [[nodiscard]] virtual FxState fx() const = 0;
  virtual void set_fx(const FxState& state) = 0;
  [[nodiscard]] virtual DebugRegisters debug() const = 0;
  virtual void set_debug(const DebugRegisters& values) = 0;
  /// Linear base of the FS segment: the running thread's TEB.
  [[nodiscard]] virtual GuestAddr fs_base() const = 0;
};

}  // namespace sehlab::emu
