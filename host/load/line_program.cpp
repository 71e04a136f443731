#include "host/load/line_program.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sehlab::load {
namespace {

// DWARF 4, 7.21.
enum StandardOpcode : std::uint8_t {
  kCopy = 1,
  kAdvancePc,
  kAdvanceLine,
  kSetFile,
  kSetColumn,
  kNegateStatement,
  kSetBasicBlock,
  kConstAddPc,
  kFixedAdvancePc
};
enum ExtendedOpcode : std::uint8_t { kEndSequence = 1, kSetAddress = 2, kDefineFile = 3 };

/// More rows than any image of a program has: what is beyond is not a line table.
constexpr std::size_t kMostRows = std::size_t{1} << 24;

}  // namespace

LineProgram::LineProgram(std::span<const std::byte> unit, const Image& image,
                         std::vector<LineFile>& files, std::vector<LineRow>& rows,
                         std::vector<LineSequence>& sequences)
    : cursor_(unit), image_(image), files_(files), rows_(rows), sequences_(sequences) {}

std::string LineProgram::read_header() {
  const auto version = cursor_.number<std::uint16_t>();
  if (!cursor_.failed() && (version < 2 || version > 4)) {
    return fmt::format("line information of DWARF version {} (2 to 4 are read)", version);
  }
  DwarfCursor header(cursor_.take(cursor_.number<std::uint32_t>()));
  minimum_instruction_ = header.number<std::uint8_t>();
  if (version >= 4) header.take(1);  // operations per instruction: 1 but for VLIW
  statements_by_default_ = state_.statement = header.number<std::uint8_t>() != 0;
  line_base_ = header.number<std::int8_t>();
  const auto line_range = header.number<std::uint8_t>();
  opcode_base_ = header.number<std::uint8_t>();
  if (cursor_.failed() || header.failed() || line_range == 0 || opcode_base_ == 0) {
    return "a damaged header in the line information";
  }
  line_range_ = line_range;
  const auto counts = header.take(opcode_base_ - 1U);
  for (const std::byte count : counts)
    operand_counts_.push_back(std::to_integer<std::uint8_t>(count));
  read_files(header);
  return header.failed() ? "a damaged list of files in the line information" : "";
}

void LineProgram::read_files(DwarfCursor& header) {
  directories_.push_back({});  // 0: the compilation's directory
  while (!header.at_end()) {
    const auto directory = header.string();
    if (directory.empty()) break;
    directories_.push_back(directory);
  }
  first_file_ = files_.size();
  while (!header.failed()) {
    const auto name = header.string();
    if (name.empty()) break;
    const auto directory = header.unsigned_leb();
    header.unsigned_leb();  // time
    header.unsigned_leb();  // length
    files_.push_back({directory < directories_.size() ? directories_[directory] : "", name});
  }
}

std::string LineProgram::run() {
  if (auto wrong = read_header(); !wrong.empty()) return wrong;
  sequence_start_ = rows_.size();
  while (!cursor_.at_end()) {
    const auto opcode = cursor_.number<std::uint8_t>();
    std::string wrong;
    if (opcode >= opcode_base_) {
      run_special(opcode);
    } else {
      wrong = opcode == 0 ? run_extended() : run_standard(opcode);
    }
    if (wrong.empty() && cursor_.failed()) wrong = "a line number program that is cut off";
    if (wrong.empty() && rows_.size() > kMostRows) wrong = "too many lines";
    if (!wrong.empty()) {
      rows_.resize(sequence_start_);
      return wrong;
    }
  }
  rows_.resize(sequence_start_);  // a sequence that does not end covers nothing
  return {};
}

void LineProgram::run_special(std::uint8_t opcode) {
  const unsigned adjusted = opcode - opcode_base_;
  advance(adjusted / line_range_);
  state_.line += static_cast<std::uint32_t>(line_base_ + static_cast<int>(adjusted % line_range_));
  add_row();
}

std::string LineProgram::run_standard(std::uint8_t opcode) {
  switch (opcode) {
    case kCopy:
      add_row();
      break;
    case kAdvancePc:
      advance(cursor_.unsigned_leb());
      break;
    case kAdvanceLine:
      state_.line += static_cast<std::uint32_t>(cursor_.signed_leb());
      break;
    case kSetFile:
      state_.file = static_cast<std::uint32_t>(cursor_.unsigned_leb());
      break;
    case kConstAddPc:
      advance((255U - opcode_base_) / line_range_);
      break;
    case kFixedAdvancePc:
      state_.address += cursor_.number<std::uint16_t>();
      break;
    case kNegateStatement:
      state_.statement = !state_.statement;
      break;
    default:
      // Column, block, prologue: no matter here. Unknown ones say how long they are.
      for (unsigned i = operand_counts_[opcode - 1U]; i > 0; --i) cursor_.unsigned_leb();
  }
  return {};
}

std::string LineProgram::run_extended() {
  DwarfCursor operation(cursor_.take(cursor_.unsigned_leb()));
  switch (operation.number<std::uint8_t>()) {
    case kEndSequence:
      end_sequence();
      break;
    case kSetAddress:
      state_.address = operation.number<std::uint32_t>();
      break;
    case kDefineFile:
      return "a line number program that defines a file";  // nobody emits it
    default:
      break;  // discriminators and what others may have added
  }
  return operation.failed() && !cursor_.failed() ? "a damaged line number program" : "";
}

void LineProgram::add_row() {
  const std::size_t file = first_file_ + state_.file - 1;
  const bool known = state_.file != 0 && file < files_.size();
  rows_.push_back({state_.address - image_.preferred_base.value, state_.line,
                   known ? static_cast<std::uint32_t>(file) : UINT32_MAX, state_.statement});
}

void LineProgram::end_sequence() {
  const std::uint32_t end = state_.address - image_.preferred_base.value;
  const auto first = rows_.begin() + static_cast<std::ptrdiff_t>(sequence_start_);
  const bool ascending = std::is_sorted(
      first, rows_.end(), [](const LineRow& a, const LineRow& b) { return a.rva < b.rva; });
  // Functions that the linker discarded are left at address 0, outside the image.
  if (first != rows_.end() && ascending && rows_.back().rva < end && end <= image_.size) {
    sequences_.push_back({first->rva, end, sequence_start_, rows_.size() - sequence_start_});
  } else {
    rows_.resize(sequence_start_);
  }
  sequence_start_ = rows_.size();
  state_ = {.statement = statements_by_default_};
}

}  // namespace sehlab::load
