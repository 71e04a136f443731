// A folder of the host as C:\\lab: what goes in, what comes back, and what it never touches.
#include "host/process/sandbox.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

using namespace sehlab;
using process::Sandbox;
using services::FileNode;
using services::FileTree;
namespace fs = std::filesystem;

namespace {

struct Folder {
  Folder() {
    std::string name = (fs::temp_directory_path() / "sehlab-sandbox-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    top = name;
    fs::create_directory(top / "box");
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(top); }

  [[nodiscard]] fs::path box() const { return top / "box"; }
  void put(const fs::path& relative, const std::string& text) const {
    std::ofstream(top / relative, std::ios::binary) << text;
  }
  [[nodiscard]] std::string get(const fs::path& relative) const {
    std::ifstream in(top / relative, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }
  fs::path top;
};

FileTree::Place place(const FileTree& tree, const std::u16string& name) {
  const auto found = tree.find(u"\\??\\C:\\lab\\" + name);
  REQUIRE(found.status == 0);
  return found.place;
}

std::string text(const FileNode& node) {
  return {reinterpret_cast<const char*>(node.data.view().data()), node.data.size()};
}

void write(FileTree& tree, const std::u16string& name, const std::string& content) {
  const FileTree::Place at = place(tree, name);
  const auto node = at.node ? at.node : tree.make(at, false, 1);
  REQUIRE(node != nullptr);
  REQUIRE(tree.resize(*node, content.size()));
  for (std::size_t i = 0; i < content.size(); ++i) node->data.edit()[i] = std::byte(content[i]);
}

}  // namespace

TEST_SUITE("process") {
  TEST_CASE("a sandbox brings files and folders in, and what was done to them back") {
    const Folder folder;
    fs::create_directory(folder.box() / "Sub");
    folder.put("box/one.txt", "one");
    folder.put("box/Sub/two.txt", "two");
    folder.put("box/Sub/gone.txt", "gone");
    Sandbox sandbox(folder.box());
    FileTree tree;
    REQUIRE(sandbox.fill(tree, 1).has_value());
    CHECK(text(*place(tree, u"ONE.TXT").node) == "one");
    CHECK(text(*place(tree, u"sub\\two.txt").node) == "two");

    write(tree, u"one.txt", "changed");
    write(tree, u"sub\\new.txt", "new");
    tree.remove(*place(tree, u"sub\\gone.txt").node);
    const FileTree::Place made = place(tree, u"made");
    REQUIRE(tree.make(made, true, 1) != nullptr);
    REQUIRE(sandbox.store(tree).has_value());
    CHECK(folder.get("box/one.txt") == "changed");
    CHECK(folder.get("box/Sub/two.txt") == "two");
    CHECK(folder.get("box/Sub/new.txt") == "new");
    CHECK_FALSE(fs::exists(folder.box() / "Sub/gone.txt"));
    CHECK(fs::is_directory(folder.box() / "made"));
  }

  TEST_CASE("a sandbox neither reads nor writes through a link") {
    const Folder folder;
    folder.put("outside.txt", "outside");
    fs::create_symlink(folder.top / "outside.txt", folder.box() / "link.txt");
    fs::create_directory_symlink(folder.top, folder.box() / "up");
    Sandbox sandbox(folder.box());
    FileTree tree;
    REQUIRE(sandbox.fill(tree, 1).has_value());
    CHECK(tree.root()->children.empty());
    write(tree, u"link.txt", "from the guest");
    const auto stored = sandbox.store(tree);
    REQUIRE_FALSE(stored.has_value());
    CHECK(stored.error().text().find("link.txt") != std::string::npos);
    CHECK(folder.get("outside.txt") == "outside");

    FileTree other;
    REQUIRE(sandbox.fill(other, 1).has_value());
    REQUIRE(other.make(place(other, u"up"), true, 1) != nullptr);
    write(other, u"up\\outside.txt", "from the guest");
    CHECK_FALSE(sandbox.store(other).has_value());
    CHECK(folder.get("outside.txt") == "outside");
  }

  TEST_CASE("a sandbox refuses what Windows could not have, by its name") {
    const Folder folder;
    folder.put("box/a.txt", "");
    folder.put("box/A.TXT", "");
    FileTree tree;
    CHECK_FALSE(Sandbox(folder.box()).fill(tree, 1).has_value());
    fs::remove(folder.box() / "A.TXT");
    folder.put("box/what?", "");
    FileTree second;
    const auto filled = Sandbox(folder.box()).fill(second, 1);
    REQUIRE_FALSE(filled.has_value());
    CHECK(filled.error().text().find("what?") != std::string::npos);
    FileTree third;
    CHECK_FALSE(Sandbox(folder.top / "nothing").fill(third, 1).has_value());
  }
}
