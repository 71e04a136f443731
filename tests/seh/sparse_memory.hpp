// SparseMemory: guest memory for tests, page by page, with rights. Serves as GuestAccess and as
// RawAccess, and remembers what was touched.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "emu/guest_access.hpp"
#include "emu/guest_addr.hpp"

namespace sehlab::seh::testing {

class SparseMemory final : public emu::GuestAccess {
 public:
  struct Rights {
    bool read = true, write = true, guard = false;
    bool overflow = false;  ///< a write here is the end of a stack
  };

  /// Commits whole pages.
  void commit(GuestAddr at, std::uint32_t bytes, Rights rights);
  void commit(GuestAddr at, std::uint32_t bytes) { commit(at, bytes, Rights{}); }
  void decommit(GuestAddr at, std::uint32_t bytes);

  [[nodiscard]] std::optional<emu::Fault> read(GuestAddr from, std::span<std::byte> to) override;
  [[nodiscard]] std::optional<emu::Fault> write(GuestAddr to,
                                                std::span<const std::byte> from) override;

  /// Without rights and without a trace, for the test itself. Fails the test on a bad address.
  template <typename T>
  T get(GuestAddr from) const {
    T value{};
    copy_out(from, std::as_writable_bytes(std::span<T, 1>(&value, 1)));
    return value;
  }
  template <typename T>
  void put(GuestAddr to, const T& value) {
    copy_in(to, std::as_bytes(std::span<const T, 1>(&value, 1)));
  }
  std::uint32_t word(GuestAddr at) const { return get<std::uint32_t>(at); }

  /// Every range read or written through GuestAccess since the last clear, faults included.
  struct Touch {
    GuestAddr at;
    std::uint32_t bytes = 0;
    bool write = false;
    bool faulted = false;
  };
  std::vector<Touch> touches;

  /// The same memory as the loader's and the debugger's view.
  class Raw final : public emu::RawAccess {
   public:
    explicit Raw(SparseMemory& memory) : memory_(memory) {}
    [[nodiscard]] bool read(GuestAddr from, std::span<std::byte> to) const override;
    [[nodiscard]] bool write(GuestAddr to, std::span<const std::byte> from) override;

   private:
    SparseMemory& memory_;
  };
  Raw raw{*this};

 private:
  struct Page {
    std::array<std::byte, kPageSize> bytes{};
    Rights rights;
  };
  [[nodiscard]] std::optional<emu::Fault> check(GuestAddr at, std::size_t bytes,
                                                emu::Access access);
  [[nodiscard]] bool present(GuestAddr at, std::size_t bytes) const;
  void copy_out(GuestAddr from, std::span<std::byte> to) const;
  void copy_in(GuestAddr to, std::span<const std::byte> from);

  std::map<std::uint32_t, Page> pages_;
};

}  // namespace sehlab::seh::testing
