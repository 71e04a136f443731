// Files that are no image at all, and the kinds of failure that the command line tells apart.
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "guest_files.hpp"
#include "host/load/image.hpp"

using namespace sehlab;
using namespace sehlab::load_tests;

namespace {

/// A folder of its own that is removed in the end.
struct Folder {
  std::filesystem::path path;
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "sehlab-load-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path = name;
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] std::filesystem::path file(const char* name, const std::string& text) const {
    std::ofstream(path / name, std::ios::binary) << text;
    return path / name;
  }
};

load::LoadError refused(const std::filesystem::path& path) {
  const auto image = load::read_image(path);
  REQUIRE_FALSE(image.has_value());
  CHECK(image.error().where == path.string());
  return image.error();
}

}  // namespace

TEST_SUITE("load") {
  TEST_CASE("a missing file is told apart from every other failure") {
    const Folder folder;
    const auto missing = refused(folder.path / "nothing.exe");
    CHECK(missing.kind == load::LoadFailure::Missing);
    CHECK(missing.what == "no such file");
    const auto text = folder.file("text", "hello");
    CHECK(refused(text / "nothing.exe").kind == load::LoadFailure::Missing);
  }

  TEST_CASE("a directory is refused as one") {
    const Folder folder;
    const auto error = refused(folder.path);
    CHECK(error.kind == load::LoadFailure::Unreadable);
    CHECK(error.what == "is a directory, not an image");
  }

  TEST_CASE("a FIFO and a device are refused without waiting for them") {
    const Folder folder;
    const auto fifo = folder.path / "fifo";
    REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
    CHECK(refused(fifo).what == "is not a regular file");
    CHECK(refused("/dev/zero").what == "is not a regular file");
  }

  TEST_CASE("a file that may not be read is refused with the system's reason") {
    if (::geteuid() == 0) {
      MESSAGE("skipped: root may read every file");
      return;
    }
    const Folder folder;
    const auto path = folder.file("secret.exe", "MZ");
    REQUIRE(::chmod(path.c_str(), 0) == 0);
    const auto error = refused(path);
    CHECK(error.kind == load::LoadFailure::Unreadable);
    CHECK(error.what == "cannot be read: Permission denied");
  }

  TEST_CASE("an empty file and a text file are malformed, each in its own words") {
    const Folder folder;
    const auto empty = refused(folder.file("empty.exe", ""));
    CHECK(empty.kind == load::LoadFailure::Malformed);
    CHECK(empty.what == "the file is empty");
    const auto text = refused(folder.file("text.exe", "#!/bin/sh\n"));
    CHECK(text.kind == load::LoadFailure::Malformed);
    CHECK(text.what == "not a PE image: it does not begin with \"MZ\"");
  }

  TEST_CASE("a file larger than any 32-bit image is refused before it is read") {
    const Folder folder;
    const auto path = folder.file("huge.exe", "MZ");
    std::filesystem::resize_file(path, (std::uintmax_t{1} << 30) + 1);  // sparse
    CHECK(refused(path).what == "is larger than 1 GiB: no 32-bit image is");
  }

  TEST_CASE("the image's name is the file's, messages carry the whole path") {
    CHECK(guest_image("load_fixed.exe").name == "load_fixed.exe");
  }
}
