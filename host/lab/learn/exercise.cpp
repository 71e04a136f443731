#include "host/lab/learn/exercise.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <system_error>

#include "host/report/wrap.hpp"
#include "host/trace/plain.hpp"

namespace sehlab::lab {
namespace {

namespace fs = std::filesystem;

/// `folder` is `parent` or within it.
bool within(const fs::path& folder, const fs::path& parent) {
  std::error_code error;
  const fs::path inner = fs::weakly_canonical(folder, error), outer = fs::canonical(parent, error);
  if (error) return false;
  return std::mismatch(outer.begin(), outer.end(), inner.begin(), inner.end()).first == outer.end();
}

Result<> copy_to(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::copy_file(from, to, error);
  if (error) return fail(to.generic_string(), "cannot be written: " + error.message());
  return {};
}

/// Output as lines: the quotes that it is told in and \n taken away.
std::vector<std::string> lines_of_output(std::string_view quoted) {
  if (quoted.starts_with('"')) quoted.remove_prefix(1);
  if (quoted.ends_with('"')) quoted.remove_suffix(1);
  std::vector<std::string> lines(1);
  while (!quoted.empty()) {
    const std::size_t step = quoted.starts_with('\\') && quoted.size() > 1 ? 2 : 1;
    const std::string_view taken = quoted.substr(0, step);
    quoted.remove_prefix(step);
    if (taken != "\\n") {
      lines.back() += taken;
    } else if (!quoted.empty()) {
      lines.emplace_back();
    }
  }
  return lines;
}

/// One side of a failure behind its label, a row below the other.
std::string side(std::string_view label, const std::string& value, bool output, const Page& page) {
  constexpr std::size_t kLabel = 17;
  std::vector<std::string> rows;
  if (output) {
    rows = lines_of_output(value);
  } else {
    std::string_view rest = value;
    do {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      const auto wrapped = report::wrap(rest.substr(0, end), page.columns - kLabel);
      rows.insert(rows.end(), wrapped.begin(), wrapped.end());
      rest.remove_prefix(std::min(end + 1, rest.size()));
    } while (!rest.empty());
  }
  std::string text;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    text += fmt::format("      {:10} {}\n", i == 0 ? label : "", rows[i]);
  }
  return text;
}

std::string details(const scenario::Failure& failure, const Page& page) {
  const bool output = failure.expectation.starts_with("stdout");
  const std::string what = output ? "the output" : failure.expectation;
  return "      " + page.style.faint(what) + '\n' +
         side("expected", failure.expected, output, page) + side("got", failure.got, output, page);
}

std::string one_check(const Check& check, const CheckResult& result, const fs::path& image,
                      const Page& page) {
  const auto& style = page.style;
  const auto rows = report::wrap(result.holds() ? check.right : check.wrong, page.columns - 4);
  std::string text;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string mark = result.holds() ? style.good("✓") : style.bad("✗");
    text += (i == 0 ? "  " + mark + " " : "    ") + rows[i] + '\n';
  }
  if (!result.missing.empty()) text += report::indented(result.missing, 6, page.columns);
  for (const scenario::Failure& failure : result.failures) text += details(failure, page);
  if (!result.holds()) {
    text += "      see        " + page.sehlab + " " +
            run_command(check.scenario, trace::harmless(image.string())) + '\n';
  }
  return text;
}

}  // namespace

Result<fs::path> student_folder(const Lesson& lesson) {
  const char* home = std::getenv("HOME");
  if (home == nullptr || *home == '\0') return fail("", "name a folder: HOME is not set");
  return fs::path(home) / "sehlab-lessons" / lesson.name;
}

Result<> copy_for_student(const Kit& kit, const Lesson& lesson, const fs::path& folder) {
  if (within(folder, lesson.folder.parent_path())) {
    return fail(folder.generic_string(), "is within the course; name a folder of your own");
  }
  std::error_code error;
  const fs::path source = folder / lesson.guest;
  if (fs::exists(fs::symlink_status(source, error))) {
    return fail(source.generic_string(),
                "is there already and stays as it is; move it away to begin anew");
  }
  fs::create_directories(folder, error);
  if (error) return fail(folder.generic_string(), "cannot be made: " + error.message());
  const fs::path header = folder / kit.header.filename();
  if (!fs::exists(fs::symlink_status(header, error))) {
    if (auto copied = copy_to(kit.header, header); !copied) return copied;
  }
  return copy_to(lesson.folder / lesson.guest, source);
}

bool Checked::passed() const {
  return built.ok &&
         std::ranges::all_of(results, [](const CheckResult& result) { return result.holds(); });
}

Result<Checked> check_exercise(const Kit& kit, const Lesson& lesson, const fs::path& folder) {
  std::error_code error;
  const fs::path source = folder / lesson.guest;
  if (!fs::is_regular_file(source, error)) {
    return fail(source.generic_string(),
                fmt::format("is not there; `sehlab learn {} --edit` makes it", lesson.number));
  }
  if (within(folder, lesson.folder.parent_path())) {
    return fail(folder.generic_string(), "is within the course; name a folder of your own");
  }
  Checked checked;
  // Whole, as a name without a folder is one of the lab's own guests.
  checked.image = fs::absolute(folder / lesson.image(), error).lexically_normal();
  fs::remove(checked.image, error);  // a link that is there must not lead the linker elsewhere
  auto built = build_guest(kit, source, lesson.safeseh, checked.image);
  if (!built) return tl::make_unexpected(built.error());
  checked.built = std::move(*built);
  if (!checked.built.ok) return checked;
  for (const Check& check : lesson.checks) {
    auto result = run_check(check, checked.image);
    if (!result) return tl::make_unexpected(result.error());
    checked.results.push_back(std::move(*result));
  }
  return checked;
}

std::string check_page(const Lesson& lesson, const Checked& checked, const Page& page) {
  std::string text;
  for (const std::string& line : checked.built.said) text += line + '\n';
  if (!checked.built.ok) return text + '\n' + lesson.guest + " could not be built.\n";
  if (!text.empty()) text += '\n';
  std::size_t right = 0;
  for (std::size_t i = 0; i < checked.results.size(); ++i) {
    right += checked.results[i].holds();
    text += one_check(lesson.checks[i], checked.results[i], checked.image, page);
  }
  text += fmt::format("\nlesson {}: {} of {} right{}\n", lesson.number, right,
                      checked.results.size(), checked.passed() ? ", done" : "");
  return text;
}

}  // namespace sehlab::lab
