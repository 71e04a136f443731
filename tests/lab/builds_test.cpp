// A program's list of builds (docs/scenarios.md, `guests`).
#include "host/lab/builds.hpp"

#include <doctest/doctest.h>

#include "tests/scenario/judged.hpp"

namespace sehlab {

TEST_SUITE("lab") {
  TEST_CASE("a list of builds says what runs always, what more there is, and what is absent") {
    scenario::TemporaryFolder folder;
    folder.write("p.builds", "p.O0.exe always\np.O1.exe more\np.x.exe absent x is not there\n");
    const auto builds = lab::builds_of(folder.path(), "p");
    REQUIRE(builds.has_value());
    REQUIRE(builds->size() == 3);
    CHECK(builds->at(0).guest == "p.O0.exe");
    CHECK(builds->at(0).always);
    CHECK_FALSE(builds->at(1).always);
    CHECK(builds->at(1).absent.empty());
    CHECK(builds->at(2).absent == "x is not there");
  }

  TEST_CASE("a list that is not there, or has a line of another form, is an error") {
    scenario::TemporaryFolder folder;
    CHECK_FALSE(lab::builds_of(folder.path(), "p").has_value());
    for (const char* line : {"p.O0.exe", "p.O0.exe sometimes", "p.O0.exe absent"}) {
      CAPTURE(line);
      folder.write("p.builds", line);
      CHECK_FALSE(lab::builds_of(folder.path(), "p").has_value());
    }
  }
}

}  // namespace sehlab
