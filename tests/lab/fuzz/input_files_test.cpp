#include "host/lab/fuzz/input_files.hpp"

#include <doctest/doctest.h>

#include "tests/lab/scratch.hpp"

namespace sehlab::lab {

TEST_SUITE("lab") {
  TEST_CASE("a folder's inputs come by their names, without what engines put beside them") {
    const Scratch scratch;
    for (const char* leaf : {"b", "a", ".state/x", "README.txt", ".hidden"})
      scratch.write(leaf, "");
    const auto files = input_files(scratch.path());
    REQUIRE(files);
    CHECK(*files == std::vector<std::filesystem::path>{scratch.path("a"), scratch.path("b")});
    const auto one = input_files(scratch.path("b"));
    REQUIRE(one);
    CHECK(one->size() == 1);
  }

  TEST_CASE("an input is its bytes; what is none is refused with its name") {
    const Scratch scratch;
    const auto read = read_input(scratch.write("a", std::string_view("\0\xff\n", 3)));
    REQUIRE(read);
    CHECK(hex_digits(*read) == "00ff0a");
    for (const auto& file : {scratch.path("missing"), scratch.path(),
                             scratch.write("big", std::string((1u << 20) + 1, 'x'))}) {
      const auto refused = read_input(file);
      REQUIRE_FALSE(refused);
      CHECK(refused.error().text().find(file.string()) != std::string::npos);
    }
    CHECK(read_input(scratch.write("most", std::string(1u << 20, 'x'))));
    CHECK_FALSE(input_files(scratch.path("missing")));
  }

  TEST_CASE("what cannot be written is named") {
    const Scratch scratch;
    const auto written = write_file(scratch.path("no/such/folder"), "text");
    REQUIRE_FALSE(written);
    CHECK(written.error().where == scratch.path("no/such/folder").string());
    REQUIRE(make_folder(scratch.path("a/b")));
    CHECK(make_folder(scratch.path("a/b")));
    CHECK_FALSE(make_folder(scratch.write("file", "")));
  }
}

}  // namespace sehlab::lab
