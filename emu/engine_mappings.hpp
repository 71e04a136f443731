// EngineMappings: what of the page table the engine has mapped, coalesced. The engine aborts
// the process somewhere above 4,000 mappings, so neighbours with equal rights and contiguous
// host memory share one within a reservation, and a change that would come near that number is
// refused.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "emu/address_space.hpp"
#include "emu/engine.hpp"
#include "emu/page_table.hpp"
#include "emu/result.hpp"

namespace sehlab::emu {

class EngineMappings {
 public:
  /// The engine was seen to abort between 4,000 and 5,000; each change costs it the more the more
  /// there are (some milliseconds at 2,000).
  static constexpr std::size_t kMaxMappings = 2000;
  /// Longer runs are cut at multiples of this, so that growing one stays cheap.
  static constexpr std::uint32_t kMaxPages = 0x800;

  EngineMappings(Engine& engine, const PageTable& table) : engine_(engine), table_(table) {}

  /// Brings the engine up to date with these pages of the table. On an Error the engine is as
  /// it was before.
  [[nodiscard]] Result<> refresh(GuestAddr base, std::uint32_t size);

  [[nodiscard]] std::size_t count() const { return mapped_.size(); }

 private:
  struct Run {
    std::uint32_t first = 0, pages = 0;  ///< page numbers
    Protection rights;
    std::byte* host = nullptr;
    bool apart = false;  ///< not to be joined with what comes before: another reservation
    bool operator==(const Run&) const = default;
    [[nodiscard]] std::uint32_t end() const { return first + pages; }
  };

  [[nodiscard]] std::optional<Run> page_run(std::uint32_t page) const;
  static void append(std::vector<Run>& runs, const Run& run);
  [[nodiscard]] std::vector<Run> overlapping_and_adjacent(std::uint32_t first,
                                                          std::uint32_t end) const;
  void unmap(const Run& run);
  void map(const Run& run);

  Engine& engine_;
  const PageTable& table_;
  std::map<std::uint32_t, Run> mapped_;  ///< by first page
};

}  // namespace sehlab::emu
