// What a report may read of the host's files: sources below the folders allowed, and nothing else
// (docs/report.md, "Source text"). Names come from the debug information of whoever built the
// program, so each of these is tried by a hostile one.
#include "host/lab/source_files.hpp"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "tests/lab/scratch.hpp"

namespace sehlab::lab {
namespace {

namespace fs = std::filesystem;

/// project/src/probe.c beside other/secret.c, gone with the object.
class Tree {
 public:
  Tree() {
    write("project/src/probe.c", "int f(void)\r\n{\n  return 1;\n}");
    write("other/secret.c", "secret\n");
  }

  void write(const std::string& file, const std::string& bytes) const {
    scratch_.write(file, bytes);
  }
  [[nodiscard]] fs::path path(const std::string& file) const { return scratch_.path(file); }

 private:
  Scratch scratch_;
};

}  // namespace

TEST_SUITE_BEGIN("lab");

TEST_CASE("a relative name is found below the first folder that has it, line by line") {
  const Tree tree;
  SourceFiles files({tree.path("other"), tree.path("project")});
  const std::vector<std::string> lines{"int f(void)", "{", "  return 1;", "}"};
  CHECK(files.lines("src/probe.c") == lines);
  CHECK(files.lines("src\\probe.c") == lines);
  CHECK(files.lines(tree.path("project/src/probe.c").string()) == lines);
  CHECK(files.lines("probe.c").empty());  // another file of that name would do as well
}

TEST_CASE("no name leads out of the folders") {
  const Tree tree;
  SourceFiles files({tree.path("project")});
  CHECK(files.lines("../other/secret.c").empty());
  CHECK(files.lines("src/../../other/secret.c").empty());
  CHECK(files.lines(tree.path("other/secret.c").string()).empty());
  fs::create_symlink(tree.path("other/secret.c"), tree.path("project/link.c"));
  CHECK(files.lines("link.c").empty());
  fs::create_directory_symlink(tree.path("other"), tree.path("project/inside"));
  CHECK(files.lines("inside/secret.c").empty());
  // A folder whose name only begins the same.
  fs::create_directories(tree.path("project2"));
  tree.write("project2/near.c", "near\n");
  CHECK(files.lines(tree.path("project2/near.c").string()).empty());
}

TEST_CASE("what is no source file is not read, whatever it is called") {
  const Tree tree;
  SourceFiles files({tree.path("project")});
  tree.write("project/id_rsa", "key\n");
  tree.write("project/notes.txt", "notes\n");
  tree.write("project/binary.c", std::string("a\0b\n", 4));
  tree.write("project/large.c", std::string(SourceFiles::kLargest + 1, '\n'));
  REQUIRE(mkfifo(tree.path("project/pipe.c").c_str(), 0600) == 0);
  for (const char* name :
       {"id_rsa", "notes.txt", "binary.c", "large.c", "pipe.c", "src", "", "."}) {
    CAPTURE(name);
    CHECK(files.lines(name).empty());
  }
  CHECK(files.lines(std::string("src/probe.c\0x", 13)).empty());
  CHECK(files.lines(std::string(100'000, 'x') + ".c").empty());
}

TEST_CASE("files are bounded in number; a folder that is not there is none") {
  const Tree tree;
  SourceFiles files({tree.path("nowhere"), tree.path("project")});
  for (std::size_t i = 0; i < SourceFiles::kMost; ++i) {
    (void)files.lines("no" + std::to_string(i) + ".c");
  }
  CHECK(files.lines("src/probe.c").empty());
}

TEST_SUITE_END();

}  // namespace sehlab::lab
