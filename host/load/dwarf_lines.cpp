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

namespace {

std::string path_of(const LineFile& file) {
  std::string path(file.directory);
  if (!path.empty()) path += '/';
  path += file.name;
  std::replace(path.begin(), path.end(), '\\', '/');
  return path;
}

/// `wanted` is the path, or its end from one of its components on.
bool names(const LineFile& file, std::string_view wanted) {
  const std::string path = path_of(file);
  if (!path.ends_with(wanted)) return false;
  return path.size() == wanted.size() || path[path.size() - wanted.size() - 1] == '/';
}

}  // namespace

template <class Visit>
void LineTable::each_statement(std::string_view file, Visit visit) const {
  std::vector<bool> wanted;
  for (const LineFile& known : files_) wanted.push_back(names(known, file));
  for (const LineSequence& sequence : sequences_) {
    const LineRow* before = nullptr;
    for (std::size_t i = 0; i < sequence.row_count; ++i) {
      const LineRow& row = rows_[sequence.first_row + i];
      // Of several rows for one address the last counts.
      const bool last =
          i + 1 == sequence.row_count || rows_[sequence.first_row + i + 1].rva > row.rva;
      if (!last) continue;
      const bool goes_on =
          before != nullptr && before->line == row.line && before->file == row.file;
      if (row.file < wanted.size() && wanted[row.file] && row.statement && row.line != 0 &&
          !goes_on) {
        visit(row);
      }
      before = &row;
    }
  }
}

std::vector<std::uint32_t> LineTable::statements(std::string_view file, std::uint32_t line) const {
  std::vector<std::uint32_t> found;
  each_statement(file, [&](const LineRow& row) {
    if (row.line == line) found.push_back(row.rva);
  });
  return found;
}

std::vector<std::uint32_t> LineTable::lines_of(std::string_view file) const {
  std::vector<std::uint32_t> found;
  each_statement(file, [&](const LineRow& row) { found.push_back(row.line); });
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::vector<std::string> LineTable::files() const {
  std::vector<std::string> found;
  for (const LineFile& file : files_) found.emplace_back(file.name);
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace sehlab::load
