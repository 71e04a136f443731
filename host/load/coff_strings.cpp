#include "host/load/coff_strings.hpp"

#include "host/load/image_reader.hpp"
#include "host/win32/coff_symbol.hpp"

namespace sehlab::load {

CoffStrings::CoffStrings(const Image& image) {
  if (image.symbol_table_offset == 0) return;
  const auto file = image.file.span();
  const std::uint64_t begin =
      image.symbol_table_offset + std::uint64_t{image.symbol_count} * sizeof(win32::ImageSymbol);
  const auto size = ImageReader(image).at_offset<std::uint32_t>(begin);
  if (!size || *size > file.size() - begin) return;
  table_ = {reinterpret_cast<const char*>(file.data()) + begin, *size};
}

std::optional<std::string_view> CoffStrings::at(std::uint32_t offset) const {
  if (offset < sizeof(std::uint32_t) || offset >= table_.size()) return std::nullopt;
  const auto end = table_.find('\0', offset);
  if (end == std::string_view::npos) return std::nullopt;
  return table_.substr(offset, end - offset);
}

std::string_view fixed_name(const char* field) {
  const std::string_view all(field, 8);
  return all.substr(0, std::min(all.find('\0'), all.size()));
}

}  // namespace sehlab::load
