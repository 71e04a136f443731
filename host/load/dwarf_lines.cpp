#include "host/load/dwarf_lines.hpp"

#include <algorithm>

#include "host/load/line_program.hpp"

namespace sehlab::load {

LineTable::LineTable(const Image& image) {
  const Section* section = image.find_section(".debug_line");
  if (section == nullptr) return;
  DwarfCursor cursor(image.data(*section));
  while (!cursor.at_end()) {
    const auto length = cursor.number<std::uint32_t>();
    // DWARF 4, 7.4: the escape to 64-bit lengths, which no 32-bit image needs; 0: padding.
    if (length == 0) break;
    const auto unit = cursor.take(length);
    auto wrong = cursor.failed() ? std::string("the line information is cut off")
                                 : LineProgram(unit, image, files_, rows_, sequences_).run();
    if (remark_.empty()) remark_ = std::move(wrong);
  }
  std::stable_sort(sequences_.begin(), sequences_.end(),
                   [](const LineSequence& a, const LineSequence& b) { return a.begin < b.begin; });
}

std::optional<SourceLine> LineTable::find(std::uint32_t rva) const {
  const auto after = std::upper_bound(
      sequences_.begin(), sequences_.end(), rva,
      [](std::uint32_t at, const LineSequence& sequence) { return at < sequence.begin; });
  if (after == sequences_.begin()) return std::nullopt;
  const LineSequence& sequence = *std::prev(after);
  if (rva >= sequence.end) return std::nullopt;
  const auto first = rows_.begin() + static_cast<std::ptrdiff_t>(sequence.first_row);
  // Of several rows for one address the last counts.
  const auto next =
      std::upper_bound(first, first + static_cast<std::ptrdiff_t>(sequence.row_count), rva,
                       [](std::uint32_t at, const LineRow& row) { return at < row.rva; });
  const LineRow& row = *std::prev(next);
  if (row.line == 0 || row.file >= files_.size()) return std::nullopt;
  const LineFile& file = files_[row.file];
  std::string path(file.directory);
  if (!path.empty()) path += '/';
  path += file.name;
  return SourceLine{std::move(path), row.line};
}

}  // namespace sehlab::load
