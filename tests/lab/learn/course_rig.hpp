// The course as it is built, and folders to work in.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "host/lab/learn/kit.hpp"
#include "host/lab/learn/lesson.hpp"
#include "host/lab/scratch_folder.hpp"

namespace sehlab::lab {

/// The kit and the lessons; the test fails when they cannot be read.
struct Course {
  Kit kit;
  std::vector<Lesson> lessons;
  Course();
  [[nodiscard]] const Lesson& number(int number) const;
};

/// A folder that is gone with the object.
[[nodiscard]] ScratchFolder scratch();

/// The whole file; the test fails when it cannot be read.
[[nodiscard]] std::string text_of(const std::filesystem::path& file);
void write_text(const std::filesystem::path& file, const std::string& text);

}  // namespace sehlab::lab
