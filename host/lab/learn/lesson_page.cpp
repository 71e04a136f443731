#include "host/lab/learn/lesson_page.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "host/lab/scratch_folder.hpp"
#include "host/report/wrap.hpp"
#include "host/scenario/text_file.hpp"

namespace sehlab::lab {
namespace {

std::string heading(std::string_view text, const Page& page) {
  return '\n' + page.style.bold(text) + "\n\n";
}

std::string listed(const std::vector<std::string>& texts, const Page& page) {
  std::string block;
  for (const std::string& text : texts) block += report::indented(text, 3, page.columns);
  return block;
}

}  // namespace

Result<std::string> question_page(const Lesson& lesson, const Page& page) {
  const auto source = scenario::read_text_file(lesson.folder / lesson.guest, "lesson");
  if (!source) return tl::make_unexpected(source.error());
  std::string text = page.style.bold(fmt::format("{}  {}", lesson.number, lesson.title)) + "\n\n";
  text += to_terminal(lesson.text, page);
  text += heading("The guest, " + lesson.guest, page) + numbered(*source, page);
  text += heading("Before you look", page) + to_terminal(lesson.predict, page);
  return text;
}

Result<Demonstration> demonstrate(const Kit& kit, const Lesson& lesson) {
  const auto scratch = ScratchFolder::make();
  if (!scratch) return tl::make_unexpected(scratch.error());
  const auto image = scratch->path() / lesson.image();
  const auto source = lesson.folder / lesson.guest;
  const auto built = build_guest(kit, source, lesson.safeseh, image);
  if (!built) return tl::make_unexpected(built.error());
  if (!built->ok) {
    return fail("lesson " + source.generic_string(),
                "cannot be built: " + (built->said.empty() ? "no reason given" : built->said[0]));
  }
  Demonstration demonstration;
  for (const Show& show : lesson.shows) {
    auto run = run_show(show, image);
    if (!run) return tl::make_unexpected(run.error());
    for (const scenario::Failure& failure : run->failures) {
      demonstration.failed.push_back(
          fmt::format("{}/lesson.toml:{}: {}: expected {}, got {}", lesson.folder.generic_string(),
                      failure.line, failure.expectation, failure.expected, failure.got));
    }
    demonstration.runs.push_back(std::move(*run));
  }
  return demonstration;
}

std::string reveal_page(const Lesson& lesson, const Demonstration& demonstration,
                        const Page& page) {
  std::string text;
  for (std::size_t i = 0; i < demonstration.runs.size(); ++i) {
    const ShownRun& run = demonstration.runs[i];
    const std::string& title = lesson.shows[i].title;
    text += heading(title.empty() ? "The run" : "The run: " + title, page);
    text += "   " + page.style.faint("$ " + page.sehlab + " " + run.command) + "\n\n" +
            to_terminal(run, page);
    if (!run.report.empty()) text += '\n' + run.report;
  }
  text += heading("What it shows", page) + to_terminal(lesson.reveal, page);
  text += heading("Exercise", page) + to_terminal(lesson.exercise, page) + '\n';
  text += fmt::format(
      "   {2} learn {0} --edit     your copy of {1}\n"
      "   {2} learn {0} --check    build it, run it, say what is right\n",
      lesson.number, lesson.guest, page.sehlab);
  if (const auto terms = lesson.terms(); !terms.empty()) {
    text += heading("Words", page);
    for (const std::string& term : terms) text += "   " + page.sehlab + " explain " + term + '\n';
  }
  return text + heading("Sources", page) + listed(lesson.sources, page);
}

std::string course_page(const std::vector<Lesson>& lessons, const Page& page) {
  std::string text = page.style.bold("Structured exception handling, seen from inside") + "\n\n";
  for (const Lesson& lesson : lessons) {
    text += fmt::format("   {:2}  {}\n", lesson.number, lesson.title);
  }
  return text + fmt::format(
                    "\n   {0} learn N                     read lesson N, predict, look\n"
                    "   {0} learn N --edit, --check     its exercise\n",
                    page.sehlab);
}

std::string course_json(const std::vector<Lesson>& lessons) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const Lesson& lesson : lessons) {
    all.push_back({{"number", lesson.number},
                   {"name", lesson.name},
                   {"title", lesson.title},
                   {"guest", (lesson.folder / lesson.guest).generic_string()},
                   {"runs", lesson.shows.size()},
                   {"checks", lesson.checks.size()},
                   {"terms", lesson.terms()},
                   {"sources", lesson.sources}});
  }
  const nlohmann::ordered_json document{{"schema_version", 1}, {"lessons", std::move(all)}};
  return document.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

}  // namespace sehlab::lab
