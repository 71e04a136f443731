#include "emu/memory_fault.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "emu/decoder.hpp"
#include "emu/guest_memory.hpp"

namespace sehlab::emu {
namespace {

std::uint16_t right_for(Access access) {
  return access == Access::Write ? PageEntry::kCanWrite : PageEntry::kCanRead;
}

/// The part of an operand that memory refuses.
struct Refusal {
  GuestAddr first;
  bool all = true;  ///< no byte of the operand is accessible
};

Refusal refusal_of(const PageTable& table, const MemoryOperand& operand, Access access,
                   GuestAddr known_bad) {
  Refusal refusal{known_bad, true};
  bool found = false;
  for (std::uint32_t i = 0; i < operand.size; ++i) {
    const GuestAddr at = operand.address + i;
    if (table.at(at).has(right_for(access))) {
      refusal.all = false;
    } else if (!found) {
      refusal.first = at;
      found = true;
    }
  }
  return refusal;
}

class Judge {
 public:
  Judge(const PageTable& table, const RefusedAccess& refused, const Opcode& opcode,
        const Registers& registers)
      : table_(table),
        refused_(refused),
        opcode_(opcode),
        access_(refused.access == Access::Write || reads_and_writes(opcode) ? Access::Write
                                                                            : Access::Read),
        registers_(registers) {}

  Stop verdict() const {
    if (table_.at(refused_.address).has(right_for(access_)))
      return unmodelled("an access that is allowed, but that the engine refused,");
    if (uses_mmx(opcode_)) return unmodelled("MASKMOVQ that faults");  // others: InstructionCheck
    if (met_at_brink()) return fault(refused_.address);
    if (stores_in_pieces(opcode_) && refused_.access == Access::Write) return in_pieces();
    if (loads_80_bits(opcode_)) return fault(operand_refusal().first);
    if (refused_.access == Access::Write) return plain_store();
    // A processor that reads to write back looks for the right to write from the first byte on.
    const bool converted = access_ != refused_.access && enters_page();
    return fault(converted ? operand_refusal().first : refused_.address);
  }

 private:
  /// Whether what comes before the refused byte could have been accessed already.
  bool enters_page() const {
    return refused_.address.aligned(kPageSize) &&
           table_.at(refused_.address - 1).has(PageEntry::kCanAny);
  }

  /// Nothing was stored: the machine was asked about the store before (MachineImpl::refused_byte).
  bool met_at_brink() const {
    return refused_.access == Access::Write && refused_.address.aligned(kPageSize) &&
           table_.is_brink(refused_.address - 1) && !is_masked_store(opcode_);
  }

  std::vector<MemoryOperand> operands() const {
    return memory_operands(table_.code(refused_.eip).span(), refused_.eip, registers_.general(),
                           registers_.fs_base());
  }

  Refusal operand_refusal() const {
    for (const MemoryOperand& operand : operands()) {
      if (refused_.address - operand.address < operand.size)
        return refusal_of(table_, operand, access_, refused_.address);
    }
    return {refused_.address, false};
  }

  /// Fine when no piece of it can have been done, before the fault or after it.
  Stop in_pieces() const {
    const Refusal refusal = operand_refusal();
    if (!refusal.all) return half_done();
    // Of a masked store the first byte that the mask selects.
    return fault(is_masked_store(opcode_) ? refused_.address : refusal.first);
  }

  Stop plain_store() const {
    if (!pushes_in_turn(opcode_) && !enters_page()) return fault(refused_.address);
    const auto all = operands();
    const bool from_start = std::any_of(all.begin(), all.end(), [&](const MemoryOperand& m) {
      return m.address == refused_.address;
    });
    return from_start ? Stop{fault(refused_.address)} : half_done();
  }

  Fault fault(GuestAddr address) const {
    Fault fault = page_fault(table_, access_, address);
    fault.eip = refused_.eip;
    return fault;
  }

  Stop half_done() const {
    return unmodelled("a store that is refused in part, of which the engine did the rest,");
  }

  Unmodelled unmodelled(const char* what) const {
    return {fmt::format("{} at {:#010x}", what, refused_.address.value), refused_.eip};
  }

  const PageTable& table_;
  const RefusedAccess& refused_;
  const Opcode& opcode_;
  Access access_;
  const Registers& registers_;
};

}  // namespace

Stop judge(const PageTable& table, const RefusedAccess& refused, const Opcode& opcode,
           const Registers& registers) {
  return Judge(table, refused, opcode, registers).verdict();
}

}  // namespace sehlab::emu
