// The two ways to touch guest memory. GuestAccess is in the guest's name and meets what the
// guest would meet; RawAccess is the loader's, the debugger's and the tests'.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <type_traits>

#include "emu/fault.hpp"
#include "emu/guest_addr.hpp"

namespace sehlab::emu {

/// Obeys protections, guard pages and (in the process's implementation) stack growth. Checks
/// the whole range before it touches a byte: a call reads or writes everything or nothing.
/// The Fault that comes back has kind Page or GuardPage, the access and the first bad byte;
/// its `eip` is left 0 for the caller to fill in.
class GuestAccess {
 public:
  virtual ~GuestAccess() = default;
  [[nodiscard]] virtual std::optional<Fault> read(GuestAddr from, std::span<std::byte> to) = 0;
  [[nodiscard]] virtual std::optional<Fault> write(GuestAddr to,
                                                   std::span<const std::byte> from) = 0;

  template <typename T>
  requires std::is_trivially_copyable_v<T>
  [[nodiscard]] std::optional<Fault> read_object(GuestAddr from, T& to) {
    return read(from, std::as_writable_bytes(std::span<T, 1>(&to, 1)));
  }
  template <typename T>
  requires std::is_trivially_copyable_v<T>
  [[nodiscard]] std::optional<Fault> write_object(GuestAddr to, const T& from) {
    return write(to, std::as_bytes(std::span<const T, 1>(&from, 1)));
  }
};

/// Ignores protections; drops translated code that it changes. False when any byte of the range
/// is not committed, and then nothing was touched.
class RawAccess {
 public:
  virtual ~RawAccess() = default;
  [[nodiscard]] virtual bool read(GuestAddr from, std::span<std::byte> to) const = 0;
  [[nodiscard]] virtual bool write(GuestAddr to, std::span<const std::byte> from) = 0;

  template <typename T>
  requires std::is_trivially_copyable_v<T>
  [[nodiscard]] std::optional<T> get(GuestAddr from) const {
    T value;
    if (!read(from, std::as_writable_bytes(std::span<T, 1>(&value, 1)))) return std::nullopt;
    return value;
  }
  template <typename T>
  requires std::is_trivially_copyable_v<T>
  [[nodiscard]] bool put(GuestAddr to, const T& value) {
    return write(to, std::as_bytes(std::span<const T, 1>(&value, 1)));
  }
};

}  // namespace sehlab::emu
