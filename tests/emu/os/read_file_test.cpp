// read_file: what is wrong with a path, by its kind (POSIX, open and stat).
#include "emu/os/read_file.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "emu/os/temporary_folder.hpp"

namespace sehlab::os {

namespace {

namespace fs = std::filesystem;

struct Folder {
  fs::path path = make_temporary_folder("sehlab-test").value();
  Folder() = default;
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(path); }

  [[nodiscard]] fs::path file(const std::string& name, const std::string& text) const {
    std::ofstream(path / name, std::ios::binary) << text;
    return path / name;
  }
};

FileTrouble trouble(const fs::path& path, std::size_t most = 100) {
  const auto file = read_file(path, most);
  REQUIRE_FALSE(file);
  return file.error().trouble;
}

}  // namespace

TEST_SUITE("os") {
  TEST_CASE("a file is read whole, an empty one too, up to the size that is allowed") {
    const Folder folder;
    const auto file = read_file(folder.file("a", "12345"), 5);
    REQUIRE(file);
    CHECK(std::string(reinterpret_cast<const char*>(file->data.get()), file->size) == "12345");
    const auto empty = read_file(folder.file("b", ""), 0);
    REQUIRE(empty);
    CHECK(empty->size == 0);
    CHECK(trouble(folder.file("c", "123456"), 5) == FileTrouble::TooLarge);
  }

  TEST_CASE("what is no regular file is named by its kind, and nothing waits for a writer") {
    const Folder folder;
    CHECK(trouble(folder.path / "none") == FileTrouble::Missing);
    CHECK(trouble(folder.file("a", "x") / "below") == FileTrouble::Missing);
    CHECK(trouble(folder.path) == FileTrouble::Folder);
    const fs::path fifo = folder.path / "fifo";
    REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
    CHECK(trouble(fifo) == FileTrouble::Special);
    CHECK(trouble("/dev/null") == FileTrouble::Special);
  }

  TEST_CASE("a name longer than the system allows cannot be read, and the reason is its own") {
    // NAME_MAX is 255 on every file system of Linux (limits.h).
    const auto file = read_file("/tmp/" + std::string(256, 'a'), 1);
    REQUIRE_FALSE(file);
    CHECK(file.error().trouble == FileTrouble::Unreadable);
    CHECK(file.error().reason == "File name too long");
  }
}

}  // namespace sehlab::os
