// PeEditor: a copy of an image's bytes with the places of its headers, for tests that damage it.
// It finds its way by the offsets of the PE/COFF specification, not through host/load.
#pragma once

#include <doctest/doctest.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace sehlab::load_tests {

class PeEditor {
 public:
  explicit PeEditor(std::vector<std::byte> intact) : bytes(std::move(intact)) {}

  std::vector<std::byte> bytes;

  template <typename T>
  [[nodiscard]] T get(std::uint32_t offset) const {
    REQUIRE(offset + sizeof(T) <= bytes.size());
    T value;
    std::memcpy(&value, bytes.data() + offset, sizeof value);
    return value;
  }
  template <typename T>
  void put(std::uint32_t offset, T value) {
    REQUIRE(offset + sizeof(T) <= bytes.size());
    std::memcpy(bytes.data() + offset, &value, sizeof value);
  }
  void put16(std::uint32_t offset, std::uint32_t value) {
    put(offset, static_cast<std::uint16_t>(value));
  }
  void put32(std::uint32_t offset, std::uint32_t value) { put(offset, value); }

  /// File offsets. COFF header: 4 after e_lfanew; optional header 20 later; directories at 96 of
  /// it; section headers of 40 bytes after it.
  [[nodiscard]] std::uint32_t coff(std::uint32_t field) const {
    return get<std::uint32_t>(0x3c) + 4 + field;
  }
  [[nodiscard]] std::uint32_t optional(std::uint32_t field) const { return coff(20) + field; }
  [[nodiscard]] std::uint32_t directory(std::uint32_t index) const {
    return optional(96 + 8 * index);
  }
  [[nodiscard]] std::uint32_t section(std::uint32_t index, std::uint32_t field) const {
    return optional(get<std::uint16_t>(coff(16))) + 40 * index + field;
  }
  [[nodiscard]] std::uint32_t section_count() const { return get<std::uint16_t>(coff(2)); }
  [[nodiscard]] std::uint32_t last_section() const { return section_count() - 1; }

  /// File offset of what lies at `rva`, which must be in a section's data.
  [[nodiscard]] std::uint32_t at_rva(std::uint32_t rva) const {
    for (std::uint32_t i = 0; i < section_count(); ++i) {
      const auto begin = get<std::uint32_t>(section(i, 12));
      const auto size = get<std::uint32_t>(section(i, 16));
      if (rva - begin < size) return get<std::uint32_t>(section(i, 20)) + (rva - begin);
    }
    FAIL("no section holds RVA ", rva);
    return 0;
  }
  /// File offset of a field of the structure that a data directory points to.
  [[nodiscard]] std::uint32_t in_directory(std::uint32_t index, std::uint32_t field) const {
    return at_rva(get<std::uint32_t>(directory(index)) + field);
  }
  /// File offset of what a 32-bit RVA stored at `offset` points to.
  [[nodiscard]] std::uint32_t follow_rva(std::uint32_t offset) const {
    return at_rva(get<std::uint32_t>(offset));
  }
  /// The same for an address.
  [[nodiscard]] std::uint32_t follow_address(std::uint32_t offset) const {
    return at_rva(get<std::uint32_t>(offset) - get<std::uint32_t>(optional(28)));
  }

  /// End of the data of the section that ends last in the file.
  [[nodiscard]] std::uint32_t end_of_sections() const {
    std::uint32_t end = 0;
    for (std::uint32_t i = 0; i < section_count(); ++i) {
      end = std::max(end, get<std::uint32_t>(section(i, 16)) + get<std::uint32_t>(section(i, 20)));
    }
    return end;
  }

  /// Gives the last section other contents, at the end of the file; its RVA.
  std::uint32_t replace_last_section(const std::vector<std::byte>& contents) {
    bytes.resize((bytes.size() + 0x1ff) / 0x200 * 0x200);
    const auto offset = static_cast<std::uint32_t>(bytes.size());
    bytes.insert(bytes.end(), contents.begin(), contents.end());
    bytes.resize((bytes.size() + 0x1ff) / 0x200 * 0x200);
    const auto size = static_cast<std::uint32_t>(contents.size());
    const auto rva = get<std::uint32_t>(section(last_section(), 12));
    put32(section(last_section(), 8), size);
    put32(section(last_section(), 16), static_cast<std::uint32_t>(bytes.size()) - offset);
    put32(section(last_section(), 20), offset);
    put32(optional(56), (rva + size + 0xfff) / 0x1000 * 0x1000);
    return rva;
  }
};

}  // namespace sehlab::load_tests
