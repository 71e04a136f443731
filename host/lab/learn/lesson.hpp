// Lesson: one folder of the course as values: its text, its guest, the runs that it shows and the
// checks of its exercise (docs/lessons.md describes the files).
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "emu/result.hpp"
#include "host/lab/learn/markdown.hpp"
#include "host/scenario/scenario.hpp"
#include "host/trace/kinds.hpp"

namespace sehlab::lab {

/// One run of the demonstration.
struct Show {
  std::string title;            ///< may be empty
  scenario::Scenario scenario;  ///< how it is run, and what must happen
  bool own_guest = true;        ///< false: `scenario.guest` is one of the lab's own images
  trace::KindSet kinds;         ///< the lines that are shown
  bool system = false;          ///< pushes and pops by the system's DLLs, too
  bool report = false;          ///< the crash report
};

/// One expectation of the exercise, in words.
struct Check {
  std::string right, wrong;
  scenario::Scenario scenario;
};

struct Lesson {
  int number = 0;    ///< from the folder's name, "03-chain"
  std::string name;  ///< "03-chain"
  std::filesystem::path folder;
  std::string title;
  std::string guest;  ///< the source's file name: *.c, *.cpp or *.S
  bool safeseh = false;
  std::vector<std::string> sources;  ///< where the facts come from
  Document text, predict, reveal, exercise;
  std::vector<Show> shows;
  std::vector<Check> checks;

  /// The words of `sehlab explain` that the text uses, each once.
  [[nodiscard]] std::vector<std::string> terms() const;
  /// "chain.exe": the image that the guest is built into.
  [[nodiscard]] std::string image() const;
};

/// Reads the lesson in `folder`; an Error names the file, the line and the key.
[[nodiscard]] Result<Lesson> read_lesson(const std::filesystem::path& folder);

/// All lessons of a course, by number. An Error when there is none, two have one number, or one
/// cannot be read.
[[nodiscard]] Result<std::vector<Lesson>> read_course(const std::filesystem::path& folder);

/// Instructions that a lesson's guest may take where its file sets no `budget`: a loop ends soon.
inline constexpr std::uint64_t kLessonBudget = 5'000'000;

}  // namespace sehlab::lab
