// Symbols: names and source lines for the addresses of one mapped image, and addresses for names.
// From the COFF symbol table where the linker left one, else from the exports; lines from DWARF.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emu/guest_addr.hpp"
#include "host/load/image.hpp"

namespace sehlab::load {

/// The function that an address belongs to.
struct NearestSymbol {
  std::string_view name;  ///< undecorated
  GuestAddr start;
  std::uint32_t offset = 0;  ///< from `start`
};

struct SourceLine {
  std::string file;  ///< as the compiler wrote it
  std::uint32_t line = 0;
};

/// Tables are built at the first question (names and lines separately) and are kept; questions
/// may come from several threads. Answers are valid as long as the Symbols are.
class Symbols {
 public:
  /// `image` is copied (its bytes are shared) and taken to lie at `base`.
  Symbols(const Image& image, GuestAddr base);
  ~Symbols();
  Symbols(Symbols&&) noexcept;
  Symbols& operator=(Symbols&&) noexcept;

  /// The nearest symbol at or below `address` in the same section; nullopt outside the image's
  /// sections or before the first symbol of one.
  [[nodiscard]] std::optional<NearestSymbol> nearest(GuestAddr address) const;
  /// "name+0x1f", "name" at its start, empty where nearest() has none.
  [[nodiscard]] std::string describe(GuestAddr address) const;
  /// By undecorated name ("EnumWindows") or as the linker spells it ("_EnumWindows@8"): functions,
  /// data and labels; external symbols before static ones. Then exports.
  [[nodiscard]] std::optional<GuestAddr> address_of(std::string_view name) const;
  /// All names that nearest() can give, undecorated.
  [[nodiscard]] std::vector<std::string_view> names() const;
  /// The source line of the instruction at `address`; nullopt without debug information there.
  [[nodiscard]] std::optional<SourceLine> line_at(GuestAddr address) const;
  /// Where the statements of a line begin, ascending: each address at which the code comes to that
  /// line from another one. `file` is a path, or its last components ("faults.c").
  [[nodiscard]] std::vector<GuestAddr> statements(std::string_view file, std::uint32_t line) const;
  /// The lines of that file that have statements, ascending.
  [[nodiscard]] std::vector<std::uint32_t> lines_of(std::string_view file) const;
  /// Names of the source files, without folders.
  [[nodiscard]] std::vector<std::string> source_files() const;
  /// How many bytes of arguments the function that begins at `start` takes off the stack when it
  /// returns, by the name that the linker knows it by (`_f@8`, facts: guest-tools.md 3); nullopt
  /// without such a name.
  [[nodiscard]] std::optional<std::uint32_t> argument_bytes(GuestAddr start) const;
  /// What of the line information could not be read, in words; empty: nothing.
  [[nodiscard]] std::string line_remark() const;

 private:
  struct Tables;
  std::unique_ptr<Tables> tables_;
};

/// A symbol's name without the decorations of its calling convention: `_f` (cdecl), `_f@8`
/// (stdcall) and `@f@8` (fastcall) become `f` (facts: guest-tools.md 3); others stay.
[[nodiscard]] std::string_view undecorated(std::string_view symbol);

}  // namespace sehlab::load
