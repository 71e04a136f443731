// The load configuration (PE/COFF specification, "The Load Configuration Structure (Image Only)";
// facts 1.8, 3.3).
#include <fmt/format.h>

#include <algorithm>

#include "host/load/parse_steps.hpp"
#include "host/win32/pe_directories.hpp"

namespace sehlab::load {
namespace {

using namespace win32;

Result<std::vector<std::uint32_t>> parse_safeseh(const ImageReader& reader,
                                                 const ImageLoadConfigDirectory32& config,
                                                 std::uint32_t config_rva, const Image& draft) {
  const auto rva = reader.rva_of(config.SEHandlerTable);
  const auto data =
      rva ? reader.data_at(*rva, std::uint64_t{config.SEHandlerCount} * 4) : std::nullopt;
  if (!data) {
    return reader.refuse_at_rva(config_rva,
                                fmt::format("the SafeSEH table of {} handlers at "
                                            "0x{:x} is not inside a section",
                                            config.SEHandlerCount, config.SEHandlerTable));
  }
  std::vector<std::uint32_t> handlers(config.SEHandlerCount);
  std::memcpy(handlers.data(), data->data(), data->size());
  for (std::size_t i = 0; i < handlers.size(); ++i) {
    if (handlers[i] >= draft.size) {
      return reader.refuse_at_rva(*rva, fmt::format("SafeSEH handler {} at RVA 0x{:x} is outside "
                                                    "the image of 0x{:x} bytes",
                                                    i, handlers[i], draft.size));
    }
    // Windows halves the table: in an unsorted one it would find some handlers and miss others.
    if (i > 0 && handlers[i] <= handlers[i - 1]) {
      return reader.refuse_at_rva(*rva, fmt::format("the SafeSEH table is not sorted: handler {} "
                                                    "at RVA 0x{:x} comes after 0x{:x}",
                                                    i, handlers[i], handlers[i - 1]));
    }
  }
  return handlers;
}

}  // namespace

Result<> parse_load_config(const ImageReader& reader, const HeaderFacts& facts, Image& draft) {
  const auto rva = facts.directories[IMAGE_DIRECTORY_ENTRY_LOAD_CONFIG].VirtualAddress;
  if (rva == 0) return {};
  // The structure says how long it is; the directory's size is 64 for compatibility, whatever
  // the structure has (specification). Older and shorter ones have no cookie or no table.
  const auto size = reader.at_rva<std::uint32_t>(rva);
  const auto extent = reader.extent_at(rva);
  if (!size || extent->size < *size) {
    return reader.refuse_at_rva(rva, "the load configuration runs off its section");
  }
  ImageLoadConfigDirectory32 config = {};
  const auto used = std::min<std::size_t>({*size, sizeof config, extent->data.size()});
  if (used > 0) std::memcpy(&config, extent->data.data(), used);

  LoadConfig result;
  if (config.SecurityCookie != 0) {
    result.security_cookie_rva = reader.rva_of(config.SecurityCookie);
    if (!result.security_cookie_rva || !reader.at_rva<std::uint32_t>(*result.security_cookie_rva)) {
      return reader.refuse_at_rva(rva, fmt::format("the security cookie at 0x{:x} is not inside "
                                                   "a section",
                                                   config.SecurityCookie));
    }
  }
  // Both fields are needed for a table (facts 3.3 1a); a count alone, or a table of none, is none.
  if (config.SEHandlerTable != 0 && config.SEHandlerCount != 0) {
    auto handlers = parse_safeseh(reader, config, rva, draft);
    if (!handlers) return tl::make_unexpected(handlers.error());
    result.safeseh = std::move(*handlers);
  }
  draft.load_config = std::move(result);
  return {};
}

}  // namespace sehlab::load
