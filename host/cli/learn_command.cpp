// sehlab learn: the course. Lists the lessons, shows one, copies its guest for the student, checks
// what the student made of it, and writes the whole as a site.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "emu/os/terminal.hpp"
#include "host/cli/command.hpp"
#include "host/cli/console.hpp"
#include "host/lab/learn/exercise.hpp"
#include "host/lab/learn/lesson_page.hpp"
#include "host/lab/learn/site.hpp"

namespace sehlab::cli {
namespace {

struct LearnArguments {
  std::optional<int> number;
  std::string folder, course, site;
  std::string sehlab;  ///< how this program was called
  bool reveal = false, edit = false, check = false, json = false;
};

/// "sehlab" where the shell found it by PATH, else its path from here: `./lab learn` calls it so.
std::string as_called(const std::string& name) {
  if (name.find('/') == name.npos) return "sehlab";
  std::error_code error;
  const std::string near = std::filesystem::proximate(name, error).string();
  return error || near.empty() || near.starts_with("..") ? name : near;
}

/// As wide as the terminal, where there is one, and still easy to read.
lab::Page page_of(const LearnArguments& arguments, std::FILE* stream) {
  lab::Page page{style_of(stream)};
  page.sehlab = arguments.sehlab;
  if (const auto columns = os::terminal_columns(stream)) {
    page.columns = std::clamp<std::size_t>(*columns, 60, 100);
  }
  return page;
}

int finish(int code) {
  if (!std::cout.flush()) return complain("standard output cannot be written", kLabFailed);
  return code;
}

int show(const LearnArguments& arguments, const lab::Kit& kit, const lab::Lesson& lesson) {
  const lab::Page page = page_of(arguments, stdout);
  const auto question = lab::question_page(lesson, page);
  if (!question) return complain(question.error().text(), kUsage);
  std::cout << *question << std::flush;
  if (!arguments.reveal && os::is_terminal(stdin) && os::is_terminal(stdout)) {
    std::cout << "\n   Enter shows what happens. " << std::flush;
    std::string line;
    std::getline(std::cin, line);
  }
  const auto demonstration = lab::demonstrate(kit, lesson);
  if (!demonstration) return complain(demonstration.error().text(), kLabFailed);
  std::cout << lab::reveal_page(lesson, *demonstration, page);
  for (const std::string& failed : demonstration->failed) {
    complain("the lesson does not hold: " + failed, kFailed);
  }
  return finish(demonstration->failed.empty() ? kOk : kFailed);
}

Result<std::filesystem::path> folder_of(const LearnArguments& arguments,
                                        const lab::Lesson& lesson) {
  if (!arguments.folder.empty()) return std::filesystem::path(arguments.folder);
  return lab::student_folder(lesson);
}

int edit(const LearnArguments& arguments, const lab::Kit& kit, const lab::Lesson& lesson,
         const std::filesystem::path& folder) {
  if (const auto copied = lab::copy_for_student(kit, lesson, folder); !copied) {
    return complain(copied.error().text(), kUsage);
  }
  std::cout << "yours to change: " << (folder / lesson.guest).string()
            << "\nthen: " << arguments.sehlab << " learn " << lesson.number << " --check "
            << folder.string() << '\n';
  return finish(kOk);
}

int check(const LearnArguments& arguments, const lab::Kit& kit, const lab::Lesson& lesson,
          const std::filesystem::path& folder) {
  const auto checked = lab::check_exercise(kit, lesson, folder);
  if (!checked) return complain(checked.error().text(), kUsage);
  std::cout << lab::check_page(lesson, *checked, page_of(arguments, stdout));
  return finish(checked->passed() ? kOk : kFailed);
}

int write_site(const lab::Kit& kit, const std::vector<lab::Lesson>& lessons,
               const std::string& folder) {
  const auto failed = lab::write_site(kit, lessons, folder);
  if (!failed) return complain(failed.error().text(), kUsage);
  for (const std::string& one : *failed) complain("a lesson does not hold: " + one, kFailed);
  std::cout << (std::filesystem::path(folder) / "index.html").string() << '\n';
  return finish(failed->empty() ? kOk : kFailed);
}

int run_learn(const LearnArguments& arguments) {
  const auto kit = lab::read_kit();
  if (!kit) return complain(kit.error().text(), kUsage);
  const std::filesystem::path course =
      arguments.course.empty() ? kit->course : std::filesystem::path(arguments.course);
  const auto lessons = lab::read_course(course);
  if (!lessons) return complain(lessons.error().text(), kUsage);
  if (!arguments.site.empty()) return write_site(*kit, *lessons, arguments.site);
  if (!arguments.number) {
    if (arguments.edit || arguments.check || arguments.reveal) {
      return complain("which lesson? `sehlab learn` lists them", kUsage);
    }
    std::cout << (arguments.json ? lab::course_json(*lessons)
                                 : lab::course_page(*lessons, page_of(arguments, stdout)));
    return finish(kOk);
  }
  const auto lesson = std::ranges::find(*lessons, *arguments.number, &lab::Lesson::number);
  if (lesson == lessons->end()) {
    return complain("there is no lesson " + std::to_string(*arguments.number), kUsage);
  }
  if (!arguments.edit && !arguments.check) return show(arguments, *kit, *lesson);
  const auto folder = folder_of(arguments, *lesson);
  if (!folder) return complain(folder.error().text(), kUsage);
  return arguments.edit ? edit(arguments, *kit, *lesson, *folder)
                        : check(arguments, *kit, *lesson, *folder);
}

}  // namespace

Command add_learn(CLI::App& app) {
  auto arguments = std::make_shared<LearnArguments>();
  CLI::App* learn = app.add_subcommand("learn", "A course: see a dispatch, predict it, change it");
  learn->add_option("N", arguments->number, "The lesson; without it all are listed");
  learn->add_option("DIR", arguments->folder,
                    "Where your copy is (~/sehlab-lessons/NN-name), with --edit and --check");
  learn->add_flag("--reveal", arguments->reveal, "Do not wait for Enter before the answer");
  auto* edit =
      learn->add_flag("--edit", arguments->edit, "Copy the lesson's guest for you to change");
  learn->add_flag("--check", arguments->check, "Build your copy, run it, and say what is right")
      ->excludes(edit);
  learn->add_flag("--json", arguments->json, "List the lessons as JSON");
  learn->add_option("--site", arguments->site, "Write the course as HTML pages into DIR")
      ->type_name("DIR");
  learn->add_option("--course", arguments->course, "Another folder of lessons")->type_name("DIR");
  learn->footer(
      "Exit code: 0, 1 when the exercise is not done, or a lesson does not hold; 2 for bad input;\n"
      "125 when the lab failed.");
  return [arguments, &app] {
    arguments->sehlab = as_called(app.get_name());
    return run_learn(*arguments);
  };
}

}  // namespace sehlab::cli
