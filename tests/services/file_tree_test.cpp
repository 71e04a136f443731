// The guest's folder. Sources: Microsoft's "Naming Files, Paths, and Namespaces", CreateFile.
#include "host/services/file_tree.hpp"

#include <doctest/doctest.h>

#include "host/services/nt_values.hpp"

namespace sehlab::services::test {

TEST_SUITE("services") {
  TEST_CASE("no name leads out of the folder") {
    const FileTree tree;
    for (const std::u16string_view path :
         {u"\\??\\C:\\lab\\..\\x", u"\\??\\C:\\lab\\a\\..", u"\\??\\C:\\", u"\\??\\C:\\etc",
          u"\\??\\D:\\lab", u"C:\\lab\\x", u"\\??\\C:\\lab\\\\x", u"\\??\\C:\\lab\\a/b",
          u"\\??\\C:\\lab\\nul.txt", u"\\??\\C:\\lab\\a:b", u"\\??\\C:\\lab\\a.", u"\\Device\\x",
          u""}) {
      CHECK(tree.find(path).status != 0);
    }
    CHECK(tree.find(u"\\??\\c:\\lab").status != 0);  // kernel32 writes the drive's letter
    CHECK(tree.find(u"\\??\\C:\\LAB").status == 0);
  }

  TEST_CASE("a name is found in any case, moved, and gone when it is removed") {
    FileTree tree;
    const auto place = tree.find(u"\\??\\C:\\lab\\File.txt").place;
    CHECK(place.node == nullptr);
    const auto file = tree.make(place, false, 5);
    REQUIRE(file);
    CHECK(tree.find(u"\\??\\C:\\lab\\fILE.TXT").place.node == file);
    CHECK(tree.find(u"\\??\\C:\\lab\\file.txt\\x").status == STATUS_OBJECT_PATH_NOT_FOUND);
    const auto folder = tree.make(tree.find(u"\\??\\C:\\lab\\d").place, true, 5);
    CHECK(tree.move(file, tree.find(u"\\??\\C:\\lab\\d\\new").place));
    CHECK(tree.find(u"\\??\\C:\\lab\\File.txt").place.node == nullptr);
    CHECK(tree.find(u"\\??\\C:\\lab\\d\\NEW").place.node == file);
    CHECK_FALSE(tree.move(folder, tree.find(u"\\??\\C:\\lab\\d\\inside").place));
    tree.remove(*file);
    CHECK(tree.find(u"\\??\\C:\\lab\\d\\new").place.node == nullptr);
  }

  TEST_CASE("a tree has room for so much and no more") {
    FileTree tree;
    const auto file = tree.make(tree.find(u"\\??\\C:\\lab\\a").place, false, 0);
    CHECK_FALSE(tree.resize(*file, FileTree::kMostBytes + 1));
    CHECK(tree.resize(*file, 1000));
    CHECK_FALSE(tree.resize(*file, ~0ull));
    CHECK(file->data.size() == 1000);
  }

  TEST_CASE("patterns are those of directory listings") {
    CHECK(FileTree::matches(u"a.txt", u"*.TXT"));
    CHECK(FileTree::matches(u"noext", u"*.*"));
    CHECK(FileTree::matches(u"abc", u"a?c"));
    CHECK(FileTree::matches(u"abbbc", u"a*c"));
    CHECK_FALSE(FileTree::matches(u"abc", u"a*d"));
    CHECK_FALSE(FileTree::matches(u"a.txt", u"*.tx"));
  }
}

}  // namespace sehlab::services::test
