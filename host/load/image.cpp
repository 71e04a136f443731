#include "host/load/image.hpp"

#include <algorithm>

#include "host/load/image_reader.hpp"
#include "host/load/parse_steps.hpp"
#include "host/win32/pe.hpp"

namespace sehlab::load {

bool Section::executable() const {
  return (characteristics & win32::IMAGE_SCN_MEM_EXECUTE) != 0;
}
bool Section::writable() const {
  return (characteristics & win32::IMAGE_SCN_MEM_WRITE) != 0;
}

bool Image::is_dll() const {
  return (characteristics & win32::IMAGE_FILE_DLL) != 0;
}
bool Image::no_seh() const {
  return (dll_characteristics & win32::IMAGE_DLLCHARACTERISTICS_NO_SEH) != 0;
}

const Section* Image::section_at(std::uint32_t rva) const {
  auto after =
      std::upper_bound(sections.begin(), sections.end(), rva,
                       [](std::uint32_t at, const Section& section) { return at < section.rva; });
  if (after == sections.begin()) return nullptr;
  const Section& section = *std::prev(after);
  return section.contains(rva) ? &section : nullptr;
}

const Section* Image::find_section(std::string_view section_name) const {
  const auto found = std::find_if(sections.begin(), sections.end(), [&](const Section& section) {
    return section.name == section_name;
  });
  return found == sections.end() ? nullptr : &*found;
}

std::span<const std::byte> Image::data(const Section& section) const {
  return file.span().subspan(section.file_offset, std::min(section.file_size, section.size));
}

const Export* Image::find_export(std::string_view wanted) const {
  // Halving by hand, both bounds inclusive as Windows does it: the file's table may be out of
  // order, and then some names are not found, in Windows as here.
  auto low = std::ptrdiff_t{0};
  auto high = std::ssize(exports_by_name) - 1;
  while (low <= high) {
    const auto middle = (low + high) / 2;
    const Export& candidate = exports[exports_by_name[static_cast<std::size_t>(middle)]];
    if (candidate.name == wanted) return &candidate;
    if (candidate.name < wanted) {
      low = middle + 1;
    } else {
      high = middle - 1;
    }
  }
  return nullptr;
}

const Export* Image::find_export_by_ordinal(std::uint32_t ordinal) const {
  const auto found =
      std::lower_bound(exports.begin(), exports.end(), ordinal,
                       [](const Export& entry, std::uint32_t key) { return entry.ordinal < key; });
  return found != exports.end() && found->ordinal == ordinal ? &*found : nullptr;
}

Result<Image> parse(std::string name, FileBytes file) {
  Image draft;
  draft.name = std::move(name);
  draft.file = std::move(file);
  const ImageReader reader(draft);
  const auto facts = parse_headers(reader, draft);
  if (!facts) return tl::make_unexpected(facts.error());
  for (const auto step : {parse_sections, parse_imports, parse_exports, parse_relocations,
                          parse_tls, parse_load_config}) {
    if (auto ok = step(reader, *facts, draft); !ok) return tl::make_unexpected(ok.error());
  }
  return draft;
}

Result<Image> parse(std::string name, std::span<const std::byte> file) {
  return parse(std::move(name), FileBytes::copy_of(file));
}

tl::expected<Image, LoadError> read_image(const std::filesystem::path& path) {
  auto file = FileBytes::read(path);
  if (!file) return tl::make_unexpected(file.error());
  auto image = parse(path.string(), std::move(*file));
  if (!image) return tl::make_unexpected(LoadError{image.error(), LoadFailure::Malformed});
  image->name = path.filename().string();
  return std::move(*image);
}

}  // namespace sehlab::load
