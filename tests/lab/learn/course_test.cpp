// Every lesson of the course: what it shows is what a run prints, its exercise is not done by the
// guest as it is, and can be done. What must happen in each is in its lesson.toml, with the
// sources.
#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>
#include <system_error>

#include "host/lab/learn/exercise.hpp"
#include "host/lab/run.hpp"
#include "host/lab/scenario_lab.hpp"
#include "host/trace/text_writer.hpp"
#include "tests/lab/learn/course_rig.hpp"

namespace sehlab::lab {
namespace {

namespace fs = std::filesystem;

/// The text trace of a run, a line each, by lab::run and the writer of `sehlab run --trace` alone.
std::vector<std::string> traced(const Show& show, const fs::path& image) {
  scenario::Scenario scenario = show.scenario;
  if (show.own_guest) scenario.guest.value = image.string();
  std::ostringstream text;
  trace::TextWriter writer(text);
  CapturedOutput output;
  process::Options options = options_of(scenario);
  options.observed = scenario.observed_symbols();
  REQUIRE(run(options, output, {&writer}).has_value());
  std::vector<std::string> lines;
  std::istringstream in(text.str());
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

/// `source` as the student's copy of the lesson's guest.
Checked checked_with(const Course& course, const Lesson& lesson, const fs::path& source) {
  const ScratchFolder folder = scratch();
  const fs::path mine = folder.path() / "mine";
  REQUIRE(copy_for_student(course.kit, lesson, mine).has_value());
  fs::copy_file(source, mine / lesson.guest, fs::copy_options::overwrite_existing);
  auto checked = check_exercise(course.kit, lesson, mine);
  REQUIRE_MESSAGE(checked.has_value(), (checked ? "" : checked.error().text()));
  std::string said;
  for (const std::string& line : checked->built.said) said += line + '\n';
  CHECK_MESSAGE(said == "", "a warning");
  REQUIRE(checked->built.ok);
  CHECK(checked->results.size() == lesson.checks.size());
  return std::move(*checked);
}

}  // namespace

TEST_SUITE("learn") {
  TEST_CASE("the course has seventeen lessons that are short enough to read") {
    const Course course;
    CHECK(course.lessons.size() == 17);
    for (const Lesson& lesson : course.lessons) {
      CAPTURE(lesson.name);
      const std::string source = text_of(lesson.folder / lesson.guest);
      CHECK(std::ranges::count(source, '\n') <= 60);
      CHECK(lesson.number == &lesson - course.lessons.data() + 1);
    }
  }

  TEST_CASE("what a lesson says must happen happens and each line it shows is one of the trace") {
    const Course course;
    for (const Lesson& lesson : course.lessons) {
      CAPTURE(lesson.name);
      const ScratchFolder folder = scratch();
      const fs::path image = folder.path() / lesson.image();
      REQUIRE(build_guest(course.kit, lesson.folder / lesson.guest, lesson.safeseh, image)->ok);
      for (std::size_t i = 0; i < lesson.shows.size(); ++i) {
        CAPTURE(i);
        const auto run = run_show(lesson.shows[i], image);
        REQUIRE_MESSAGE(run.has_value(), (run ? "" : run.error().text()));
        for (const scenario::Failure& failure : run->failures) {
          FAIL_CHECK(failure.expectation << ": expected " << failure.expected << ", got "
                                         << failure.got);
        }
        const auto lines = traced(lesson.shows[i], image);
        const auto& shown = run->lines;
        CHECK(!shown.empty());
        auto at = lines.begin();
        for (const ShownLine& line : shown) {
          const auto same = [&](const std::string& whole) {
            return whole.starts_with(line.when) && whole.find(line.text + ' ') != whole.npos &&
                   (line.chain.empty() || whole.ends_with("chain " + line.chain));
          };
          at = std::find_if(at, lines.end(), same);
          CHECK_MESSAGE(at != lines.end(), line.when << line.text);
        }
      }
    }
  }

  TEST_CASE("no exercise is done by the guest as the lesson gives it") {
    const Course course;
    for (const Lesson& lesson : course.lessons) {
      CAPTURE(lesson.name);
      const Checked checked = checked_with(course, lesson, lesson.folder / lesson.guest);
      CHECK(!checked.passed());
      CHECK(check_page(lesson, checked, {}).find("✗") != std::string::npos);
    }
  }

  TEST_CASE("every exercise can be done: its solution passes all checks") {
    const Course course;
    for (const Lesson& lesson : course.lessons) {
      CAPTURE(lesson.name);
      const Checked checked =
          checked_with(course, lesson, lesson.folder / "solution" / lesson.guest);
      const std::string page = check_page(lesson, checked, {});
      CHECK_MESSAGE(checked.passed(), page);
      CHECK(page.find(", done\n") != std::string::npos);
    }
  }
}

}  // namespace sehlab::lab
