// Descriptor: something open (a file, an end of a pipe, a socket), closed with the object.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <utility>

namespace sehlab::os {

class Descriptor {
 public:
  Descriptor() = default;
  /// Takes it over; below 0: nothing is open.
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() { close(); }

  void close();
  [[nodiscard]] bool is_open() const { return number_ >= 0; }
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_ = -1;
};

/// The descriptor that each program is given to read from.
inline constexpr int kStandardInput = 0;

/// Reads what is there, waiting for some if there is nothing: how many bytes, 0 at the end;
/// nullopt when it cannot be read. A signal does not end it.
[[nodiscard]] std::optional<std::size_t> read_some(int descriptor, std::span<std::byte> into);

/// Whether there is something to read, or the end, within that time. A signal may end the waiting
/// with false.
[[nodiscard]] bool readable_within(int descriptor, std::chrono::milliseconds most);

}  // namespace sehlab::os
