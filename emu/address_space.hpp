// AddressSpace: the guest's 4 GiB, page by page: what is reserved, what is committed, with
// which rights. Owns the host memory behind it and mirrors it into the engine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "emu/guest_access.hpp"
#include "emu/guest_addr.hpp"
#include "emu/result.hpp"

namespace sehlab::emu {

/// Rights of a page; `guard` makes the next access of any kind a GuardPage fault (the space
/// itself never clears it: who handles the fault does).
struct Protection {
  bool read = false, write = false, execute = false, guard = false;
  bool operator==(const Protection&) const = default;
};
inline constexpr Protection kNoAccess{}, kReadOnly{true, false, false, false},
    kReadWrite{true, true, false, false}, kReadExecute{true, false, true, false},
    kReadWriteExecute{true, true, true, false};

enum class PageState : std::uint8_t { Free, Reserved, Committed };

/// The largest run of like pages around an address (as VirtualQuery reports it).
struct RegionInfo {
  PageState state = PageState::Free;
  Protection protection;
  GuestAddr base;             ///< first page of the run that starts at the page asked for
  std::uint32_t size = 0;     ///< bytes from `base` to the end of the run
  GuestAddr allocation_base;  ///< start of the reservation; 0 when Free
};

/// Memory that several reservations show at once, zeroed when it is made. It lives as long as one
/// of them, or its maker, holds it.
class SharedPages {
 public:
  virtual ~SharedPages() = default;
  [[nodiscard]] virtual std::span<std::byte> bytes() = 0;
};

/// Engine-independent interface; the one implementation lives beside the engine.
/// All addresses and sizes are multiples of kPageSize; a violation is a Result error.
class AddressSpace {
 public:
  virtual ~AddressSpace() = default;
  /// Reserves [base, base+size); fails when any page of it is not free.
  [[nodiscard]] virtual Result<> reserve(GuestAddr base, std::uint32_t size) = 0;
  /// Null when the host has no room.
  [[nodiscard]] virtual std::shared_ptr<SharedPages> share(std::uint32_t size) = 0;
  /// As reserve and commit, of what `pages` hold from `offset` on: what is stored through one view
  /// is there in all of them. Code must not run there: the engine would not see it change.
  [[nodiscard]] virtual Result<> reserve_view(GuestAddr base, std::uint32_t size, Protection,
                                              std::shared_ptr<SharedPages> pages,
                                              std::uint32_t offset) = 0;
  /// Frees a whole reservation (the one that starts at `base`).
  [[nodiscard]] virtual Result<> release(GuestAddr base) = 0;
  /// Keeps stores fast in this reservation, whose last pages are written often: those that run over
  /// its end, or from one range of it into another with other rights, are not looked at, and end
  /// the run as unmodelled if they are refused in part. Rights that are changed later count.
  [[nodiscard]] virtual Result<> make_stores_fast(GuestAddr base) = 0;
  /// Commits reserved pages, zeroed when they were not committed before, and sets rights.
  [[nodiscard]] virtual Result<> commit(GuestAddr base, std::uint32_t size, Protection) = 0;
  [[nodiscard]] virtual Result<> decommit(GuestAddr base, std::uint32_t size) = 0;
  /// Changes rights; every page must be committed.
  [[nodiscard]] virtual Result<> protect(GuestAddr base, std::uint32_t size, Protection) = 0;
  /// Lets the processor execute this readable page without a change of its rights, until they are
  /// set anew.
  [[nodiscard]] virtual Result<> execute_anyway(GuestAddr page) = 0;
  /// Takes all of those back.
  virtual void execute_nothing_anyway() = 0;

  [[nodiscard]] virtual RegionInfo query(GuestAddr address) const = 0;
  /// Rights of the page that holds `address`; nullopt when not committed. Constant time.
  [[nodiscard]] virtual std::optional<Protection> page(GuestAddr address) const = 0;
  /// Lowest free range of `size` bytes within `within`, its start a multiple of `alignment`.
  [[nodiscard]] virtual std::optional<GuestAddr> find_free(std::uint32_t size, GuestRange within,
                                                           std::uint32_t alignment) const = 0;
  /// Committed pages in all (for reports and limits).
  [[nodiscard]] virtual std::uint32_t committed_pages() const = 0;

  /// In the guest's name: protections and guard pages obeyed.
  [[nodiscard]] virtual GuestAccess& guest_access() = 0;
  [[nodiscard]] virtual RawAccess& raw() = 0;
};

}  // namespace sehlab::emu
