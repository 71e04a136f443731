#include "host/lab/learn/site.hpp"

#include <fmt/format.h>

#include <fstream>
#include <set>
#include <system_error>

#include "host/lab/learn/html_text.hpp"
#include "host/lab/learn/lesson_page.hpp"
#include "host/lab/learn/site_style.hpp"
#include "host/report/glossary.hpp"
#include "host/scenario/text_file.hpp"

namespace sehlab::lab {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kCourse = "Structured exception handling, seen from inside";

std::string whole_page(std::string_view title, const std::string& body) {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<title>{}</title>\n<link rel=\"stylesheet\" href=\"style.css\">\n</head>\n<body>\n{}"
      "</body>\n</html>\n",
      html_escaped(title), body);
}

std::string link_to(const Lesson& lesson, std::string_view before, std::string_view after) {
  return fmt::format("<a href=\"{}.html\">{}{}{}</a>", html_escaped(lesson.name), before,
                     html_escaped(lesson.title), after);
}

std::string navigation(const std::vector<Lesson>& lessons, std::size_t i) {
  std::string text = "<nav>\n<span>";
  if (i > 0) text += link_to(lessons[i - 1], "← ", "");
  text += "</span>\n<a href=\"index.html\">All lessons</a>\n<span>";
  if (i + 1 < lessons.size()) text += link_to(lessons[i + 1], "", " →");
  return text + "</span>\n</nav>\n";
}

std::string runs(const Lesson& lesson, const Demonstration& demonstration) {
  std::string text;
  for (std::size_t i = 0; i < demonstration.runs.size(); ++i) {
    const std::string& title = lesson.shows[i].title;
    text += "<h3>" + (title.empty() ? "The run" : html_escaped("The run: " + title)) + "</h3>\n" +
            to_html(demonstration.runs[i]);
  }
  return text;
}

std::string lesson_html(const std::vector<Lesson>& lessons, std::size_t i,
                        const std::string& source, const Demonstration& demonstration) {
  const Lesson& lesson = lessons[i];
  std::string text = "<header>\n" + navigation(lessons, i) + "</header>\n<main>\n";
  text += fmt::format("<h1><small>Lesson {}</small>{}</h1>\n", lesson.number,
                      html_escaped(lesson.title));
  text += to_html(lesson.text);
  text +=
      "<h2>The guest, <code>" + html_escaped(lesson.guest) + "</code></h2>\n" + source_html(source);
  text += "<section class=\"predict\">\n<h2>Before you look</h2>\n" + to_html(lesson.predict) +
          "</section>\n";
  text += "<details>\n<summary>Show what happens</summary>\n" + runs(lesson, demonstration) +
          "<h2>What it shows</h2>\n" + to_html(lesson.reveal) + "</details>\n";
  text += "<h2>Exercise</h2>\n" + to_html(lesson.exercise);
  text += fmt::format(
      "<pre>./lab learn {0} --edit     # your copy of {1}\n"
      "./lab learn {0} --check    # build it, run it, say what is right\n</pre>\n",
      lesson.number, html_escaped(lesson.guest));
  text += "<h2>Sources</h2>\n<ul class=\"sources\">\n";
  for (const std::string& one : lesson.sources) text += "<li>" + html_escaped(one) + "</li>\n";
  return text + "</ul>\n</main>\n<footer>\n" + navigation(lessons, i) + "</footer>\n";
}

std::string index_html(const std::vector<Lesson>& lessons) {
  std::string text = fmt::format("<main>\n<h1>{}</h1>\n", kCourse);
  text +=
      "<p>A course on how 32-bit Windows finds the handler of an exception. Each lesson has a "
      "short "
      "text, a program small enough to read, a question to answer before you look, the trace of a "
      "run, and an exercise that the lab checks. It needs <code>./lab</code> and an editor.</p>\n"
      "<ol class=\"lessons\">\n";
  for (const Lesson& lesson : lessons) {
    text += fmt::format("<li><b>{}</b>{}</li>\n", lesson.number, link_to(lesson, "", ""));
  }
  return text +
         "</ol>\n<p><a href=\"words.html\">All words</a> that traces and reports use.</p>\n"
         "</main>\n";
}

std::string words_html() {
  std::string text =
      "<nav><a href=\"index.html\">All lessons</a></nav>\n<main>\n<h1>Words</h1>\n<dl>\n";
  std::set<std::string_view> seen;
  for (const report::GlossaryEntry& entry : report::glossary()) {
    std::string id(entry.word);  // a check and a defect may have one name
    if (!seen.insert(entry.word).second) id += "-" + std::string(word_kind_name(entry.kind));
    const std::string value = entry.value ? fmt::format(", {:08X}", *entry.value) : "";
    text += fmt::format("<dt id=\"{3}\">{0} <span>{1}{2}</span></dt>\n", html_escaped(entry.word),
                        report::word_kind_name(entry.kind), value, html_escaped(id));
    text += fmt::format("<dd>{}<br><small>{}</small></dd>\n", html_escaped(entry.text),
                        html_escaped(entry.source));
  }
  return text + "</dl>\n</main>\n";
}

Result<> write(const fs::path& file, std::string_view text) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out << text;
  if (!out.flush()) return fail(file.generic_string(), "cannot be written");
  return {};
}

Result<> write_lesson(const Kit& kit, const std::vector<Lesson>& lessons, std::size_t i,
                      const fs::path& folder, std::vector<std::string>& failed) {
  const Lesson& lesson = lessons[i];
  const auto source = scenario::read_text_file(lesson.folder / lesson.guest, "lesson");
  if (!source) return tl::make_unexpected(source.error());
  const auto demonstration = demonstrate(kit, lesson);
  if (!demonstration) return tl::make_unexpected(demonstration.error());
  failed.insert(failed.end(), demonstration->failed.begin(), demonstration->failed.end());
  return write(folder / (lesson.name + ".html"),
               whole_page(fmt::format("{}  {}", lesson.number, lesson.title),
                          lesson_html(lessons, i, *source, *demonstration)));
}

}  // namespace

Result<std::vector<std::string>> write_site(const Kit& kit, const std::vector<Lesson>& lessons,
                                            const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return fail(folder.generic_string(), "cannot be made: " + error.message());
  std::vector<std::string> failed;
  for (std::size_t i = 0; i < lessons.size(); ++i) {
    if (auto done = write_lesson(kit, lessons, i, folder, failed); !done) {
      return tl::make_unexpected(done.error());
    }
  }
  for (const auto& [leaf, text] :
       {std::pair<std::string_view, std::string>("style.css", site_style()),
        {"words.html", whole_page("Words", words_html())},
        {"index.html", whole_page(kCourse, index_html(lessons))}}) {
    if (auto written = write(folder / leaf, text); !written) {
      return tl::make_unexpected(written.error());
    }
  }
  return failed;
}

}  // namespace sehlab::lab
