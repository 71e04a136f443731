// Where a run is to be disturbed, and how: typed words for what `--inject` takes as text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "emu/guest_addr.hpp"

namespace sehlab {

/// A place in the guest, before whose instruction something is to happen. A symbol without
/// "image!" belongs to the image under test.
class At {
 public:
  explicit At(std::string place) : place_(std::move(place)) {}
  /// At the nth time that the thread comes there, and so many times from then on.
  [[nodiscard]] At visit(std::uint64_t nth, std::uint64_t times = 1) const;
  [[nodiscard]] At always() const;

  [[nodiscard]] const std::string& place() const { return place_; }
  /// The members of a specification that stand behind `at=`.
  [[nodiscard]] const std::string& more() const { return more_; }

 private:
  std::string place_, more_;
};

/// "Function", "Function+0x1c", "image!Function", "image+0x1000" (an RVA), "file.c:12".
[[nodiscard]] inline At at(std::string place) {
  return At(std::move(place));
}
/// A linear address.
[[nodiscard]] At at(GuestAddr address);
/// When that function of another image is called: at_call("kernel32!CreateFileA").
[[nodiscard]] At at_call(const std::string& function);

/// What happens there. Made by the types and functions below, or from text: "fault=illegal".
class Disturbance {
 public:
  explicit Disturbance(std::string members) : members_(std::move(members)) {}
  [[nodiscard]] const std::string& members() const { return members_; }

 private:
  std::string members_;
};

/// An access violation as if the instruction had read, written or executed that address.
struct Read {
  std::uint32_t address = 0;
  operator Disturbance() const;
};
struct Write {
  std::uint32_t address = 0;
  operator Disturbance() const;
};
struct Execute {
  std::uint32_t address = 0;
  operator Disturbance() const;
};
/// Another exception by its word: "divide", "illegal", "breakpoint", "guard", "float-invalid", …
/// (docs/injection.md); or by its code.
struct Fault {
  explicit Fault(std::string which) : word(std::move(which)) {}
  explicit Fault(std::uint32_t code);
  std::string word;
  operator Disturbance() const;
};
/// The function that is called returns at once with this value.
struct Fail {
  std::uint32_t value = 0;
  std::optional<std::uint32_t> last_error;
  operator Disturbance() const;
};

}  // namespace sehlab
