// The exercise of a lesson: a copy of the guest in a folder of the student's, and whether what
// became of it does what the lesson asks for.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "host/lab/learn/kit.hpp"
#include "host/lab/learn/lesson.hpp"
#include "host/lab/learn/lesson_run.hpp"
#include "host/lab/learn/terminal_text.hpp"

namespace sehlab::lab {

/// Where a student's copy is without a folder named: $HOME/sehlab-lessons/03-chain.
[[nodiscard]] Result<std::filesystem::path> student_folder(const Lesson& lesson);

/// Copies the guest and lesson.h, making the folder. A file that is there stays as it is: an Error,
/// as is a folder within the course.
[[nodiscard]] Result<> copy_for_student(const Kit& kit, const Lesson& lesson,
                                        const std::filesystem::path& folder);

struct Checked {
  Built built;
  std::filesystem::path image;       ///< beside the source
  std::vector<CheckResult> results;  ///< as Lesson::checks; empty when it could not be built
  [[nodiscard]] bool passed() const;
};

/// Builds the copy in `folder` and runs every check.
[[nodiscard]] Result<Checked> check_exercise(const Kit& kit, const Lesson& lesson,
                                             const std::filesystem::path& folder);

/// What is right and what is not.
[[nodiscard]] std::string check_page(const Lesson& lesson, const Checked& checked,
                                     const Page& page);

}  // namespace sehlab::lab
