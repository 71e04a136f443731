// Images of unusual size. Expectations: the image's headers (PE/COFF specification), the 2 GiB of a
// 32-bit program's address space, and what load_many_sections.exe holds.
#include <doctest/doctest.h>

#include <cstdint>
#include <filesystem>
#include <string>

#include "tests/cli/pe_file.hpp"
#include "tests/cli/run_sehlab.hpp"

namespace sehlab::cli_test {

namespace {

constexpr std::uint32_t kMiB = 1u << 20;
constexpr std::size_t kVirtualSize = 8, kVirtualAddress = 12, kSizeOfRawData = 16,
                      kPointerToRawData = 20;

/// exit0.exe with a last section of so many bytes.
PeFile with_last_section(std::uint32_t size) {
  PeFile image(read_file(guest("exit0.exe")));
  const std::size_t last = image.section(image.section_count() - 1);
  image.set_u32(last + kVirtualSize, size);
  image.set_u32(image.size_of_image(), image.u32(last + kVirtualAddress) + size);
  return image;
}

}  // namespace

TEST_SUITE("cli") {
  TEST_CASE("a section of 200 MiB that is zero costs no time and no memory") {
    const Scratch scratch;
    const Ran ran =
        run_sehlab({"run", scratch.write("zero.exe", with_last_section(200 * kMiB).bytes())});
    CHECK(ran.err == "");
    CHECK(ran.exit_code == 0);
    CHECK(ran.seconds < 10);
  }

  TEST_CASE("a section of 200 MiB of data is mapped, and the program runs") {
    const Scratch scratch;
    PeFile image = with_last_section(200 * kMiB);
    const std::size_t last = image.section(image.section_count() - 1);
    image.set_u32(last + kSizeOfRawData, 200 * kMiB);
    const std::string path = scratch.write("data.exe", image.bytes());
    // A file with a hole: it takes no room on the disk.
    std::filesystem::resize_file(path, image.u32(last + kPointerToRawData) + 200ull * kMiB);
    const Ran ran = run_sehlab({"run", path});
    CHECK(ran.err == "");
    CHECK(ran.exit_code == 0);
  }

  TEST_CASE("an image of 2 GiB or more is refused with its size and what there is room for") {
    const Scratch scratch;
    for (const std::uint32_t size : {0x80000000u, 0xfffff000u}) {
      PeFile image(read_file(guest("exit0.exe")));
      image.set_u32(image.size_of_image(), size);
      const Ran ran = run_sehlab({"run", scratch.write("huge.exe", image.bytes())});
      CHECK(ran.exit_code == 126);
      CHECK(says(ran.err, "SizeOfImage is 0x(80000000|fffff000); a program's address space holds"));
    }
  }

  TEST_CASE("an image of 401 sections runs: its headers take several pages") {
    const PeFile image(read_file(guest("load_many_sections.exe")));
    CHECK(image.section_count() > 400);  // and those of its debug information, if it has any
    CHECK(run_sehlab({"run", guest("load_many_sections.exe")}).exit_code == 0);
  }
}

}  // namespace sehlab::cli_test
