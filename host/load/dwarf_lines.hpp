// LineTable: source lines for RVAs, from the section .debug_line (DWARF 2, 3 and 4, section 6.2,
// "Line Number Information"). Internal to host/load; Symbols is what others see.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/load/image.hpp"
#include "host/load/symbols.hpp"

namespace sehlab::load {

/// One row of the line table: from `rva` to the next row's, in `line` of `file`.
struct LineRow {
  std::uint32_t rva = 0;
  std::uint32_t line = 0;
  std::uint32_t file = 0;  ///< index into the table's files
  bool statement = true;   ///< is_stmt: a place to stop at
};

/// A file as a line program names it; the directory is empty for the compilation's own.
struct LineFile {
  std::string_view directory, name;
};

/// Rows of ascending RVAs, [begin, end).
struct LineSequence {
  std::uint32_t begin = 0, end = 0;
  std::size_t first_row = 0, row_count = 0;
};

class LineTable {
 public:
  /// Reads all units. One that is damaged or of another version is left out, and remark() says
  /// so of the first.
  explicit LineTable(const Image& image);

  [[nodiscard]] std::optional<SourceLine> find(std::uint32_t rva) const;
  /// As Symbols::statements, RVAs.
  [[nodiscard]] std::vector<std::uint32_t> statements(std::string_view file,
                                                      std::uint32_t line) const;
  [[nodiscard]] std::vector<std::uint32_t> lines_of(std::string_view file) const;
  [[nodiscard]] std::vector<std::string> files() const;
  [[nodiscard]] const std::string& remark() const { return remark_; }

 private:
  /// Calls visit(row) for each row that a statement of a line of `file` begins at.
  template <class Visit>
  void each_statement(std::string_view file, Visit visit) const;

  std::vector<LineFile> files_;
  std::vector<LineRow> rows_;
  std::vector<LineSequence> sequences_;  ///< by `begin`
  std::string remark_;
};

}  // namespace sehlab::load
