#include "host/scenario/junit_report.hpp"

#include <fmt/format.h>

#include "host/scenario/xml.hpp"

namespace sehlab::scenario {
namespace {

std::string body(const Outcome& outcome) {
  std::string text;
  for (const Failure& failure : outcome.failures) {
    text +=
        fmt::format("      <failure message=\"{}\">expected {}&#10;got {}&#10;at {}:{}</failure>\n",
                    xml(failure.expectation), xml(failure.expected), xml(failure.got),
                    xml(outcome.file.generic_string()), failure.line);
  }
  if (outcome.status == Status::Broken) {
    text += fmt::format("      <error message=\"{}\"/>\n", xml(outcome.message));
  } else if (outcome.status == Status::Skipped) {
    text += fmt::format("      <skipped message=\"{}\"/>\n", xml(outcome.message));
  }
  return text;
}

}  // namespace

void JunitReport::end(const Summary& summary) {
  const std::string counts = fmt::format(
      "tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" time=\"{:.3f}\"", outcomes_.size(),
      summary.failed, summary.broken, summary.skipped, summary.seconds);
  out_ << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  out_ << fmt::format("<testsuites {}>\n  <testsuite name=\"sehlab\" {}>\n", counts, counts);
  for (const Outcome& outcome : outcomes_) {
    out_ << fmt::format("    <testcase classname=\"{}\" name=\"{}\" time=\"{:.3f}\"",
                        xml(outcome.file.generic_string()), xml(outcome.title), outcome.seconds);
    const std::string inside = body(outcome);
    out_ << (inside.empty() ? "/>\n" : ">\n" + inside + "    </testcase>\n");
  }
  out_ << "  </testsuite>\n</testsuites>\n";
  out_.flush();
}

}  // namespace sehlab::scenario
