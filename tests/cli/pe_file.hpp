// PeFile: the bytes of a 32-bit PE image and the places in them that these tests damage. Offsets
// are those of the PE/COFF specification, written out here so that the loader under test has no
// part in making its own bad input.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace sehlab::cli_test {

class PeFile {
 public:
  /// Takes an intact PE32 image; fails the test when it is none.
  explicit PeFile(std::string bytes);

  [[nodiscard]] const std::string& bytes() const { return bytes_; }
  [[nodiscard]] std::uint16_t u16(std::size_t offset) const;
  [[nodiscard]] std::uint32_t u32(std::size_t offset) const;
  void set_u16(std::size_t offset, std::uint16_t value);
  void set_u32(std::size_t offset, std::uint32_t value);

  // File offsets of fields.
  [[nodiscard]] std::size_t machine() const { return coff_; }
  [[nodiscard]] std::size_t characteristics() const { return coff_ + 18; }
  [[nodiscard]] std::size_t magic() const { return optional_; }
  [[nodiscard]] std::size_t image_base() const { return optional_ + 28; }
  [[nodiscard]] std::size_t size_of_image() const { return optional_ + 56; }
  /// Entry `index` of the data directories: RVA, then size.
  [[nodiscard]] std::size_t directory(std::size_t index) const {
    return optional_ + 96 + 8 * index;
  }
  [[nodiscard]] std::size_t section_count() const { return u16(coff_ + 2); }
  /// Header of section `index`: name 8, VirtualSize, VirtualAddress, SizeOfRawData, …
  [[nodiscard]] std::size_t section(std::size_t index) const;
  /// File offset at which the data of the last section to have any ends.
  [[nodiscard]] std::size_t end_of_section_data() const;

 private:
  std::string bytes_;
  std::size_t coff_ = 0, optional_ = 0;
};

}  // namespace sehlab::cli_test
