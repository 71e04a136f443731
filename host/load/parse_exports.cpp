// The export directory (PE/COFF specification, "The .edata Section").
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "host/load/parse_steps.hpp"
#include "host/win32/pe_directories.hpp"

namespace sehlab::load {
namespace {

using namespace win32;

/// Ordinals are 16 bits (GetProcAddress, import lookup entries), hints too.
constexpr std::uint32_t kMostExports = 0x10000;

class ExportTable {
 public:
  ExportTable(const ImageReader& reader, ImageDataDirectory place,
              const ImageExportDirectory& directory)
      : reader_(reader), place_(place), directory_(directory) {}

  [[nodiscard]] Result<> parse(Image& draft);

 private:
  [[nodiscard]] Result<> read_arrays();
  [[nodiscard]] Result<std::optional<Export>> entry(std::uint32_t index, const Image& draft) const;
  [[nodiscard]] Result<> add_named(Image& draft);
  [[nodiscard]] Result<> add_nameless(Image& draft);
  static std::uint32_t word(std::span<const std::byte> from, std::uint32_t index) {
    std::uint32_t value = 0;
    std::memcpy(&value, from.data() + index * sizeof value, sizeof value);
    return value;
  }

  const ImageReader& reader_;
  ImageDataDirectory place_;
  const ImageExportDirectory& directory_;
  std::span<const std::byte> functions_, names_, name_ordinals_;
  std::vector<bool> named_;
};

Result<> ExportTable::read_arrays() {
  const auto functions = directory_.NumberOfFunctions, names = directory_.NumberOfNames;
  if (functions > kMostExports || names > kMostExports) {
    return reader_.refuse_at_rva(
        place_.VirtualAddress,
        fmt::format("the export directory counts {} functions and {} names; there are 0x{:x} "
                    "ordinals",
                    functions, names, kMostExports));
  }
  const auto array = [this](std::uint32_t rva, std::uint64_t size, const char* what,
                            std::span<const std::byte>& to) -> Result<> {
    if (size == 0) return {};
    const auto data = reader_.data_at(rva, size);
    if (!data) {
      return reader_.refuse_at_rva(
          place_.VirtualAddress,
          fmt::format("the export directory's {} (RVA 0x{:x}, 0x{:x} bytes) run off their section",
                      what, rva, size));
    }
    to = *data;
    return {};
  };
  if (auto ok = array(directory_.AddressOfFunctions, std::uint64_t{functions} * 4, "functions",
                      functions_);
      !ok) {
    return ok;
  }
  if (auto ok = array(directory_.AddressOfNames, std::uint64_t{names} * 4, "names", names_); !ok) {
    return ok;
  }
  return array(directory_.AddressOfNameOrdinals, std::uint64_t{names} * 2, "name ordinals",
               name_ordinals_);
}

/// nullopt for an empty slot.
Result<std::optional<Export>> ExportTable::entry(std::uint32_t index, const Image& draft) const {
  const std::uint32_t rva = word(functions_, index);
  if (rva == 0) return std::nullopt;
  Export entry;
  entry.ordinal = directory_.Base + index;
  entry.rva = rva;
  // "If the address is within the export section, it is a forwarder" (Export Address Table).
  if (rva - place_.VirtualAddress < place_.Size) {
    const auto text = reader_.string_at(rva);
    if (!text || text->empty()) {
      return reader_.refuse_at_rva(rva, fmt::format("the forwarder of export {} is no string of "
                                                    "the image",
                                                    entry.ordinal));
    }
    entry.forwarder = *text;
  } else if (rva >= draft.size) {
    return reader_.refuse_at_rva(directory_.AddressOfFunctions + index * 4,
                                 fmt::format("export {} is at RVA 0x{:x}, outside the image of "
                                             "0x{:x} bytes",
                                             entry.ordinal, rva, draft.size));
  }
  return entry;
}

Result<> ExportTable::add_named(Image& draft) {
  for (std::uint32_t i = 0; i < directory_.NumberOfNames; ++i) {
    const auto name = reader_.string_at(word(names_, i));
    if (!name) {
      return reader_.refuse_at_rva(directory_.AddressOfNames + i * 4,
                                   fmt::format("the name of export name {} (RVA 0x{:x}) does not "
                                               "end within its section or within {} bytes",
                                               i, word(names_, i), kLongestName));
    }
    std::uint16_t index = 0;
    std::memcpy(&index, name_ordinals_.data() + i * sizeof index, sizeof index);
    if (index >= directory_.NumberOfFunctions) {
      return reader_.refuse_at_rva(directory_.AddressOfNameOrdinals + i * 2,
                                   fmt::format("export {} names function {} of {}", quoted(*name),
                                               index, directory_.NumberOfFunctions));
    }
    auto found = entry(index, draft);
    if (!found) return tl::make_unexpected(found.error());
    if (!*found) continue;
    (*found)->name = *name;
    draft.exports.push_back(**found);
    named_[index] = true;
  }
  return {};
}

Result<> ExportTable::add_nameless(Image& draft) {
  for (std::uint32_t index = 0; index < directory_.NumberOfFunctions; ++index) {
    if (named_[index]) continue;
    auto found = entry(index, draft);
    if (!found) return tl::make_unexpected(found.error());
    if (*found) draft.exports.push_back(**found);
  }
  return {};
}

/// Sorts by ordinal and keeps the name table's order as indexes.
void order(std::vector<Export>& exports, std::size_t named, std::vector<std::uint32_t>& by_name) {
  std::vector<std::uint32_t> old_place(exports.size());
  std::iota(old_place.begin(), old_place.end(), 0U);
  std::stable_sort(old_place.begin(), old_place.end(), [&](std::uint32_t a, std::uint32_t b) {
    return exports[a].ordinal < exports[b].ordinal;
  });
  std::vector<Export> sorted;
  sorted.reserve(exports.size());
  by_name.resize(named);
  for (std::uint32_t place = 0; place < old_place.size(); ++place) {
    sorted.push_back(exports[old_place[place]]);
    if (old_place[place] < named) by_name[old_place[place]] = place;
  }
  exports = std::move(sorted);
}

Result<> ExportTable::parse(Image& draft) {
  if (auto ok = read_arrays(); !ok) return ok;
  if (directory_.NumberOfFunctions > 0 &&
      std::uint64_t{directory_.Base} + directory_.NumberOfFunctions > kMostExports) {
    return reader_.refuse_at_rva(place_.VirtualAddress,
                                 fmt::format("{} exports from ordinal {} on pass 65535",
                                             directory_.NumberOfFunctions, directory_.Base));
  }
  named_.assign(directory_.NumberOfFunctions, false);
  if (auto ok = add_named(draft); !ok) return ok;
  const std::size_t named = draft.exports.size();
  if (auto ok = add_nameless(draft); !ok) return ok;
  order(draft.exports, named, draft.exports_by_name);
  return {};
}

}  // namespace

Result<> parse_exports(const ImageReader& reader, const HeaderFacts& facts, Image& draft) {
  const auto place = facts.directories[IMAGE_DIRECTORY_ENTRY_EXPORT];
  if (place.VirtualAddress == 0) return {};
  const auto directory = reader.at_rva<ImageExportDirectory>(place.VirtualAddress);
  if (!directory) {
    return reader.refuse_at_rva(place.VirtualAddress, "the export directory runs off its section");
  }
  // Windows does not use the name; it is for people.
  draft.export_name = reader.string_at(directory->Name).value_or(std::string_view{});
  return ExportTable(reader, place, *directory).parse(draft);
}

}  // namespace sehlab::load
