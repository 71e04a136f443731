#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "host/scenario/console_report.hpp"
#include "host/scenario/json_report.hpp"
#include "host/scenario/junit_report.hpp"

using namespace sehlab::scenario;

namespace {

std::vector<Outcome> outcomes() {
  Outcome passed{.file = "dir/a.toml", .title = "the chain is <restored>", .seconds = 0.002};
  Outcome failed{.file = "dir/b.toml",
                 .title = "the same after 100,000 panics",
                 .status = Status::Failed,
                 .failures = {{"handlers", 14, "sigtramp@mstart", "nobody & \"none\""}},
                 .reproduce = "sehlab run --trace go_fixed.exe",
                 .seconds = 1.25};
  Outcome skipped{
      .file = "other/c.toml", .title = "later", .status = Status::Skipped, .message = "not yet"};
  Outcome broken{.file = "other/d.toml",
                 .title = "d.toml",
                 .status = Status::Broken,
                 .message = "scenario other/d.toml:3: title: must\x01 be a string\xff"};
  return {passed, failed, skipped, broken};
}

constexpr Summary kSummary{.passed = 1, .failed = 1, .skipped = 1, .broken = 1, .seconds = 1.3};

void tell(Reporter& reporter) {
  for (const Outcome& outcome : outcomes()) reporter.done(outcome);
  reporter.end(kSummary);
}

}  // namespace

TEST_SUITE_BEGIN("scenario");

TEST_CASE("the console shows a line a scenario and failures in full") {
  std::ostringstream out, err;
  ConsoleReport report(out, err, false);
  tell(report);
  // Written by hand, as somebody would like to read it.
  CHECK(out.str() ==
        "dir\n"
        "  ✓ the chain is <restored>                                                  2 ms\n"
        "  ✗ the same after 100,000 panics                                           1.2 s\n"
        "      handlers        expected  sigtramp@mstart\n"
        "                      got       nobody & \"none\"\n"
        "                      at        dir/b.toml:14\n"
        "      see                       sehlab run --trace go_fixed.exe\n"
        "other\n"
        "  - later                                                                skipped: not "
        "yet\n"
        "  ! d.toml                                                              \n"
        "1 passed, 1 failed, 1 skipped, 1 could not be run in 1.3 s\n");
  CHECK(err.str() == "sehlab: scenario other/d.toml:3: title: must\\x01 be a string\\xff\n");
}

TEST_CASE("colour only adds to the console") {
  std::ostringstream out, err;
  ConsoleReport report(out, err, true);
  tell(report);
  CHECK(out.str().find("\x1b[32m✓\x1b[0m") != std::string::npos);
  CHECK(out.str().find("\x1b[31m✗\x1b[0m") != std::string::npos);
}

TEST_CASE("the JUnit report counts, escapes and replaces what XML forbids") {
  std::ostringstream out;
  JunitReport report(out);
  tell(report);
  const std::string xml = out.str();
  const auto has = [&](const char* part) { return xml.find(part) != std::string::npos; };
  CHECK(xml.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"));
  CHECK(has("tests=\"4\" failures=\"1\" errors=\"1\" skipped=\"1\" time=\"1.300\""));
  CHECK(
      has("<testcase classname=\"dir/a.toml\" name=\"the chain is &lt;restored&gt;\" "
          "time=\"0.002\"/>"));
  CHECK(
      has("<failure message=\"handlers\">expected sigtramp@mstart&#10;got nobody &amp; "
          "&quot;none&quot;&#10;at dir/b.toml:14</failure>"));
  CHECK(has("<skipped message=\"not yet\"/>"));
  // U+FFFD for the control character and for the byte that is no UTF-8.
  CHECK(
      has("<error message=\"scenario other/d.toml:3: title: must\xef\xbf\xbd be a "
          "string\xef\xbf\xbd\"/>"));
}

TEST_CASE("the JSON report is one object with every scenario") {
  std::ostringstream out;
  JsonReport report(out);
  tell(report);
  const auto json = nlohmann::json::parse(out.str());
  CHECK(json["passed"] == 1);
  CHECK(json["broken"] == 1);
  REQUIRE(json["scenarios"].size() == 4);
  CHECK(json["scenarios"][0]["status"] == "passed");
  CHECK(json["scenarios"][1]["failures"][0]["expected"] == "sigtramp@mstart");
  CHECK(json["scenarios"][1]["failures"][0]["line"] == 14);
  CHECK(json["scenarios"][2]["message"] == "not yet");
  CHECK(json["scenarios"][3]["status"] == "broken");
}

TEST_CASE("a run without scenarios is still JSON and XML") {
  std::ostringstream json, xml;
  JsonReport json_report(json);
  json_report.end({});
  CHECK(nlohmann::json::parse(json.str())["scenarios"].empty());
  JunitReport junit(xml);
  junit.end({});
  CHECK(xml.str().find("tests=\"0\"") != std::string::npos);
}

TEST_SUITE_END();
