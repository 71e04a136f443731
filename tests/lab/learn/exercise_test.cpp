// A student's folder, and what becomes of code that is wrong in any way.
#include "host/lab/learn/exercise.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <set>

#include "tests/lab/learn/course_rig.hpp"

namespace sehlab::lab {
namespace {

namespace fs = std::filesystem;

std::set<std::string> names_in(const fs::path& folder) {
  std::set<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    names.insert(entry.path().filename().string());
  }
  return names;
}

/// Lesson 3 with another source.
Checked checked_as(const Course& course, const fs::path& folder, const std::string& source) {
  const Lesson& lesson = course.number(3);
  write_text(folder / lesson.guest, source);
  auto checked = check_exercise(course.kit, lesson, folder);
  REQUIRE(checked.has_value());
  return std::move(*checked);
}

}  // namespace

TEST_SUITE("learn") {
  TEST_CASE("a copy has the guest and its header and is never written over") {
    const Course course;
    const ScratchFolder folder = scratch();
    const Lesson& lesson = course.number(3);
    const fs::path mine = folder.path() / "a" / "b";
    REQUIRE(copy_for_student(course.kit, lesson, mine).has_value());
    CHECK(names_in(mine) == std::set<std::string>{"chain.c", "lesson.h"});
    CHECK(text_of(mine / "chain.c") == text_of(lesson.folder / "chain.c"));

    write_text(mine / "chain.c", "mine\n");
    const auto again = copy_for_student(course.kit, lesson, mine);
    REQUIRE(!again.has_value());
    CHECK(again.error().text().find("is there already") != std::string::npos);
    CHECK(text_of(mine / "chain.c") == "mine\n");
  }

  TEST_CASE("the course itself is no student's folder by whatever name") {
    const Course course;
    const Lesson& lesson = course.number(3);
    const ScratchFolder folder = scratch();
    fs::create_directory_symlink(lesson.folder, folder.path() / "link");
    for (const fs::path& within : {lesson.folder, lesson.folder / "new", folder.path() / "link",
                                   lesson.folder / ".." / "mine"}) {
      CAPTURE(within.string());
      CHECK(!copy_for_student(course.kit, lesson, within).has_value());
    }
    CHECK(!check_exercise(course.kit, lesson, lesson.folder).has_value());
  }

  TEST_CASE("a folder named from here is the same as one named whole") {
    const Course course;
    const ScratchFolder folder = scratch();
    const Lesson& lesson = course.number(3);
    const std::string solution = text_of(lesson.folder / "solution" / lesson.guest);
    REQUIRE(copy_for_student(course.kit, lesson, folder.path() / "sub").has_value());
    CHECK(checked_as(course, folder.path() / "sub", solution).passed());
    fs::current_path(folder.path());
    CHECK(checked_as(course, "sub", solution).passed());
    fs::current_path("sub");
    CHECK(checked_as(course, ".", solution).passed());
    fs::current_path("/");
  }

  TEST_CASE("what a compiler says is passed on with the file's own path and line") {
    const Course course;
    const ScratchFolder folder = scratch();
    const Checked checked = checked_as(course, folder.path(), "int main(void) {\n  return x;\n}\n");
    CHECK(!checked.built.ok);
    CHECK(!checked.passed());
    const std::string page = check_page(course.number(3), checked, {});
    CAPTURE(page);
    CHECK(page.find((folder.path() / "chain.c").string() + ":2:10: error:") != std::string::npos);
    CHECK(names_in(folder.path()) == std::set<std::string>{"chain.c"});
  }

  TEST_CASE("a linker's complaint is one of the student's as well") {
    const Course course;
    const ScratchFolder folder = scratch();
    const Checked checked =
        checked_as(course, folder.path(), "int f(void);\nint main(void) {\n  return f();\n}\n");
    CHECK(!checked.built.ok);
    CHECK(check_page(course.number(3), checked, {}).find("undefined symbol: _f") !=
          std::string::npos);
  }

  TEST_CASE("a guest that runs on and on ends at its budget") {
    const Course course;
    const ScratchFolder folder = scratch();
    const auto start = std::chrono::steady_clock::now();
    const Checked checked =
        checked_as(course, folder.path(), "int main(void) {\n  for (;;) {\n  }\n}\n");
    CHECK(checked.built.ok);
    CHECK(!checked.passed());
    CHECK(check_page(course.number(3), checked, {}).find("budget") != std::string::npos);
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(30));
  }

  TEST_CASE("a source that makes the compiler grow is stopped and leaves nothing behind") {
    const Course course;
    const ScratchFolder folder = scratch();
    // An object of 2 GiB: more than the compiler may have, in memory and in a file.
    const Checked checked = checked_as(
        course, folder.path(), "char a[0x7fffffff] = {1};\nint main(void) {\n  return a[3];\n}\n");
    CHECK(!checked.built.ok);
    CHECK(!checked.built.said.empty());
    CHECK(names_in(folder.path()) == std::set<std::string>{"chain.c"});
  }

  TEST_CASE("what is built replaces a link of its name and not what that leads to") {
    const Course course;
    const ScratchFolder folder = scratch();
    write_text(folder.path() / "other", "another's\n");
    fs::create_symlink(folder.path() / "other", folder.path() / "chain.exe");
    const Checked checked = checked_as(course, folder.path(), "int main(void) {\n  return 3;\n}\n");
    CHECK(checked.built.ok);
    CHECK(fs::is_regular_file(fs::symlink_status(folder.path() / "chain.exe")));
    CHECK(text_of(folder.path() / "other") == "another's\n");
  }

  TEST_CASE("a name that a check speaks of and the program has not is told in plain words") {
    const Course course;
    const ScratchFolder folder = scratch();
    const Checked checked = checked_as(course, folder.path(), "int main(void) {\n  return 4;\n}\n");
    REQUIRE(checked.built.ok);
    CHECK(checked.results.at(1).missing.starts_with("\"mine\" is no symbol of"));
    CHECK(!checked.passed());
  }
}

}  // namespace sehlab::lab
