// Lessons that are wrong: each error says which file, which line, what.
#include <doctest/doctest.h>

#include "host/lab/learn/lesson.hpp"
#include "tests/lab/learn/course_rig.hpp"

namespace sehlab::lab {
namespace {

namespace fs = std::filesystem;

constexpr const char* kTable =
    "title = \"T\"\nguest = \"g.c\"\nsources = [\"s\"]\n"
    "[[show]]\n[show.expect]\nexit = 0\n"
    "[[check]]\nright = \"r\"\nwrong = \"w\"\n[check.expect]\nexit = 0\n";
constexpr const char* kText =
    "## Text\n\na\n\n## Predict\n\nb\n\n## Reveal\n\nc\n\n## Exercise\n\nd\n";

/// The error of a lesson of these files; empty: there is none.
std::string error_of(const std::string& table, const std::string& text = kText,
                     const std::string& name = "07-x") {
  const ScratchFolder folder = scratch();
  const fs::path lesson = folder.path() / name;
  fs::create_directory(lesson);
  write_text(lesson / "g.c", "int main(void) { return 0; }\n");
  write_text(lesson / "lesson.toml", table);
  write_text(lesson / "lesson.md", text);
  const auto read = read_lesson(lesson);
  return read ? "" : read.error().text();
}

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  const std::size_t at = text.find(what);
  REQUIRE(at != text.npos);
  return text.replace(at, what.size(), by);
}

}  // namespace

TEST_SUITE("learn") {
  TEST_CASE("a lesson of the least that it needs is one") {
    CHECK(error_of(kTable) == "");
  }

  TEST_CASE("what a lesson's table lacks or has too much is named with its line") {
    CHECK(says(error_of("guest = \"g.c\"\n"), "title"));
    CHECK(says(error_of(replaced(kTable, "sources = [\"s\"]", "")), "sources"));
    CHECK(says(error_of(replaced(kTable, "\"g.c\"", "\"h.c\"")), "lesson.toml:2: guest"));
    CHECK(says(error_of(replaced(kTable, "\"g.c\"", "\"../g.c\"")), "lesson.toml:2: guest"));
    CHECK(says(error_of(replaced(kTable, "[[show]]", "[[show]]\nnoise = 1")), "lesson.toml:5: "));
    CHECK(says(error_of(replaced(kTable, "[[show]]", "[[show]]\nkinds = [\"x\"]")),
               "lesson.toml:5: show.kinds"));
    CHECK(says(error_of(replaced(kTable, "[[show]]", "[[show]]\nprofile = \"dos\"")),
               "lesson.toml:5: show.profile"));
    CHECK(says(error_of(replaced(kTable, "wrong = \"w\"\n", "")), "check.wrong"));
    CHECK(says(error_of(replaced(kTable, "[[check]]", "[check]")), "check"));
    CHECK(says(error_of(replaced(kTable, "exit = 0", "exit = \"a\"")), "lesson.toml:6: "));
    CHECK(says(error_of("title = \n"), "lesson.toml:1"));
  }

  TEST_CASE("a lesson's text has its four sections and words that can be explained") {
    CHECK(says(error_of(kTable, "## Text\n\na\n"), "## Predict"));
    CHECK(says(error_of(kTable, replaced(kText, "\nb\n", "\n")), "## Predict"));
    CHECK(says(error_of(kTable, std::string(kText) + "## More\n\ne\n"), "lesson.md:16: "));
    CHECK(says(error_of(kTable, replaced(kText, "\nb\n", "\n[[no such word]]\n")),
               "[[no such word]]"));
  }

  TEST_CASE("a folder is named by its number") {
    CHECK(says(error_of(kTable, kText, "x"), "is not named"));
    CHECK(says(error_of(kTable, kText, "7-x"), "is not named"));
  }

  TEST_CASE("a course without lessons and two lessons of one number") {
    const ScratchFolder folder = scratch();
    CHECK(!read_course(folder.path()).has_value());
    CHECK(!read_course(folder.path() / "none").has_value());
    for (const char* name : {"01-a", "01-b"}) {
      const fs::path lesson = folder.path() / name;
      fs::create_directory(lesson);
      write_text(lesson / "g.c", "");
      write_text(lesson / "lesson.toml", kTable);
      write_text(lesson / "lesson.md", kText);
    }
    const auto course = read_course(folder.path());
    REQUIRE(!course.has_value());
    CHECK(says(course.error().text(), "has the number of"));
  }
}

}  // namespace sehlab::lab
