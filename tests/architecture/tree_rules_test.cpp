// The rules over the tree, on the real one and on made-up ones that break them.
#include "tests/architecture/tree_rules.hpp"

#include <doctest/doctest.h>

#include <array>

namespace sehlab::architecture {

namespace {

std::vector<SourceFile> real_tree() {
  constexpr std::array<std::string_view, 9> kNames{
      "emu", "host", "guest", "tests", "cmake", "docs", "fixtures", "README.md", "CHANGELOG.md"};
  return read_tree(SEHLAB_SOURCE_DIR, kNames);
}

std::string links_of(const std::string& path, const std::string& text) {
  const std::array<SourceFile, 1> tree{SourceFile{path, text}};
  return to_text(check_links(tree));
}

}  // namespace

TEST_SUITE("architecture") {
  TEST_CASE("no folder links a library that it must not see") {
    CHECK(to_text(check_links(real_tree())) == "");
  }

  TEST_CASE("every source file is in its folder's CMakeLists.txt") {
    CHECK(to_text(check_listed(real_tree())) == "");
  }

  TEST_CASE("calls of the operating system are in emu/os, those of Linux alone in one file") {
    CHECK(to_text(check_system_calls(real_tree())) == "");
  }

  TEST_CASE("a call of the operating system elsewhere is found, but not in a comment") {
    const std::array<SourceFile, 4> tree{
        SourceFile{"emu/a.cpp", "x = fileno(f);  // fileno\n// isatty\n"},
        SourceFile{"host/lab/b.cpp", "read_symlink(\"/proc/self/exe\");\n"},
        SourceFile{"emu/os/c.cpp", "fileno(f);\npipe2(ends, 0);\n"},
        SourceFile{"emu/os/linux.cpp", "pipe2(ends, 0);\n"}};
    CHECK(to_text(check_system_calls(tree)) ==
          "emu/a.cpp:1: fileno is for emu/os\n"
          "host/lab/b.cpp:1: proc is for emu/os/linux.cpp\n"
          "emu/os/c.cpp:2: pipe2 is for emu/os/linux.cpp\n");
  }

  TEST_CASE("no line says that something is unfinished") {
    CHECK(to_text(check_unfinished(real_tree())) == "");
  }

  TEST_CASE("every link between the documents leads to a file") {
    CHECK(to_text(check_documents(real_tree())) == "");
  }

  TEST_CASE("files of more than 350 lines are listed for a second look") {
    const std::string list = to_text(long_files(real_tree(), 350));
    WARN_MESSAGE(list.empty(), list);  // told with --success or -V, never a failure
  }

  TEST_CASE("a link against the arrows is found, on the line where it stands") {
    CHECK(links_of("host/seh/CMakeLists.txt",
                   "sehlab_library(sehlab_seh\n  SOURCES a.cpp\n  DEPS sehlab_process)\n") ==
          "host/seh/CMakeLists.txt:3: host/seh may not link sehlab_process\n");
    CHECK(links_of("emu/CMakeLists.txt", "sehlab_library(sehlab_emu DEPS sehlab_win32)\n") ==
          "emu/CMakeLists.txt:1: emu may not link sehlab_win32\n");
  }

  TEST_CASE("a link along the arrows, or one in a comment, is not") {
    CHECK(links_of("host/seh/CMakeLists.txt",
                   "sehlab_library(sehlab_seh DEPS sehlab_emu sehlab_trace)  # sehlab_process\n") ==
          "");
  }

  TEST_CASE("a source file that CMake was not told of is found") {
    const std::array<SourceFile, 3> tree{SourceFile{"emu/CMakeLists.txt", "SOURCES my_a.cpp b.cpp"},
                                         SourceFile{"emu/a.cpp", ""}, SourceFile{"emu/b.cpp", ""}};
    CHECK(to_text(check_listed(tree)) ==
          "emu/a.cpp:0: is not built: emu/CMakeLists.txt does not list it\n");
  }

  TEST_CASE("a link to a document that does not exist is found, one to the web is not followed") {
    const std::array<SourceFile, 2> tree{
        SourceFile{"docs/a.md", "[b](b.md#part)\n[web](https://example.org/x.md) [c](../c.md)\n"},
        SourceFile{"docs/b.md",
                   "[up](a.md) [here](#part) f([](int n) {})\n```cpp\nf([&](int n) {});\n```\n"}};
    CHECK(to_text(check_documents(tree)) == "docs/a.md:2: links to nothing: ../c.md\n");
  }

  TEST_CASE("a mark of unfinished work is found, but not inside another word") {
    const std::string mark = std::string("TO") + "DO";
    const std::array<SourceFile, 1> tree{
        SourceFile{"emu/a.cpp", "int a;  // " + mark + ": b\nint " + mark + "LIST;\n"}};
    CHECK(to_text(check_unfinished(tree)) == "emu/a.cpp:1: " + mark + "\n");
  }
}

}  // namespace sehlab::architecture
