// Base relocations (PE/COFF specification, "The .reloc Section (Image Only)").
#include <fmt/format.h>

#include "host/load/parse_steps.hpp"
#include "host/win32/pe_directories.hpp"

namespace sehlab::load {
namespace {

using namespace win32;

/// One block: a page's RVA and 16-bit entries of type and offset.
Result<> parse_block(const ImageReader& reader, std::span<const std::byte> block,
                     std::uint32_t page, std::uint32_t block_rva, Image& draft) {
  for (std::size_t at = sizeof(ImageBaseRelocation); at + 2 <= block.size(); at += 2) {
    std::uint16_t entry = 0;
    std::memcpy(&entry, block.data() + at, sizeof entry);
    const auto type = entry >> 12;
    if (type == IMAGE_REL_BASED_ABSOLUTE) continue;
    const auto entry_rva = block_rva + static_cast<std::uint32_t>(at);
    if (type != IMAGE_REL_BASED_HIGHLOW) {
      return reader.refuse_at_rva(entry_rva, fmt::format("a base relocation of type {}; 32-bit "
                                                         "x86 has types 0 (ABSOLUTE) and 3 "
                                                         "(HIGHLOW)",
                                                         type));
    }
    const std::uint64_t target = std::uint64_t{page} + (entry & 0xFFF);
    if (target >= draft.size || !reader.at_rva<std::uint32_t>(static_cast<std::uint32_t>(target))) {
      return reader.refuse_at_rva(entry_rva, fmt::format("a base relocation of RVA 0x{:x}, which "
                                                         "is outside the image's sections",
                                                         target));
    }
    draft.relocations.push_back(static_cast<std::uint32_t>(target));
  }
  return {};
}

}  // namespace

Result<> parse_relocations(const ImageReader& reader, const HeaderFacts& facts, Image& draft) {
  const auto place = facts.directories[IMAGE_DIRECTORY_ENTRY_BASERELOC];
  if (place.VirtualAddress == 0 || place.Size == 0) return {};
  const auto table = reader.data_at(place.VirtualAddress, place.Size);
  if (!table) {
    return reader.refuse_at_rva(place.VirtualAddress,
                                fmt::format("the base relocations (0x{:x} bytes) run off their "
                                            "section",
                                            place.Size));
  }
  draft.relocations.reserve(table->size() / 2);
  for (std::size_t at = 0; at < table->size();) {
    const auto rva = place.VirtualAddress + static_cast<std::uint32_t>(at);
    const std::size_t left = table->size() - at;
    ImageBaseRelocation block = {};
    if (left < sizeof block) {
      return reader.refuse_at_rva(rva, fmt::format("a base relocation block is cut off after {} "
                                                   "bytes",
                                                   left));
    }
    std::memcpy(&block, table->data() + at, sizeof block);
    if (block.SizeOfBlock < sizeof block || block.SizeOfBlock > left ||
        block.SizeOfBlock % 2 != 0) {
      return reader.refuse_at_rva(rva, fmt::format("a base relocation block of 0x{:x} bytes, with "
                                                   "0x{:x} left of the directory",
                                                   block.SizeOfBlock, left));
    }
    if (auto ok = parse_block(reader, table->subspan(at, block.SizeOfBlock), block.VirtualAddress,
                              rva, draft);
        !ok) {
      return ok;
    }
    at += block.SizeOfBlock;
  }
  return {};
}

}  // namespace sehlab::load
