// The import directory (PE/COFF specification, "The .idata Section"). Delay-loaded imports are
// left to the code that the linker put into the image for them, as in Windows.
#include <fmt/format.h>

#include "host/load/parse_steps.hpp"
#include "host/win32/pe_directories.hpp"

namespace sehlab::load {
namespace {

using namespace win32;

/// A hint is 16 bits, so no DLL has more names; the same bound for all imports of an image keeps
/// tables that overlap each other from multiplying.
constexpr std::size_t kMostImports = 0x10000;

/// The lookup entry's name: two bytes of hint, then the string.
Result<std::string_view> import_name(const ImageReader& reader, std::string_view dll,
                                     std::uint32_t entry, std::uint32_t entry_at) {
  const std::string from = quoted(dll);
  if (!reader.at_rva<std::uint16_t>(entry)) {
    return reader.refuse_at_rva(entry_at, fmt::format("an import from {} has its name at RVA "
                                                      "0x{:x}, outside the image's sections",
                                                      from, entry));
  }
  const auto name = reader.string_at(entry + 2);
  if (!name) {
    return reader.refuse_at_rva(entry, fmt::format("the name of an import from {} does not end "
                                                   "within its section or within {} bytes",
                                                   from, kLongestName));
  }
  if (name->empty()) {
    return reader.refuse_at_rva(entry, fmt::format("an import from {} has an empty name", from));
  }
  return *name;
}

/// The functions of one DLL: lookup table and address table run in parallel.
Result<> parse_thunks(const ImageReader& reader, const ImageImportDescriptor& descriptor,
                      std::string_view dll, Image& draft) {
  // Without a lookup table the address table holds the same until it is bound.
  std::uint32_t lookup =
      descriptor.OriginalFirstThunk != 0 ? descriptor.OriginalFirstThunk : descriptor.FirstThunk;
  std::uint32_t slot = descriptor.FirstThunk;
  for (;; lookup += 4, slot += 4) {
    const auto entry = reader.at_rva<std::uint32_t>(lookup);
    if (!entry) {
      return reader.refuse_at_rva(lookup, fmt::format("the import lookup table of {} runs off its "
                                                      "section",
                                                      quoted(dll)));
    }
    if (*entry == 0) return {};
    if (!reader.at_rva<std::uint32_t>(slot)) {
      return reader.refuse_at_rva(slot, fmt::format("the import address table of {} runs off its "
                                                    "section",
                                                    quoted(dll)));
    }
    if (draft.imports.size() == kMostImports) {
      return reader.refuse_at_rva(lookup, fmt::format("more than {} imports", kMostImports));
    }
    Import import{dll, {}, 0, slot};
    if ((*entry & IMAGE_ORDINAL_FLAG32) != 0) {
      import.ordinal = static_cast<std::uint16_t>(*entry);  // Windows takes the low 16 bits
    } else {
      const auto name = import_name(reader, dll, *entry, lookup);
      if (!name) return tl::make_unexpected(name.error());
      import.name = *name;
    }
    draft.imports.push_back(import);
  }
}

}  // namespace

Result<> parse_imports(const ImageReader& reader, const HeaderFacts& facts, Image& draft) {
  // The directory's size is not looked at, as in Windows: an empty descriptor ends the table.
  std::uint32_t at = facts.directories[IMAGE_DIRECTORY_ENTRY_IMPORT].VirtualAddress;
  if (at == 0) return {};
  for (std::size_t count = 0;; ++count, at += sizeof(ImageImportDescriptor)) {
    const auto descriptor = reader.at_rva<ImageImportDescriptor>(at);
    if (!descriptor) {
      return reader.refuse_at_rva(at, "the import directory runs off its section");
    }
    // Windows stops at the first without a name or without an address table.
    if (descriptor->Name == 0 || descriptor->FirstThunk == 0) return {};
    if (count == kMostImports) {
      return reader.refuse_at_rva(at, fmt::format("imports from more than {} DLLs", kMostImports));
    }
    const auto dll = reader.string_at(descriptor->Name);
    if (!dll || dll->empty()) {
      return reader.refuse_at_rva(
          at, fmt::format("the name of an imported DLL (RVA 0x{:x}) is "
                          "{}",
                          descriptor->Name, dll ? "empty" : "no string of the image"));
    }
    if (auto ok = parse_thunks(reader, *descriptor, *dll, draft); !ok) return ok;
  }
}

}  // namespace sehlab::load
