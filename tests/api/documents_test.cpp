// What documents and public headers show as C++ is what tests/api/examples and
// tests/api/frameworks compile and run.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

const std::string kSource = SEHLAB_SOURCE_DIR "/";

std::string trimmed(const std::string& line) {
  const auto from = line.find_first_not_of(' ');
  return from == line.npos ? "" : line.substr(from, line.find_last_not_of(' ') + 1 - from);
}

/// Without comments at their ends, indentation and empty lines.
std::vector<std::string> code_lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    std::string code = trimmed(line.substr(0, line.find("//")));
    if (!code.empty()) lines.push_back(code);
  }
  return lines;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text = "\n";
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

std::string read(const std::filesystem::path& file) {
  std::ifstream in(file);
  REQUIRE_MESSAGE(in.good(), file);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string compiled() {
  std::string all;
  for (const char* folder : {"tests/api/examples", "tests/api/frameworks"}) {
    for (const auto& entry : std::filesystem::directory_iterator(kSource + folder)) {
      const auto extension = entry.path().extension();
      if (extension == ".cpp" || extension == ".c") all += joined(code_lines(read(entry.path())));
    }
  }
  return all;
}

/// "`parse.c`:" stands before the block, and a command that the document shows compiles that file
/// (tests/documents runs it).
bool compiles_it_itself(const std::string& text, std::size_t block) {
  const std::string before = text.substr(0, text.find_last_not_of('\n', block) + 1);
  if (!before.ends_with("`:")) return false;
  const auto from = before.rfind('`', before.size() - 3) + 1;
  const std::string file = before.substr(from, before.size() - 2 - from);
  return text.find(" -c " + file + "\n", block) != text.npos;
}

}  // namespace

TEST_SUITE_BEGIN("api");

TEST_CASE("each block of C and C++ in the documents is a part of a test") {
  const std::string all = compiled();
  std::size_t blocks = 0;
  std::vector<std::filesystem::path> documents{kSource + "README.md"};
  for (const auto& entry : std::filesystem::recursive_directory_iterator(kSource + "docs")) {
    if (entry.path().extension() == ".md") documents.push_back(entry.path());
  }
  for (const auto& document : documents) {
    const std::string text = read(document);
    for (auto at = text.find("\n```c"); at != text.npos; at = text.find("\n```c", at + 1)) {
      const auto from = text.find('\n', at + 1) + 1, to = text.find("\n```\n", from);
      const std::string language = text.substr(at + 4, from - at - 5);
      if (language != "c" && language != "cpp") continue;
      REQUIRE(to != text.npos);
      const std::string block = joined(code_lines(text.substr(from, to - from)));
      INFO(document, block);
      CHECK((all.find(block) != all.npos || compiles_it_itself(text, at)));
      ++blocks;
    }
  }
  CHECK(blocks >= 9);
}

TEST_CASE("each line of C++ that a public header shows is a line of a test") {
  const std::string all = compiled();
  std::set<std::string> headers;
  for (const auto& entry : std::filesystem::directory_iterator(kSource + "host/api/sehlab")) {
    std::istringstream in(read(entry.path()));
    for (std::string line; std::getline(in, line);) {
      if (line.rfind("//   ", 0) != 0) continue;
      headers.insert(entry.path().filename().string());
      const std::string code = trimmed(line.substr(2, line.find("//", 2) - 2));
      INFO(entry.path(), code);
      CHECK(all.find("\n" + code + "\n") != all.npos);
    }
  }
  CHECK(headers == std::set<std::string>{"catch2.hpp", "doctest.hpp", "gtest.hpp"});
}
