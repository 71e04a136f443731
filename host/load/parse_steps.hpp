// The steps of parse(), in order: each reads one part of the file into the draft or refuses it.
// Internal to host/load.
#pragma once

#include <array>
#include <cstdint>

#include "emu/result.hpp"
#include "host/load/image.hpp"
#include "host/load/image_reader.hpp"
#include "host/win32/pe.hpp"

namespace sehlab::load {

/// What later steps need of the headers and an Image does not keep.
struct HeaderFacts {
  std::uint64_t section_table = 0;  ///< file offset
  std::uint32_t section_count = 0;
  std::uint32_t section_alignment = 0;
  std::array<win32::ImageDataDirectory, win32::IMAGE_NUMBEROF_DIRECTORY_ENTRIES> directories{};
};

[[nodiscard]] Result<HeaderFacts> parse_headers(const ImageReader& reader, Image& draft);
[[nodiscard]] Result<> parse_sections(const ImageReader& reader, const HeaderFacts& facts,
                                      Image& draft);
/// Each of these has nothing to do when its directory's VirtualAddress is 0.
[[nodiscard]] Result<> parse_imports(const ImageReader& reader, const HeaderFacts& facts,
                                     Image& draft);
[[nodiscard]] Result<> parse_exports(const ImageReader& reader, const HeaderFacts& facts,
                                     Image& draft);
[[nodiscard]] Result<> parse_relocations(const ImageReader& reader, const HeaderFacts& facts,
                                         Image& draft);
[[nodiscard]] Result<> parse_tls(const ImageReader& reader, const HeaderFacts& facts, Image& draft);
[[nodiscard]] Result<> parse_load_config(const ImageReader& reader, const HeaderFacts& facts,
                                         Image& draft);

}  // namespace sehlab::load
