// What is kept of a scenario that failed. Expectations: failure_report.hpp; docs/cli.md, "sehlab
// test".
#include "host/lab/failure_report.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

#include "host/lab/scenario_lab.hpp"
#include "host/scenario/suite.hpp"
#include "tests/lab/scratch.hpp"

namespace sehlab::lab {
TEST_SUITE("lab") {
  TEST_CASE("a report is named after its scenario, whatever that is called") {
    CHECK(report_name("tests/seh/null.toml") == "tests-seh-null");
    CHECK(report_name("./a.toml") == "a");
    CHECK(report_name("../up.toml") == "up");
    CHECK(report_name("/abs/a b.toml") == "abs-a-b");
    CHECK(report_name("größe.toml") == "gr----e");  // two bytes of UTF-8 each
    CHECK(report_name(".toml") == "toml");
    CHECK(report_name("..") == "scenario");
    CHECK(report_name(std::string(300, 'x') + ".toml").size() == 100);
  }

  TEST_CASE("of a scenario that fails the page and the crash report are kept, of others nothing") {
    const Scratch scratch;
    const auto folder = scratch.path() / "seh";
    std::filesystem::create_directory(folder);
    const std::string head = "title = \"t\"\nguest = \"unhandled.exe\"\n[expect]\n";
    std::ofstream(folder / "dies.toml") << head << "exit = 0\n";
    std::ofstream(folder / "holds.toml") << head << "exit = 139\n";
    const auto reports = scratch.path() / "new" / "reports";
    const auto keep = failure_reports(reports);
    REQUIRE(keep.has_value());
    scenario::Lab lab = scenario_lab();
    lab.report = *keep;
    const auto dies = scenario::run_one(folder / "dies.toml", lab, {});
    CHECK(dies.status == scenario::Status::Failed);
    CHECK(dies.notes.empty());
    CHECK(dies.report.ends_with("seh-dies.html"));
    CHECK(scenario::run_one(folder / "holds.toml", lab, {}).report.empty());

    CHECK(Scratch::read(dies.report).find("unhandled.exe") != std::string::npos);
    std::filesystem::path text = dies.report;
    const std::string said = Scratch::read(text.replace_extension(".txt"));
    CAPTURE(said);
    CHECK(said.find("--- scenario\n") == 0);
    CHECK(said.find("unhandled exception ") != std::string::npos);  // docs/cli.md: the crash report
    CHECK(std::distance(std::filesystem::directory_iterator(reports), {}) == 2);
  }

  TEST_CASE("scenarios whose names come to the same have a report each, one has one") {
    const Scratch scratch;
    std::filesystem::create_directory(scratch.path() / "a");
    const std::string text = "title = \"t\"\nguest = \"exit0.exe\"\n[expect]\nexit = 1\n";
    std::ofstream(scratch.path() / "a" / "b.toml") << text;
    std::ofstream(scratch.path() / "a-b.toml") << text;
    const auto keep = failure_reports(scratch.path() / "reports");
    REQUIRE(keep.has_value());
    scenario::Lab lab = scenario_lab();
    lab.report = *keep;
    const auto one = scenario::run_one(scratch.path() / "a" / "b.toml", lab, {});
    const auto other = scenario::run_one(scratch.path() / "a-b.toml", lab, {});
    CHECK(one.report != other.report);
    CHECK(other.report.ends_with("a-b-2.html"));
    CHECK(scenario::run_one(scratch.path() / "a" / "b.toml", lab, {}).report == one.report);
  }

  TEST_CASE("a folder that cannot be made is an error, a report that cannot be written a note") {
    const Scratch scratch;
    std::ofstream(scratch.path() / "file") << "x";
    CHECK_FALSE(failure_reports(scratch.path() / "file").has_value());
    CHECK_FALSE(failure_reports(scratch.path() / "file" / "below").has_value());

    std::ofstream(scratch.path() / "t.toml")
        << "title = \"t\"\nguest = \"exit0.exe\"\n[expect]\nexit = 1\n";
    const auto reports = scratch.path() / "reports";
    const auto keep = failure_reports(reports);
    REQUIRE(keep.has_value());
    std::filesystem::remove(reports);
    scenario::Lab lab = scenario_lab();
    lab.report = *keep;
    const auto outcome = scenario::run_one(scratch.path() / "t.toml", lab, {});
    CHECK(outcome.report.empty());
    REQUIRE(outcome.notes.size() == 1);
    CHECK(outcome.notes[0].starts_with("no report: "));
  }
}

}  // namespace sehlab::lab
