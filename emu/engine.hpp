// Engine: the processor that executes the guest's instructions, as the rest of emu/ sees it.
// The one source file behind it is the only one that includes Unicorn. Its callbacks record
// why the engine stopped and stop it; nothing is decided in them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "emu/address_space.hpp"
#include "emu/fault.hpp"
#include "emu/guest_addr.hpp"
#include "emu/plain_code.hpp"
#include "emu/result.hpp"

namespace sehlab::emu {

/// The registers that the lab reads and writes, under names of our own.
enum class Reg : std::uint8_t {
  Eax,
  Ecx,
  Edx,
  Ebx,
  Esp,
  Ebp,
  Esi,
  Edi,
  Eip,
  Eflags,
  Cs,
  Ss,
  Ds,
  Es,
  Fs,
  Gs,
  Fpcw,
  Fpsw,
  Fptag,
  Fop,
  Fip,
  Fcs,
  Fdp,
  Fds,
  Mxcsr,
  St0,
  St1,
  St2,
  St3,
  St4,
  St5,
  St6,
  St7,
  Xmm0,
  Xmm1,
  Xmm2,
  Xmm3,
  Xmm4,
  Xmm5,
  Xmm6,
  Xmm7,
  Cr0,
  Cr4
};

/// Why the engine came back; the first cause wins.
struct EngineStop {
  enum class Cause : std::uint8_t {
    None,       ///< nothing was recorded: the engine ended by itself
    Asked,      ///< the instruction callback asked for it
    Interrupt,  ///< `vector`: INT n or an exception
    Memory,     ///< `access`, `address`
    InvalidOpcode,
    SystemCall,     ///< SYSENTER or SYSCALL
    Untranslatable  ///< the engine gave up on an instruction of the block at EIP
  };
  Cause cause = Cause::None;
  std::uint8_t vector = 0;
  Access access = Access::Read;
  GuestAddr address;
  int engine_error = 0;  ///< the engine's own code, for reports
};

/// Host words that must stay as they are for an instruction to need no look before it.
struct KnownWords {
  static constexpr std::size_t kMost = 16;
  struct Word {
    const std::byte* host = nullptr;
    std::uint32_t value = 0;
  };
  std::array<Word, kMost> words{};
  std::size_t count = 0;

  [[nodiscard]] bool unchanged() const {
    for (std::size_t i = 0; i < count; ++i) {
      std::uint32_t now = 0;
      std::memcpy(&now, words[i].host, sizeof now);
      if (now != words[i].value) return false;
    }
    return true;
  }
};

/// The window that ESP must not come into. Looked at behind instructions that may raise ESP.
struct EspWindow {
  GuestAddr above, up_to;  ///< above < ESP <= up_to; empty when they are the same
  GuestAddr seen;          ///< ESP when it was last looked at; 0: not since the window was set
  bool inside = false;     ///< it was in the window then
  bool moved = false;      ///< the instruction begun last may have raised it

  /// Takes note of ESP. True when it came into the window.
  bool look(GuestAddr esp) {
    const bool was = inside;
    inside = esp > above && esp <= up_to;
    moved = false;
    seen = esp;
    return inside && !was;
  }
};

/// The part of the instruction callback that runs for every instruction: while `count` is
/// below `limit`, the address differs from the last one and the instruction is plain, it only
/// counts. While `watching`, the known words must be unchanged and ESP outside of the window, too,
/// and whether the instruction may raise ESP must be known.
struct InstructionCounter {
  std::uint64_t count = 0;  ///< instructions begun
  std::uint64_t limit = UINT64_MAX;
  std::uint64_t last = UINT64_MAX;  ///< address of the instruction begun last
  PlainCode plain;
  bool watching = false;
  PlainCode esp_steady, esp_moving;  ///< known to do so, and known to perhaps raise it
  KnownWords known;
  EspWindow esp;
};

/// The last store into the range that was asked for, until whoever looks at it takes it.
struct StoreNote {
  bool noted = false;
  GuestAddr address;
  std::uint32_t size = 0;  ///< bytes
};

/// A copy of the processor's whole state, as the engine keeps it.
class CpuState {
 public:
  virtual ~CpuState() = default;
  /// The copy's bytes; their layout is the engine's own.
  [[nodiscard]] virtual std::span<std::byte> bytes() = 0;
};

class EdgeCounter;

class Engine {
 public:
  /// What the callbacks call. `slow` is told of an instruction about to be executed whenever
  /// the counter's fast path does not apply, and says whether to go on (it
  /// then has counted). `system_read` decides whether a read of the system page that the
  /// instruction at `counter().last` brings about is the processor's own. `refused_byte` is
  /// asked, while the engine stands in the instruction, about a store for which a page is mapped
  /// without the right: the first byte that must not be stored, or none.
  struct Callbacks {
    void* owner = nullptr;
    bool (*slow)(void* owner, std::uint32_t address) = nullptr;
    bool (*system_read)(void* owner, std::uint32_t address) = nullptr;
    std::optional<GuestAddr> (*refused_byte)(void* owner, GuestAddr address,
                                             std::uint32_t size) = nullptr;
  };

  /// Opens a 32-bit engine. Without `count_instructions` no instruction callback is installed
  /// (only the self-test wants that). Stores into `noted_stores` are noted; an empty range costs
  /// nothing, any other makes all stores slower (facts: unicorn.md 2.2). `edges`, where there is
  /// one, is told of the instructions that begin blocks, and needs the instructions counted.
  [[nodiscard]] static Result<std::unique_ptr<Engine>> open(const Callbacks& callbacks,
                                                            bool count_instructions = true,
                                                            GuestRange noted_stores = {},
                                                            EdgeCounter* edges = nullptr);
  [[nodiscard]] static std::string version();

  Engine() = default;
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  virtual ~Engine() = default;

  /// Maps host memory; false when the engine refuses.
  [[nodiscard]] virtual bool map(GuestAddr base, std::uint32_t size, Protection rights,
                                 std::byte* host) = 0;
  [[nodiscard]] virtual bool unmap(GuestAddr base, std::uint32_t size) = 0;
  /// Forgets the translation of every instruction in these (executable) pages.
  virtual void drop_code(GuestAddr base, std::uint32_t size) = 0;

  /// Executes from `eip` until a callback stops it.
  virtual const EngineStop& start(GuestAddr eip) = 0;
  [[nodiscard]] virtual InstructionCounter& counter() = 0;
  [[nodiscard]] virtual StoreNote& store_note() = 0;

  /// The engine's numbers for a list of registers, to be prepared once.
  [[nodiscard]] static std::vector<int> numbers(std::span<const Reg> registers);
  /// Each pointer names a buffer as wide as its register (32 bits for Fcs, Fds, Fop and the
  /// x87 control words: 16; Fip, Fdp: 64; St: 80; Xmm: 128).
  virtual void read(std::span<const int> registers, void** values) const = 0;
  /// False when the engine refuses one (a selector without descriptor).
  virtual bool write(std::span<const int> registers, void* const* values) = 0;
  [[nodiscard]] virtual std::uint32_t get(Reg reg) const = 0;
  virtual bool set(Reg reg, std::uint32_t value) = 0;
  virtual void set_descriptor_table(GuestAddr base, std::uint32_t limit) = 0;

  [[nodiscard]] virtual std::unique_ptr<CpuState> new_state() const = 0;
  virtual void save(CpuState& into) const = 0;
  virtual void restore(const CpuState& from) = 0;
};

/// The page that holds the descriptor table: mapped in the engine, part of no address space.
inline constexpr GuestAddr kSystemPage{0xfffe0000};

}  // namespace sehlab::emu
