// Image: what a PE32 file says, checked and as values. It knows no address space: map_image puts
// one into memory. Every number in it was verified against the file or the image that holds it,
// so its readers need no bounds checks of their own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "emu/guest_addr.hpp"
#include "emu/result.hpp"
#include "host/load/file_bytes.hpp"

namespace sehlab::load {

/// One section. Sections are in ascending order and adjacent (PE/COFF specification, "Section
/// Table"), inside the image and clear of the headers.
struct Section {
  std::string_view name;  ///< long names resolved through the string table
  std::uint32_t rva = 0;
  std::uint32_t size = 0;         ///< bytes in memory, not rounded up to pages
  std::uint32_t file_offset = 0;  ///< of its data
  std::uint32_t file_size = 0;    ///< bytes of data in the file; the part above `size` pads a page
  std::uint32_t characteristics = 0;  ///< IMAGE_SCN_*

  [[nodiscard]] bool contains(std::uint32_t at) const { return at - rva < size; }
  [[nodiscard]] bool executable() const;
  [[nodiscard]] bool writable() const;
};

/// One imported function.
struct Import {
  std::string_view dll;        ///< as spelled in the file
  std::string_view name;       ///< empty: by ordinal
  std::uint16_t ordinal = 0;   ///< meaningful when `name` is empty
  std::uint32_t slot_rva = 0;  ///< where its address goes: an entry of the import address table
};

/// One exported function or datum. Slots of the export table that hold RVA 0 export nothing and
/// are left out (facts: guest-tools.md 5).
struct Export {
  std::string_view name;  ///< empty: by ordinal only
  std::uint32_t ordinal = 0;
  std::uint32_t rva = 0;
  std::string_view forwarder;  ///< "KERNEL32.GetLastError", "DLL.#12"; empty: `rva` counts
};

/// IMAGE_TLS_DIRECTORY32 with addresses made RVAs.
struct Tls {
  std::uint32_t raw_rva = 0, raw_size = 0;  ///< the template
  std::uint32_t zero_fill = 0;              ///< bytes of zeros after it
  std::uint32_t index_rva = 0;              ///< the word that receives the module's TLS index
  std::vector<std::uint32_t> callbacks;     ///< RVAs, in order
};

/// What is used of IMAGE_LOAD_CONFIG_DIRECTORY32.
struct LoadConfig {
  std::optional<std::uint32_t> security_cookie_rva;
  /// The SafeSEH table: ascending RVAs. Empty optional: no table, any handler may be registered.
  std::optional<std::vector<std::uint32_t>> safeseh;
};

/// Names are views into the file's bytes, which every copy of the Image keeps alive.
struct Image {
  std::string name;  ///< file name, as given to parse(); for messages
  FileBytes file;

  GuestAddr preferred_base;
  std::uint32_t size = 0;                 ///< SizeOfImage, a multiple of kPageSize
  std::uint32_t headers_size = 0;         ///< SizeOfHeaders
  std::uint32_t entry_rva = 0;            ///< 0: none
  std::uint16_t characteristics = 0;      ///< IMAGE_FILE_*
  std::uint16_t dll_characteristics = 0;  ///< IMAGE_DLLCHARACTERISTICS_*
  std::uint16_t subsystem = 0;            ///< IMAGE_SUBSYSTEM_*
  std::uint32_t stack_reserve = 0, stack_commit = 0;

  std::vector<Section> sections;
  std::vector<Import> imports;             ///< in the file's order, DLL by DLL
  std::vector<Export> exports;             ///< by ordinal; one entry for each name of a function
  std::string_view export_name;            ///< the DLL's own idea of its name; may be empty
  std::vector<std::uint32_t> relocations;  ///< RVAs of 32-bit words that hold an address
  std::optional<Tls> tls;
  std::optional<LoadConfig> load_config;

  std::uint32_t symbol_table_offset = 0, symbol_count = 0;  ///< COFF symbols in the file; 0: none
  /// What Windows would overlook in the file, in words: a symbol table that runs off it, say.
  std::vector<std::string> remarks;

  [[nodiscard]] bool is_dll() const;
  [[nodiscard]] bool no_seh() const;  ///< DllCharacteristics: every handler in it is refused

  [[nodiscard]] const Section* section_at(std::uint32_t rva) const;
  [[nodiscard]] const Section* find_section(std::string_view section_name) const;
  /// A section's bytes as far as the file has them (the rest is zeros).
  [[nodiscard]] std::span<const std::byte> data(const Section& section) const;

  /// By name, as GetProcAddress does: exact, and by halving the name table, which the linker
  /// has sorted. Null: not exported.
  [[nodiscard]] const Export* find_export(std::string_view wanted) const;
  [[nodiscard]] const Export* find_export_by_ordinal(std::uint32_t ordinal) const;

  /// Indexes into `exports`, in the order of the file's name table.
  std::vector<std::uint32_t> exports_by_name;
};

/// Reads a PE32 image for i386. `name` appears in messages. Fails with the place in the file and
/// what is wrong there; no input makes it do anything else.
[[nodiscard]] Result<Image> parse(std::string name, std::span<const std::byte> file);
/// The same without copying the file.
[[nodiscard]] Result<Image> parse(std::string name, FileBytes file);
/// Reads the file at `path`; the image's name is the path's last component, messages carry the
/// whole path.
[[nodiscard]] tl::expected<Image, LoadError> read_image(const std::filesystem::path& path);

}  // namespace sehlab::load
