// EdgeCounter: which ways the guest took through its code, as counters that somebody else owns. An
// edge is an instruction and the one that ran next, where that is not simply the one behind it: a
// branch, taken or not, a call, a return, a handler that was entered.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "emu/guest_addr.hpp"
#include "emu/page_table.hpp"

namespace sehlab::emu {

/// Told of each instruction that the engine begins as the first of a block that it translated. Such
/// blocks also end at pages, at a budget, at whatever stopped the engine: none of these is an edge,
/// so the counters do not depend on them.
class EdgeCounter {
 public:
  void attach(const PageTable& table) { table_ = &table; }

  /// From now on there, as many as a power of two; they stop at 255. Empty: nowhere.
  void set_counters(std::span<std::uint8_t> counters);
  /// Edges into these are counted, no others. In no order; they do not overlap.
  void set_code(std::span<const GuestRange> code);
  /// Instructions may be others than they were.
  void forget() { ++epoch_; }

  /// `from`: the instruction begun before that one, as InstructionCounter::last has it.
  void begun(std::uint64_t from, std::uint32_t to) {
    if (instead_) {
      from = *instead_;
      instead_.reset();
    }
    const bool again = taken_back_ && from == to;
    taken_back_ = false;
    if (again) return;
    const std::uint32_t number = hash(from, to);
    const Known& known = known_[number % kKnown];
    const bool met = known.from == from && known.to == to && known.epoch == epoch_;
    const bool counts = met ? known.counts : look(from, to);
    if (!counts || counters_.empty()) return;
    std::uint8_t& counter = counters_[number & (counters_.size() - 1)];
    if (counter != UINT8_MAX) ++counter;
  }
  /// The instruction begun last was not executed.
  void taken_back() { taken_back_ = true; }

  /// The instruction that the running thread began last, when `last` is what the machine did.
  [[nodiscard]] std::uint64_t previous(std::uint64_t last) const { return instead_.value_or(last); }
  /// The thread that runs from now on has begun that one last.
  void set_previous(std::uint64_t previous) {
    instead_ = previous;
    taken_back_ = false;
  }

 private:
  struct Known {
    std::uint64_t from = 0;
    std::uint32_t to = 0;
    std::uint32_t epoch = 0;
    bool counts = false;
  };
  static constexpr std::size_t kKnown = 4096;
  [[nodiscard]] static std::uint32_t hash(std::uint64_t from, std::uint32_t to) {
    const std::uint32_t mixed = static_cast<std::uint32_t>(from) * 0x9e3779b1U ^ to * 0x85ebca77U;
    return mixed ^ mixed >> 15;
  }
  /// Whether it is an edge that counts; remembered where the program cannot write over its own
  /// instructions.
  [[nodiscard]] bool look(std::uint64_t from, std::uint32_t to);
  [[nodiscard]] bool is_edge(std::uint64_t from, std::uint32_t to) const;

  std::span<std::uint8_t> counters_;
  const PageTable* table_ = nullptr;
  std::vector<GuestRange> code_;
  std::array<Known, kKnown> known_{};
  std::uint32_t epoch_ = 1;  ///< what was known in another one is no longer
  std::optional<std::uint64_t> instead_;
  bool taken_back_ = false;
};

}  // namespace sehlab::emu
