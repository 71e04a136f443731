// Images that cannot be run: one clear message each on standard error, exit code 126, or 127 when
// there is no such file (design: "Exit codes of `run`").
#include <doctest/doctest.h>

#include <array>

#include "tests/cli/pe_file.hpp"
#include "tests/cli/run_sehlab.hpp"

namespace sehlab::cli_test {

namespace {

/// `run` on `path` ends with `code`, says nothing on standard output and one line on standard
/// error that names the program, the file and, as a regular expression, the reason.
void check_refused(const std::string& path, int code, const std::string& reason) {
  CAPTURE(path);
  const Ran ran = run_sehlab({"run", path});
  CAPTURE(ran.err);
  CHECK(ran.exit_code == code);
  CHECK(ran.out == "");
  CHECK(ran.err.starts_with("sehlab: "));
  CHECK(ran.err.find('\n') == ran.err.size() - 1);
  CHECK(ran.err.find(path.substr(path.rfind('/') + 1)) != std::string::npos);
  CHECK(says(ran.err, reason));
}

PeFile smallest() {
  return PeFile(read_file(guest("exit0.exe")));
}

}  // namespace

TEST_SUITE("cli") {
  TEST_CASE("a file that does not exist is missing, exit code 127") {
    check_refused("/nonexistent/program.exe", 127, "no such file");
  }

  TEST_CASE("a directory cannot be run, exit code 126") {
    const Scratch scratch;
    check_refused(scratch.path("."), 126, "directory");
  }

  TEST_CASE("a text file cannot be run: it is no PE image") {
    const Scratch scratch;
    check_refused(scratch.write("notes.txt", "Dear reader,\nthis is no program.\n"), 126,
                  "not a PE image");
  }

  TEST_CASE("an empty file cannot be run, and the message says that it is empty") {
    const Scratch scratch;
    check_refused(scratch.write("empty.exe", ""), 126, "empty");
  }

  TEST_CASE("a 64-bit image cannot be run, and the message says that it is 64-bit") {
    const Scratch scratch;
    PeFile image = smallest();
    image.set_u16(image.machine(), 0x8664);  // IMAGE_FILE_MACHINE_AMD64
    image.set_u16(image.magic(), 0x20b);     // PE32+
    check_refused(scratch.write("wide.exe", image.bytes()), 126, "64-bit");
  }

  TEST_CASE("an image cut off anywhere before the end of its sections' data cannot be run") {
    const Scratch scratch;
    const PeFile image = smallest();
    const std::size_t end = image.end_of_section_data();
    REQUIRE(end <= image.bytes().size());
    // Each part of the file once: DOS header, signature, COFF and optional header, directories,
    // section headers, the data of the first section, one byte short of the last.
    const std::array<std::size_t, 8> cuts{1,
                                          0x3f,
                                          image.machine() - 1,
                                          image.magic() + 10,
                                          image.directory(1) + 3,
                                          image.section(image.section_count() - 1) + 39,
                                          image.u32(image.section(0) + 20) + std::size_t{1},
                                          end - 1};
    for (const std::size_t cut : cuts) {
      CAPTURE(cut);
      check_refused(scratch.write("cut.exe", image.bytes().substr(0, cut)), 126, "0x|not a PE");
    }
  }

  TEST_CASE("an image cut off at the end of its sections' data still runs") {
    // What follows (here the symbol table) is not mapped (PE/COFF specification, "Section Data").
    const Scratch scratch;
    const PeFile image = smallest();
    const Ran ran = run_sehlab(
        {"run", scratch.write("whole.exe", image.bytes().substr(0, image.end_of_section_data()))});
    CHECK(ran.exit_code == 0);
  }

  TEST_CASE("an image whose last section lies over the TEB and may not move cannot be run") {
    // The first thread's TEB is at 0x7ffde000, as on Windows XP before it was randomised; with
    // IMAGE_FILE_RELOCS_STRIPPED an image must be loaded at its preferred base or not at all
    // (PE/COFF specification, "Characteristics").
    const Scratch scratch;
    PeFile image = smallest();
    const std::size_t last = image.section(image.section_count() - 1);
    const std::uint32_t size = 0x10000;
    image.set_u32(image.image_base(), 0x7ffd0000);
    image.set_u32(image.size_of_image(), size);
    image.set_u32(last + 8, size - image.u32(last + 12));  // VirtualSize
    image.set_u16(image.characteristics(), image.u16(image.characteristics()) | 1);
    image.set_u32(image.directory(5), 0);  // base relocations
    image.set_u32(image.directory(5) + 4, 0);
    check_refused(scratch.write("over_teb.exe", image.bytes()), 126, "0x7ffd0000");
  }

  TEST_CASE("a DLL is no program, and the message says so") {
    check_refused(guest("user32.dll"), 126, "DLL");
  }

  TEST_CASE("a program whose DLL is missing cannot be run, and the message names the DLL") {
    const Ran ran = run_sehlab({"run", guest("missing_dll.exe")});
    CAPTURE(ran.err);
    CHECK(ran.exit_code == 126);
    CHECK(ran.out == "");
    CHECK(says(ran.err, "^sehlab: cannot run .*missing_dll\\.exe"));
    CHECK(says(ran.err, "nosuch\\.dll.*not found"));
  }
}

}  // namespace sehlab::cli_test
