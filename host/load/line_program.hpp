// LineProgram: runs the line number program of one unit of .debug_line (DWARF 4, 6.2.5) and hands
// out its rows. Internal to host/load.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "host/load/dwarf_cursor.hpp"
#include "host/load/dwarf_lines.hpp"

namespace sehlab::load {

class LineProgram {
 public:
  /// `unit` begins after the unit's length. `files` and `rows` grow; `image_base` and `image_size`
  /// tell addresses of the image from those of discarded functions.
  LineProgram(std::span<const std::byte> unit, const Image& image, std::vector<LineFile>& files,
              std::vector<LineRow>& rows, std::vector<LineSequence>& sequences);

  /// Empty, or what could not be read.
  [[nodiscard]] std::string run();

 private:
  struct State {
    std::uint32_t address = 0, file = 1, line = 1;
    bool statement = true;
  };

  [[nodiscard]] std::string read_header();
  void read_files(DwarfCursor& header);
  [[nodiscard]] std::string run_standard(std::uint8_t opcode);
  [[nodiscard]] std::string run_extended();
  void run_special(std::uint8_t opcode);
  void advance(std::uint64_t operation) {
    state_.address += static_cast<std::uint32_t>(operation) * minimum_instruction_;
  }
  void add_row();
  void end_sequence();

  DwarfCursor cursor_;
  const Image& image_;
  std::vector<LineFile>& files_;
  std::vector<LineRow>& rows_;
  std::vector<LineSequence>& sequences_;

  std::vector<std::string_view> directories_;
  std::vector<std::uint8_t> operand_counts_;  ///< of standard opcodes, from opcode 1
  std::size_t first_file_ = 0;                ///< where this unit's files begin in files_
  std::uint8_t minimum_instruction_ = 1, line_range_ = 1, opcode_base_ = 1;
  std::int8_t line_base_ = 0;
  bool statements_by_default_ = true;
  State state_;
  std::size_t sequence_start_ = 0;  ///< row
};

}  // namespace sehlab::load
