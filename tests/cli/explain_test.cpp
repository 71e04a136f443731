// sehlab explain, and what depends on the profiles' table.
#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/cli/run_sehlab.hpp"

namespace sehlab::cli_test {

TEST_SUITE("cli") {
  TEST_CASE("explain says what a word is, in any spelling, and where that comes from") {
    const Ran ran = run_sehlab({"explain", "access_violation"});
    CHECK(ran.exit_code == 0);
    CHECK(says(ran.out, "^STATUS_ACCESS_VIOLATION = 0xC0000005"));
    CHECK(says(ran.out, "Source: .*2\\.1"));
    CHECK(ran.err == "");
  }

  TEST_CASE("explain names what an unknown word was perhaps meant to be, exit code 2") {
    const Ran ran = run_sehlab({"explain", "dangeling"});
    CHECK(ran.exit_code == 2);
    CHECK(says(ran.err, "did you mean \"dangling\""));
    const Ran profile = run_sehlab({"explain", "profile", "windows-8"});
    CHECK(profile.exit_code == 2);
    CHECK(says(profile.err, "windows-7"));
  }

  TEST_CASE("explain profile NAME prints every field with a value and a source") {
    const Ran ran = run_sehlab({"explain", "--json", "profile", "windows-7"});
    REQUIRE(ran.exit_code == 0);
    const auto json = nlohmann::json::parse(ran.out).at("entries").at(0);
    CHECK(json.at("fields").size() == 21);  // seh::Profile's, its name aside
    std::ifstream in(SEHLAB_SOURCE_DIR "/docs/profiles.md");
    const std::string page{std::istreambuf_iterator<char>(in), {}};
    for (const auto& field : json.at("fields")) {
      CHECK(field.at("source").get<std::string>() != "");
      const auto name = field.at("name").get<std::string>();
      CAPTURE(name);
      const bool selector = name.ends_with("_selector");
      CHECK((selector || page.find('`' + name + '`') != std::string::npos));
    }
    // facts 2.1 and 4: three parameters on 32-bit Windows, one under WOW64
    CHECK(says(run_sehlab({"explain", "profile", "windows-7"}).out, "\nwow64 +no\n"));
  }

  TEST_CASE("with SEHOP a chain that does not ascend is refused before a handler is called") {
    // facts 3.2 D; without it the same program walks until its budget is spent
    const Ran ran = run_sehlab({"run", "--sehop", "--budget", "1000000", guest("chain_cycle.exe")});
    CAPTURE(ran.err);
    CHECK(ran.exit_code == 139);
    CHECK(says(ran.err, "SEHOP"));
  }

  TEST_CASE("code in a data page runs where DEP is off and faults where it is on") {
    // facts 2.1, row 0E: without DEP a page that can be read can be executed
    CHECK(run_sehlab({"run", guest("execute_data_dep_off.exe")}).exit_code == 42);
    const Ran faulted = run_sehlab({"run", guest("execute_data.exe")});
    CHECK(faulted.exit_code == 139);
    CHECK(says(faulted.err, "execution of 00"));
  }
}

}  // namespace sehlab::cli_test
