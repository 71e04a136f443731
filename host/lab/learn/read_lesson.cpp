#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <system_error>

#include "host/lab/learn/lesson.hpp"
#include "host/report/glossary.hpp"
#include "host/scenario/read_expectations.hpp"
#include "host/scenario/read_injections.hpp"
#include "host/scenario/table_reader.hpp"
#include "host/scenario/text_file.hpp"
#include "host/scenario/toml_value.hpp"
#include "host/seh/profile.hpp"

namespace sehlab::lab {
namespace {

namespace fs = std::filesystem;
using scenario::Complaint;
using scenario::TableReader;
using scenario::TomlArray;
using scenario::TomlValue;

/// What a lesson shows without `kinds`: all that is about exceptions, and what the guest writes.
constexpr std::string_view kShown =
    "push,pop,fault,dispatch,visit,refused,handler,disposition,vectored,answer,continued,abandoned,"
    "unwind,unwound,unwind-end,exposed,exposure-end,written,defect,output,end";

void read_kinds(TableReader& table, Show& show) {
  std::string list(kShown);
  int line = table.line();
  if (const auto kinds = table.texts("kinds")) {
    list.clear();
    line = kinds->line;
    for (const auto& kind : kinds->value) list += (list.empty() ? "" : ",") + kind.value;
  }
  const auto set = trace::KindSet::parse(list);
  set ? void(show.kinds = *set) : table.complain("kinds", line, set.error().what);
}

/// The keys that a scenario file has as well: how the guest is run, and what must happen.
void read_run(TableReader& table, scenario::Scenario& scenario, Complaint& complaint) {
  if (const auto run = table.texts("run")) {
    for (const auto& argument : run->value) scenario.run.push_back(argument.value);
  }
  scenario.profile = table.words("profile");
  if (scenario.profile && seh::find_profile(scenario.profile->value) == nullptr) {
    table.complain("profile", scenario.profile->line, "is no profile");
  }
  if (const auto sehop = table.flag("sehop")) scenario.sehop = sehop->value;
  scenario.budget = kLessonBudget;
  if (const auto budget = table.number("budget", 1, 1'000'000'000)) {
    scenario.budget = static_cast<std::uint64_t>(budget->value);
  }
  const TomlValue* expect = table.take("expect");
  if (expect == nullptr) return table.missing("expect");
  scenario.expect = scenario::read_expectations(*expect, complaint);
  scenario.expects = true;
  auto& e = scenario.expect;
  if (!e.exit && !e.end && !e.code) {
    e.end = scenario::At<scenario::End>{scenario::End::Exited, expect->line};
  }
}

Show read_show(const TomlValue& value, const Lesson& lesson, Complaint& complaint) {
  TableReader table(value, "show", complaint);
  Show show;
  show.scenario.file = lesson.folder / "lesson.toml";
  if (const auto title = table.words("title")) show.title = title->value;
  show.scenario.title = show.title;
  show.scenario.guest = {lesson.image(), value.line};
  if (const auto guest = table.words("guest")) {
    show.scenario.guest = *guest;
    show.own_guest = false;
  }
  if (const auto system = table.flag("system")) show.system = system->value;
  if (const auto report = table.flag("report")) show.report = report->value;
  read_kinds(table, show);
  read_run(table, show.scenario, complaint);
  table.finish();
  return show;
}

Check read_check(const TomlValue& value, const Lesson& lesson, Complaint& complaint) {
  TableReader table(value, "check", complaint);
  Check check;
  check.scenario.file = lesson.folder / "lesson.toml";
  check.scenario.guest = {lesson.image(), value.line};
  const auto right = table.words("right"), wrong = table.words("wrong");
  right ? void(check.right = right->value) : table.missing("right");
  wrong ? void(check.wrong = wrong->value) : table.missing("wrong");
  check.scenario.title = check.right;
  read_run(table, check.scenario, complaint);
  table.finish();
  return check;
}

/// An array of tables that has at least one.
template <class T, class Read>
std::vector<T> read_all(TableReader& document, std::string_view key, Read read) {
  std::vector<T> all;
  const TomlValue* value = document.take(key);
  const auto* array = value == nullptr ? nullptr : std::get_if<TomlArray>(&value->value);
  if (value == nullptr) {
    document.missing(key);
  } else if (array == nullptr || array->empty()) {
    document.complain(key, value->line, fmt::format("must be tables, [[{}]]", key));
  } else {
    for (const TomlValue& element : *array) all.push_back(read(element));
  }
  return all;
}

void read_guest_name(TableReader& table, Lesson& lesson) {
  const auto guest = table.words("guest");
  if (!guest) return table.missing("guest");
  const fs::path path = guest->value;
  constexpr std::array<std::string_view, 3> kKinds{".c", ".cpp", ".S"};
  if (path.has_parent_path() || std::ranges::find(kKinds, path.extension()) == kKinds.end()) {
    table.complain("guest", guest->line, "must be a file beside this one: *.c, *.cpp or *.S");
  } else if (std::error_code error; !fs::is_regular_file(lesson.folder / path, error)) {
    table.complain("guest", guest->line, "there is no such file");
  }
  lesson.guest = guest->value;
}

Result<> read_table(Lesson& lesson) {
  const fs::path file = lesson.folder / "lesson.toml";
  const std::string where = "lesson " + file.generic_string();
  const auto text = scenario::read_text_file(file, where);
  if (!text) return tl::make_unexpected(text.error());
  auto document = scenario::parse_toml(*text, where);
  if (!document) return tl::make_unexpected(document.error());
  document->line = 1;
  Complaint complaint;
  TableReader table(*document, "", complaint);
  const auto title = table.words("title");
  title ? void(lesson.title = title->value) : table.missing("title");
  read_guest_name(table, lesson);
  if (const auto safeseh = table.flag("safeseh")) lesson.safeseh = safeseh->value;
  for (const auto& source : table.some_texts("sources")) lesson.sources.push_back(source.value);
  if (lesson.sources.empty()) table.missing("sources");
  lesson.shows = read_all<Show>(
      table, "show", [&](const TomlValue& value) { return read_show(value, lesson, complaint); });
  lesson.checks = read_all<Check>(
      table, "check", [&](const TomlValue& value) { return read_check(value, lesson, complaint); });
  table.finish();
  if (complaint) return fail(fmt::format("{}:{}", where, complaint.line), complaint.what);
  return {};
}

Result<> read_text(Lesson& lesson) {
  const fs::path file = lesson.folder / "lesson.md";
  const std::string where = "lesson " + file.generic_string();
  const auto text = scenario::read_text_file(file, where);
  if (!text) return tl::make_unexpected(text.error());
  auto sections = parse_sections(*text, where);
  if (!sections) return tl::make_unexpected(sections.error());
  constexpr std::array<std::string_view, 4> kTitles{"Text", "Predict", "Reveal", "Exercise"};
  const std::array<Document*, 4> documents{&lesson.text, &lesson.predict, &lesson.reveal,
                                           &lesson.exercise};
  for (std::size_t i = 0; i < kTitles.size(); ++i) {
    if (i >= sections->size() || (*sections)[i].title != kTitles[i] ||
        (*sections)[i].document.empty()) {
      return fail(where,
                  fmt::format("section {} must be \"## {}\", with a text", i + 1, kTitles[i]));
    }
    *documents[i] = std::move((*sections)[i].document);
  }
  if (sections->size() > kTitles.size()) {
    return fail(fmt::format("{}:{}", where, sections->back().line), "there is no such section");
  }
  for (const std::string& term : lesson.terms()) {
    if (report::look_up(term).empty()) {
      return fail(where, fmt::format("[[{}]] is no word of `sehlab explain`", term));
    }
  }
  return {};
}

}  // namespace

Result<Lesson> read_lesson(const fs::path& folder) {
  Lesson lesson;
  lesson.folder = folder;
  lesson.name = folder.filename().string();
  const bool named = lesson.name.size() > 3 && std::isdigit(lesson.name[0]) != 0 &&
                     std::isdigit(lesson.name[1]) != 0 && lesson.name[2] == '-';
  if (!named) return fail("lesson " + folder.generic_string(), "is not named as 03-chain is");
  lesson.number = (lesson.name[0] - '0') * 10 + (lesson.name[1] - '0');
  if (auto read = read_table(lesson); !read) return tl::make_unexpected(read.error());
  if (auto read = read_text(lesson); !read) return tl::make_unexpected(read.error());
  return lesson;
}

Result<std::vector<Lesson>> read_course(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> folders;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    std::error_code ignored;
    if (entry->is_directory(ignored) && fs::exists(entry->path() / "lesson.toml", ignored)) {
      folders.push_back(entry->path());
    }
  }
  if (error) return fail("course " + folder.generic_string(), error.message());
  if (folders.empty()) return fail("course " + folder.generic_string(), "has no lesson");
  std::ranges::sort(folders);
  std::vector<Lesson> lessons;
  for (const fs::path& one : folders) {
    auto lesson = read_lesson(one);
    if (!lesson) return tl::make_unexpected(lesson.error());
    if (!lessons.empty() && lessons.back().number == lesson->number) {
      return fail("lesson " + one.generic_string(),
                  "has the number of " + lessons.back().folder.generic_string());
    }
    lessons.push_back(std::move(*lesson));
  }
  return lessons;
}

std::vector<std::string> Lesson::terms() const {
  std::vector<std::string> all;
  for (const Document* document : {&text, &predict, &reveal, &exercise}) {
    for (std::string& term : terms_of(*document)) {
      if (std::ranges::find(all, term) == all.end()) all.push_back(std::move(term));
    }
  }
  return all;
}

std::string Lesson::image() const {
  return fs::path(guest).stem().string() + ".exe";
}

}  // namespace sehlab::lab
