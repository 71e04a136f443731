// Guest: the running guest, as a function that a test provides sees it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "emu/guest_addr.hpp"

namespace sehlab {

class Session;

/// A 64-bit argument, of two words. To be said in so many words, as a std::size_t of the host has
/// 64 bits where the guest's has 32.
struct Long64 {
  explicit Long64(std::uint64_t number) : value(number) {}
  std::uint64_t value;
};

/// One value that a function is called with: a 32-bit word, a 64-bit number (two words), or bytes,
/// of which the function gets the address. The bytes lie at the end of a page: an access beyond
/// them faults.
class Argument {
 public:
  template <typename T>
  requires(std::is_integral_v<T> || std::is_enum_v<T>)
      Argument(T value)  // NOLINT(google-explicit-constructor): call("f", 1, 2)
      : words_{static_cast<std::uint32_t>(value)} {
    static_assert(sizeof(T) <= 4,
                  "std::uint32_t(x) is an argument of one word, sehlab::Long64(x) of two");
  }
  Argument(Long64 value)  // NOLINT
      : words_{static_cast<std::uint32_t>(value.value),
               static_cast<std::uint32_t>(value.value >> 32)} {}
  Argument(GuestAddr address) : words_{address.value} {}  // NOLINT
  /// NULL.
  Argument(std::nullptr_t) : words_{0} {}  // NOLINT
  Argument(double value);                  // NOLINT
  Argument(float value);                   // NOLINT
  /// A copy of them.
  Argument(std::span<const std::byte> bytes);  // NOLINT
  /// A vector, an array, a span of std::byte or of std::uint8_t.
  template <std::ranges::contiguous_range Bytes>
  requires(std::is_same_v<std::ranges::range_value_t<Bytes>, std::byte> ||
           std::is_same_v<std::ranges::range_value_t<Bytes>, std::uint8_t>)
      Argument(const Bytes& bytes)  // NOLINT
      : Argument(std::span<const std::byte>(std::as_bytes(std::span(bytes)))) {}
  /// With a zero behind it; a null pointer is NULL.
  Argument(const char* text)  // NOLINT
      : Argument(text == nullptr ? Argument(nullptr) : Argument(std::string_view(text))) {}
  Argument(std::string_view text);                                         // NOLINT
  Argument(const std::string& text) : Argument(std::string_view(text)) {}  // NOLINT
  /// UTF-16, with a zero behind it; a null pointer is NULL.
  Argument(const char16_t* text)  // NOLINT
      : Argument(text == nullptr ? Argument(nullptr) : Argument(std::u16string_view(text))) {}
  Argument(std::u16string_view text);                                            // NOLINT
  Argument(const std::u16string& text) : Argument(std::u16string_view(text)) {}  // NOLINT

  [[nodiscard]] bool has_bytes() const { return has_bytes_; }
  [[nodiscard]] const std::vector<std::byte>& bytes() const { return bytes_; }
  [[nodiscard]] const std::vector<std::uint32_t>& words() const { return words_; }
  [[nodiscard]] bool is_floating() const { return is_floating_; }

 private:
  std::vector<std::uint32_t> words_;
  std::vector<std::byte> bytes_;
  bool has_bytes_ = false, is_floating_ = false;
};

/// Only valid while the provided function runs. An access of memory that is not there is an
/// exception in the guest, as if the function's own instruction had faulted: the provided function
/// is left (by a C++ exception of a type that is no std::exception; let it pass).
class Guest {
 public:
  Guest(Session& session, GuestAddr arguments) : session_(session), arguments_(arguments) {}

  /// The nth word on the stack behind the return address; from 0.
  [[nodiscard]] std::uint32_t argument(std::size_t n);
  [[nodiscard]] std::vector<std::byte> read(GuestAddr from, std::size_t bytes);
  void write(GuestAddr to, std::span<const std::byte> bytes);
  [[nodiscard]] std::uint32_t read_word(GuestAddr from);
  void write_word(GuestAddr to, std::uint32_t value);
  /// Up to the zero, at most so many bytes.
  [[nodiscard]] std::string read_text(GuestAddr from, std::size_t most = 4096);
  [[nodiscard]] std::u16string read_wide(GuestAddr from, std::size_t most = 4096);
  /// What GetLastError gives.
  void set_last_error(std::uint32_t code);
  /// "component!Parse+0x1c": where this was called from.
  [[nodiscard]] std::string caller();

  /// Calls a function of the guest (a callback, say), and gives its EAX. When the guest leaves this
  /// call by an exception that a frame further out takes, or by longjmp, it does not return: the
  /// provided function is left as above, its locals destroyed.
  template <typename... Arguments>
  std::uint32_t call(GuestAddr function, const Arguments&... arguments) {
    return call_with(function, std::vector<Argument>{Argument(arguments)...});
  }
  template <typename... Arguments>
  std::uint32_t call(const std::string& function, const Arguments&... arguments) {
    return call(address(function), arguments...);
  }
  std::uint32_t call_with(GuestAddr function, const std::vector<Argument>& arguments);
  /// Where a function is, as Lab::address has it.
  [[nodiscard]] GuestAddr address(const std::string& function);
  /// Calls RaiseException. Returns when a handler lets the thread go on.
  void raise(std::uint32_t code, const std::vector<std::uint32_t>& parameters = {});

 private:
  Session& session_;
  GuestAddr arguments_;
};

}  // namespace sehlab
