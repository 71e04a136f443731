#include "host/scenario/console_report.hpp"

#include <fmt/format.h>

#include "host/trace/plain.hpp"

namespace sehlab::scenario {
namespace {

constexpr std::size_t kTitleColumn = 68;

std::string duration(double seconds) {
  if (seconds < 1) return fmt::format("{:>5.0f} ms", seconds * 1000);
  return fmt::format("{:>6.1f} s", seconds);
}

/// "    handlers   expected  …", further lines below the first.
std::string labelled(std::string_view label, std::string_view what, std::string_view text) {
  const std::string head = fmt::format("      {:<15} {:<9} ", label, what);
  std::string block = head;
  for (const char c : text) {
    block += c;
    if (c == '\n') block += "        ";
  }
  return block + '\n';
}

}  // namespace

std::string ConsoleReport::ink(const char* code, const std::string& text) const {
  return colour_ ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : text;
}

void ConsoleReport::done(const Outcome& outcome) {
  if (!any_ || outcome.file.parent_path() != folder_) {
    folder_ = outcome.file.parent_path();
    out_ << trace::harmless(folder_.empty() ? "." : folder_.generic_string()) << '\n';
    any_ = true;
  }
  const std::string title = trace::padded(trace::harmless(outcome.title), kTitleColumn);
  const std::string time = ink("2", duration(outcome.seconds));
  switch (outcome.status) {
    case Status::Passed:
      out_ << "  " << ink("32", "✓") << ' ' << title << ' ' << time << '\n';
      for (const std::string& note : outcome.notes)
        out_ << "      " << trace::harmless(note) << '\n';
      if (outcome.golden_changed.value_or(false)) out_ << "      golden trace written\n";
      break;
    case Status::Skipped:
      out_ << "  - " << title << " skipped: " << trace::harmless(outcome.message) << '\n';
      break;
    case Status::Failed:
      out_ << "  " << ink("31", "✗") << ' ' << title << ' ' << time << '\n';
      for (const Failure& failure : outcome.failures) {
        out_ << labelled(failure.expectation, "expected", failure.expected)
             << labelled("", "got", failure.got)
             << labelled("", "at",
                         fmt::format("{}:{}", outcome.file.generic_string(), failure.line));
      }
      out_ << labelled("see", "", outcome.reproduce);
      if (!outcome.report.empty()) {
        out_ << labelled("report", "", trace::harmless(outcome.report));
      }
      for (const std::string& note : outcome.notes)
        out_ << "      " << trace::harmless(note) << '\n';
      break;
    case Status::Broken:
      out_ << "  " << ink("31", "!") << ' ' << title << '\n';
      out_.flush();
      err_ << "sehlab: " << trace::harmless(outcome.message) << '\n';
      break;
  }
  out_.flush();
}

void ConsoleReport::end(const Summary& summary) {
  out_ << fmt::format("{} passed, {} failed, {} skipped", summary.passed, summary.failed,
                      summary.skipped);
  if (summary.broken > 0) out_ << fmt::format(", {} could not be run", summary.broken);
  out_ << fmt::format(" in {:.1f} s\n", summary.seconds);
  out_.flush();
}

}  // namespace sehlab::scenario
