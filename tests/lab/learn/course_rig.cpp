#include "tests/lab/learn/course_rig.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

namespace sehlab::lab {

Course::Course() {
  auto read = read_kit();
  REQUIRE_MESSAGE(read.has_value(), (read ? "" : read.error().text()));
  kit = std::move(*read);
  auto course = read_course(kit.course);
  REQUIRE_MESSAGE(course.has_value(), (course ? "" : course.error().text()));
  lessons = std::move(*course);
}

const Lesson& Course::number(int number) const {
  for (const Lesson& lesson : lessons) {
    if (lesson.number == number) return lesson;
  }
  FAIL("no lesson " << number);
  return lessons.front();
}

ScratchFolder scratch() {
  auto folder = ScratchFolder::make();
  REQUIRE(folder.has_value());
  return std::move(*folder);
}

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  REQUIRE_MESSAGE(in.good(), file.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_text(const std::filesystem::path& file, const std::string& text) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out << text;
  REQUIRE(out.flush().good());
}

}  // namespace sehlab::lab
