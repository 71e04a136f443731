// The section table (PE/COFF specification, "Section Table (Section Headers)").
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "host/load/coff_strings.hpp"
#include "host/load/parse_steps.hpp"

namespace sehlab::load {
namespace {

using win32::ImageSectionHeader;

constexpr std::uint32_t kSector = 0x200;

/// "/123" names a string of the string table, which is how long names get into an image.
std::string_view section_name(const Image& draft, const CoffStrings& strings,
                              std::uint64_t header_at) {
  const auto* field = reinterpret_cast<const char*>(draft.file.span().data() + header_at);
  const std::string_view name = fixed_name(field);
  if (name.size() < 2 || name[0] != '/') return name;
  std::uint32_t offset = 0;
  const auto [end, error] = std::from_chars(name.data() + 1, name.data() + name.size(), offset);
  if (error != std::errc{} || end != name.data() + name.size()) return name;
  return strings.at(offset).value_or(name);
}

/// Where a section lies in memory. `next` is where the one before it ends, rounded up.
Result<> check_place(const ImageReader& reader, const HeaderFacts& facts, const Image& draft,
                     const Section& section, std::uint64_t header_at) {
  const auto where = header_at + offsetof(ImageSectionHeader, VirtualAddress);
  const std::string name = quoted(section.name);
  if (section.rva % facts.section_alignment != 0) {
    return reader.refuse_at(where, fmt::format("section {} at RVA 0x{:x} is not aligned to 0x{:x}",
                                               name, section.rva, facts.section_alignment));
  }
  if (section.rva < draft.headers_size) {
    return reader.refuse_at(where, fmt::format("section {} at RVA 0x{:x} lies over the headers, "
                                               "which end at 0x{:x}",
                                               name, section.rva, draft.headers_size));
  }
  if (std::uint64_t{section.rva} + section.size > draft.size) {
    return reader.refuse_at(
        where, fmt::format("section {} ends at RVA 0x{:x}, outside the image "
                           "of 0x{:x} bytes",
                           name, std::uint64_t{section.rva} + section.size, draft.size));
  }
  if (draft.sections.empty()) return {};
  const Section& before = draft.sections.back();
  const auto next = round_up(std::uint64_t{before.rva} + before.size, facts.section_alignment);
  if (section.rva < next) {
    return reader.refuse_at(
        where, fmt::format("section {} at RVA 0x{:x} overlaps section {}, "
                           "which ends at 0x{:x}",
                           name, section.rva, quoted(before.name), before.rva + before.size));
  }
  // "The VAs for sections must be assigned by the linker so that they are in ascending order and
  // adjacent" (VirtualAddress); Windows refuses others as well.
  if (section.rva > next) {
    return reader.refuse_at(where, fmt::format("section {} at RVA 0x{:x} is not adjacent to "
                                               "section {}, after which 0x{:x} is next",
                                               name, section.rva, quoted(before.name), next));
  }
  return {};
}

/// Where a section's data lies in the file.
Result<> check_data(const ImageReader& reader, const ImageSectionHeader& header, const Image& draft,
                    std::string_view name, std::uint64_t header_at) {
  const auto end = std::uint64_t{header.PointerToRawData} + header.SizeOfRawData;
  if (end > reader.file_size()) {
    return fail(draft.name, fmt::format("section {} ends at file offset 0x{:x}, the file has "
                                        "0x{:x} bytes",
                                        quoted(name), end, reader.file_size()));
  }
  // Windows would silently start at the sector's beginning.
  if (header.PointerToRawData % kSector != 0) {
    return reader.refuse_at(header_at + offsetof(ImageSectionHeader, PointerToRawData),
                            fmt::format("section {} has its data at file offset 0x{:x}, which is "
                                        "no multiple of 0x200",
                                        quoted(name), header.PointerToRawData));
  }
  return {};
}

Result<Section> parse_section(const ImageReader& reader, const HeaderFacts& facts,
                              const Image& draft, const CoffStrings& strings,
                              std::uint64_t header_at) {
  const auto header = *reader.at_offset<ImageSectionHeader>(header_at);
  Section section;
  section.name = section_name(draft, strings, header_at);
  section.rva = header.VirtualAddress;
  // Some linkers leave VirtualSize 0 and mean the size of the data.
  section.size = header.VirtualSize != 0 ? header.VirtualSize : header.SizeOfRawData;
  section.characteristics = header.Characteristics;
  if (auto ok = check_place(reader, facts, draft, section, header_at); !ok) {
    return tl::make_unexpected(ok.error());
  }
  // No place in the file: uninitialised data, whatever SizeOfRawData says.
  if (header.PointerToRawData == 0 || header.SizeOfRawData == 0) return section;
  if (auto ok = check_data(reader, header, draft, section.name, header_at); !ok) {
    return tl::make_unexpected(ok.error());
  }
  section.file_offset = header.PointerToRawData;
  // What is more than the section's pages hold is not mapped.
  section.file_size = static_cast<std::uint32_t>(
      std::min<std::uint64_t>(header.SizeOfRawData, round_up(section.size, kPageSize)));
  return section;
}

}  // namespace

Result<> parse_sections(const ImageReader& reader, const HeaderFacts& facts, Image& draft) {
  if (facts.section_count == 0) return fail(draft.name, "an image without sections");
  const CoffStrings strings(draft);
  draft.sections.reserve(facts.section_count);
  for (std::uint32_t i = 0; i < facts.section_count; ++i) {
    const auto at = facts.section_table + i * sizeof(ImageSectionHeader);
    auto section = parse_section(reader, facts, draft, strings, at);
    if (!section) return tl::make_unexpected(section.error());
    draft.sections.push_back(*section);
  }
  return {};
}

}  // namespace sehlab::load
