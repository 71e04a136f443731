// docs/profile-differences.md is what the guests of fixtures/scenarios/cases do under each profile.
// With SEHLAB_UPDATE in the environment the page is written instead of compared.
#include <doctest/doctest.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "tests/cli/run_sehlab.hpp"

namespace sehlab::cli_test {
namespace {

constexpr std::array kProfiles{"windows-10", "windows-10-native", "windows-7", "windows-xp",
                               "wine"};
/// Program and argument; "" for none.
constexpr std::array<std::array<const char*, 2>, 14> kPrograms{{{"faults", ""},
                                                                {"raise", ""},
                                                                {"continue_after_raise", ""},
                                                                {"vectored", ""},
                                                                {"capture_context", ""},
                                                                {"resume_flag", ""},
                                                                {"unwind_rules", ""},
                                                                {"unwind_rules", "bad-stack"},
                                                                {"unwind_rules", "missed"},
                                                                {"bad_record", "misaligned"},
                                                                {"bad_record", "on-stack"},
                                                                {"bad_record", "data"},
                                                                {"bad_record", "heap"},
                                                                {"overwritten_record", ""}}};

/// What the program says, a line each, and how it ends.
std::vector<std::string> lines_of(const std::string& program, const std::string& argument,
                                  const std::string& profile) {
  std::vector<std::string> arguments{"run",       "--budget", "5000000",
                                     "--profile", profile,    guest(program + ".exe")};
  if (!argument.empty()) arguments.push_back(argument);
  const Ran ran = run_sehlab(arguments);
  std::vector<std::string> lines;
  std::istringstream out(ran.out);
  for (std::string line; std::getline(out, line);) lines.push_back(line);
  std::string end = "exit code " + std::to_string(ran.exit_code);
  if (ran.exit_code == 139) end += ", " + ran.err.substr(0, ran.err.find('\n'));
  lines.push_back(end);
  return lines;
}

/// The part of a line that stays and the part that may differ.
std::string subject_of(const std::string& line) {
  const std::size_t colon = line.find(": ");
  return colon == std::string::npos ? "" : line.substr(0, colon);
}

std::string rows_of(const std::string& program, const std::string& argument) {
  std::array<std::vector<std::string>, kProfiles.size()> lines;
  std::size_t most = 0;
  for (std::size_t i = 0; i < kProfiles.size(); ++i) {
    lines[i] = lines_of(program, argument, kProfiles[i]);
    most = std::max(most, lines[i].size());
  }
  std::string rows;
  for (std::size_t row = 0; row < most; ++row) {
    const auto at = [&](std::size_t i) {
      return row < lines[i].size() ? lines[i][row] : std::string("(ended)");
    };
    bool differs = false;
    for (std::size_t i = 1; i < kProfiles.size(); ++i) differs |= at(i) != at(0);
    if (!differs) continue;
    const std::string subject = program == "faults" ? subject_of(at(0)) : "";
    rows += "| `" + program + (argument.empty() ? "" : " " + argument) + "`" +
            (subject.empty() ? "" : ": " + subject) + " |";
    for (std::size_t i = 0; i < kProfiles.size(); ++i) {
      std::string cell = at(i).substr(subject.empty() ? 0 : subject.size() + 2);
      cell.erase(0, cell.find_first_not_of(' '));
      rows += " " + cell + " |";
    }
    rows += "\n";
  }
  return rows;
}

std::string page() {
  std::string text =
      "# What differs between profiles\n\n"
      "Written from runs of the programs in `guest/cases/` under every profile; what is alike is "
      "left\n"
      "out. A test compares this page with the runs (`SEHLAB_UPDATE=1 build/bin/sehlab_cli_tests` "
      "writes\n"
      "it anew). Where each rule comes from: [profiles](profiles.md), or `sehlab explain "
      "profile`.\n\n"
      "A line of `faults` is: code, parameters, ExceptionAddress and EIP as offsets; a dash is "
      "left open.\n\n"
      "| program |";
  for (const char* profile : kProfiles) text += std::string(" ") + profile + " |";
  text += "\n|---|";
  for (std::size_t i = 0; i < kProfiles.size(); ++i) text += "---|";
  text += "\n";
  for (const auto& [program, argument] : kPrograms) text += rows_of(program, argument);
  return text;
}

}  // namespace

TEST_SUITE("cli") {
  TEST_CASE("docs/profile-differences.md is what the programs do under each profile") {
    if (SEHLAB_GUEST_CLANG != 14) {
      MESSAGE("skipped: the page has addresses of programs that clang 14 compiled");
      return;
    }
    const std::string path = SEHLAB_SOURCE_DIR "/docs/profile-differences.md";
    const std::string now = page();
    if (std::getenv("SEHLAB_UPDATE") != nullptr) {
      std::ofstream(path) << now;
      return;
    }
    std::ifstream in(path);
    const std::string page{std::istreambuf_iterator<char>(in), {}};
    CHECK(page == now);
  }
}

}  // namespace sehlab::cli_test
