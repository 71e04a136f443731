// A lesson as a page for the terminal, in two halves: what is read before the prediction, and what
// shows whether it was right.
#pragma once

#include <string>
#include <vector>

#include "host/lab/learn/kit.hpp"
#include "host/lab/learn/lesson.hpp"
#include "host/lab/learn/terminal_text.hpp"

namespace sehlab::lab {

/// Title, text, the guest's source, and the question.
[[nodiscard]] Result<std::string> question_page(const Lesson& lesson, const Page& page);

/// The runs that a lesson shows, done just now.
struct Demonstration {
  std::vector<ShownRun> runs;  ///< as Lesson::shows
  /// What must happen and did not: "show 1, handlers: expected …, got …".
  std::vector<std::string> failed;
};

/// Builds the lesson's guest and runs it as the lesson says.
[[nodiscard]] Result<Demonstration> demonstrate(const Kit& kit, const Lesson& lesson);

/// The runs, what they mean, and the exercise.
[[nodiscard]] std::string reveal_page(const Lesson& lesson, const Demonstration& demonstration,
                                      const Page& page);

/// The list of all lessons.
[[nodiscard]] std::string course_page(const std::vector<Lesson>& lessons, const Page& page);
[[nodiscard]] std::string course_json(const std::vector<Lesson>& lessons);

}  // namespace sehlab::lab
