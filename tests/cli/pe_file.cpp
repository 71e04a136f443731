#include "tests/cli/pe_file.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <utility>

namespace sehlab::cli_test {

PeFile::PeFile(std::string bytes) : bytes_(std::move(bytes)) {
  REQUIRE(bytes_.starts_with("MZ"));
  const std::size_t signature = u32(0x3c);
  REQUIRE(bytes_.compare(signature, 4, std::string("PE\0\0", 4)) == 0);
  coff_ = signature + 4;
  optional_ = coff_ + 20;
  REQUIRE(u16(machine()) == 0x14c);
  REQUIRE(u16(magic()) == 0x10b);
}

std::uint16_t PeFile::u16(std::size_t offset) const {
  REQUIRE(offset + 2 <= bytes_.size());
  return static_cast<std::uint16_t>(static_cast<unsigned char>(bytes_[offset]) |
                                    static_cast<unsigned char>(bytes_[offset + 1]) << 8);
}

std::uint32_t PeFile::u32(std::size_t offset) const {
  return u16(offset) | static_cast<std::uint32_t>(u16(offset + 2)) << 16;
}

void PeFile::set_u16(std::size_t offset, std::uint16_t value) {
  REQUIRE(offset + 2 <= bytes_.size());
  bytes_[offset] = static_cast<char>(value & 0xff);
  bytes_[offset + 1] = static_cast<char>(value >> 8);
}

void PeFile::set_u32(std::size_t offset, std::uint32_t value) {
  set_u16(offset, static_cast<std::uint16_t>(value & 0xffff));
  set_u16(offset + 2, static_cast<std::uint16_t>(value >> 16));
}

std::size_t PeFile::section(std::size_t index) const {
  REQUIRE(index < section_count());
  return optional_ + u16(coff_ + 16) + 40 * index;
}

std::size_t PeFile::end_of_section_data() const {
  std::size_t end = 0;
  for (std::size_t i = 0; i < section_count(); ++i) {
    end = std::max<std::size_t>(end, u32(section(i) + 16) + std::size_t{u32(section(i) + 20)});
  }
  return end;
}

}  // namespace sehlab::cli_test
