#include "host/load/name_table.hpp"

#include <algorithm>
#include <tuple>

#include "host/load/coff_strings.hpp"
#include "host/load/image_reader.hpp"
#include "host/load/symbols.hpp"
#include "host/win32/coff_symbol.hpp"

namespace sehlab::load {
namespace {

using win32::ImageSymbol;

/// A symbol that another may override; ordinary in images from GNU tools.
constexpr std::uint8_t kWeakExternal = 105;

constexpr std::uint32_t kReachOfExport = 0x1000;

/// Names longer than eight characters stand in the string table.
std::string_view symbol_name(const Image& image, const CoffStrings& strings,
                             const ImageSymbol& symbol, std::uint64_t at) {
  std::uint32_t zeros = 0, offset = 0;
  std::memcpy(&zeros, symbol.Name.data(), sizeof zeros);
  std::memcpy(&offset, symbol.Name.data() + sizeof zeros, sizeof offset);
  if (zeros == 0) return strings.at(offset).value_or(std::string_view{});
  return fixed_name(reinterpret_cast<const char*>(image.file.span().data() + at));
}

}  // namespace

NameTable::NameTable(const Image& image) {
  std::vector<Found> symbols = read_coff(image);
  const bool has_functions = std::any_of(symbols.begin(), symbols.end(),
                                         [](const Found& symbol) { return symbol.nameable; });
  std::vector<Found> exported = read_exports(image);
  for (Found& symbol : exported) symbol.nameable = !has_functions;
  symbols.insert(symbols.end(), exported.begin(), exported.end());
  index_names(symbols);
  index_addresses(std::move(symbols));
}

std::vector<NameTable::Found> NameTable::read_coff(const Image& image) {
  std::vector<Found> found;
  const CoffStrings strings(image);
  const ImageReader reader(image);
  for (std::uint64_t i = 0; i < image.symbol_count; ++i) {
    const auto at = image.symbol_table_offset + i * sizeof(ImageSymbol);
    const auto symbol = *reader.at_offset<ImageSymbol>(at);
    i += symbol.NumberOfAuxSymbols;
    const auto number = symbol.SectionNumber;
    if (number < 1 || static_cast<std::size_t>(number) > image.sections.size()) continue;
    const Section& section = image.sections[static_cast<std::size_t>(number) - 1];
    const std::uint32_t value = symbol.Value;
    if (value >= section.size) continue;
    const bool external = symbol.StorageClass == win32::IMAGE_SYM_CLASS_EXTERNAL ||
                          symbol.StorageClass == kWeakExternal;
    if (!external && symbol.StorageClass != win32::IMAGE_SYM_CLASS_STATIC) continue;
    const std::string_view name = symbol_name(image, strings, symbol, at);
    // Sections (".text") and private labels (".Ltmp3", facts: guest-tools.md 3).
    if (name.empty() || name[0] == '.') continue;
    const bool function = symbol.Type == win32::kSymbolTypeFunction;
    Found entry{name, undecorated(name), section.rva + value, section.rva + section.size};
    entry.rank = external ? (function ? Rank::ExternalFunction : Rank::External)
                          : (function ? Rank::StaticFunction : Rank::Static);
    // A static label inside of a function can be asked for, but does not begin a function.
    entry.nameable = function || external || !section.executable();
    found.push_back(entry);
  }
  return found;
}

std::vector<NameTable::Found> NameTable::read_exports(const Image& image) {
  std::vector<Found> found;
  for (const Export& exported : image.exports) {
    if (exported.name.empty() || !exported.forwarder.empty()) continue;
    const Section* section = image.section_at(exported.rva);
    if (section == nullptr) continue;
    const std::uint32_t end = std::min(section->rva + section->size, exported.rva + kReachOfExport);
    found.push_back({exported.name, exported.name, exported.rva, end, Rank::Exported, false});
  }
  return found;
}

void NameTable::index_addresses(std::vector<Found> symbols) {
  std::sort(symbols.begin(), symbols.end(), [](const Found& a, const Found& b) {
    return std::tie(a.rva, a.rank, a.name) < std::tie(b.rva, b.rank, b.name);
  });
  for (const Found& symbol : symbols) {
    if (!symbol.nameable || (!starts_.empty() && starts_.back() == symbol.rva)) continue;
    starts_.push_back(symbol.rva);
    symbols_.push_back({symbol.name, symbol.rva, symbol.end});
  }
}

void NameTable::index_names(const std::vector<Found>& symbols) {
  names_.reserve(symbols.size() * 2);
  for (const Found& symbol : symbols) {
    names_.push_back({symbol.name, symbol.rva, symbol.rank});
    if (symbol.decorated != symbol.name) {
      names_.push_back({symbol.decorated, symbol.rva, symbol.rank});
    }
  }
  std::sort(names_.begin(), names_.end(), [](const Named& a, const Named& b) {
    return std::tie(a.name, a.rank, a.rva) < std::tie(b.name, b.rank, b.rva);
  });
}

const NameTable::Symbol* NameTable::nearest(std::uint32_t rva) const {
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), rva);
  if (after == starts_.begin()) return nullptr;
  const Symbol& symbol = symbols_[static_cast<std::size_t>(after - starts_.begin()) - 1];
  return rva < symbol.end ? &symbol : nullptr;
}

std::optional<std::uint32_t> NameTable::rva_of(std::string_view name) const {
  const auto found =
      std::lower_bound(names_.begin(), names_.end(), name,
                       [](const Named& entry, std::string_view key) { return entry.name < key; });
  if (found == names_.end() || found->name != name) return std::nullopt;
  return found->rva;
}

std::vector<std::string_view> NameTable::all_at(std::uint32_t rva) const {
  std::vector<std::string_view> found;
  for (const Named& entry : names_) {
    if (entry.rva == rva) found.push_back(entry.name);
  }
  return found;
}

std::vector<std::string_view> NameTable::all() const {
  std::vector<std::string_view> names;
  names.reserve(symbols_.size());
  for (const Symbol& symbol : symbols_) names.push_back(symbol.name);
  return names;
}

}  // namespace sehlab::load
