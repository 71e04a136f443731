// The TLS directory (PE/COFF specification, "The .tls Section"): addresses, made RVAs here.
#include <fmt/format.h>

#include "host/load/parse_steps.hpp"
#include "host/win32/pe_directories.hpp"

namespace sehlab::load {
namespace {

using namespace win32;

constexpr std::size_t kMostCallbacks = 0x1000;

Result<std::vector<std::uint32_t>> parse_callbacks(const ImageReader& reader,
                                                   std::uint32_t table_rva) {
  std::vector<std::uint32_t> callbacks;
  for (std::uint32_t at = table_rva;; at += 4) {
    const auto address = reader.at_rva<std::uint32_t>(at);
    if (!address || callbacks.size() == kMostCallbacks) {
      return reader.refuse_at_rva(at, "the array of TLS callbacks does not end");
    }
    if (*address == 0) return callbacks;
    const auto rva = reader.rva_of(*address);
    if (!rva) {
      return reader.refuse_at_rva(
          at, fmt::format("a TLS callback at 0x{:x}, outside the image", *address));
    }
    callbacks.push_back(*rva);
  }
}

}  // namespace

Result<> parse_tls(const ImageReader& reader, const HeaderFacts& facts, Image& draft) {
  const auto rva = facts.directories[IMAGE_DIRECTORY_ENTRY_TLS].VirtualAddress;
  if (rva == 0) return {};
  const auto directory = reader.at_rva<ImageTlsDirectory32>(rva);
  if (!directory) return reader.refuse_at_rva(rva, "the TLS directory runs off its section");
  Tls tls;
  tls.zero_fill = directory->SizeOfZeroFill;
  const auto begin = directory->StartAddressOfRawData, end = directory->EndAddressOfRawData;
  if (begin != end) {
    const auto raw = reader.rva_of(begin);
    const auto extent = raw ? reader.extent_at(*raw) : std::nullopt;
    if (end < begin || !extent || end - begin > extent->size) {
      return reader.refuse_at_rva(rva, fmt::format("the TLS data 0x{:x}-0x{:x} is not inside a "
                                                   "section",
                                                   begin, end));
    }
    tls.raw_rva = *raw;
    tls.raw_size = end - begin;
  }
  const auto index = reader.rva_of(directory->AddressOfIndex);
  if (!index || !reader.at_rva<std::uint32_t>(*index)) {
    return reader.refuse_at_rva(rva, fmt::format("the TLS index at 0x{:x} is not inside a section",
                                                 directory->AddressOfIndex));
  }
  tls.index_rva = *index;
  if (directory->AddressOfCallBacks != 0) {
    const auto table = reader.rva_of(directory->AddressOfCallBacks);
    if (!table) {
      return reader.refuse_at_rva(rva, fmt::format("the array of TLS callbacks at 0x{:x} is "
                                                   "outside the image",
                                                   directory->AddressOfCallBacks));
    }
    auto callbacks = parse_callbacks(reader, *table);
    if (!callbacks) return tl::make_unexpected(callbacks.error());
    tls.callbacks = std::move(*callbacks);
  }
  draft.tls = std::move(tls);
  return {};
}

}  // namespace sehlab::load
