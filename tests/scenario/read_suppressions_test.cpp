// Suppression files: docs/cli.md, "Suppressions".
#include "host/scenario/read_suppressions.hpp"

#include <doctest/doctest.h>

using namespace sehlab;
using namespace sehlab::scenario;

namespace {
std::string complaint(std::string_view text) {
  const auto read = parse_suppressions(text, "s.toml");
  return read ? "" : read.error().text();
}
constexpr std::string_view kGood =
    "[[suppress]]\ndefect = \"dangling\"\nowner = \"go!*\"\nreason = \"issue 7470\"\n";
}  // namespace

TEST_SUITE("scenario") {
  TEST_CASE("each table is a suppression; a file without any is one that suppresses nothing") {
    const auto read = parse_suppressions(
        std::string(kGood) + "[[suppress]]\ndefect=\"*\"\nowner=\"a!b\"\nreason=\"c\"\n", "s.toml");
    REQUIRE(read);
    REQUIRE(read->size() == 2);
    CHECK(read->at(0).defect == "dangling");
    CHECK(read->at(0).owner == "go!*");
    CHECK(read->at(0).reason == "issue 7470");
    CHECK(read->at(1).defect == "*");
    CHECK(parse_suppressions("# nothing yet\n", "s.toml").value().empty());
  }

  TEST_CASE("what is wrong with a file is said with its line") {
    CHECK(complaint("[[suppress]]\ndefect=\"dangling\"\nowner=\"a!b\"\n")
              .find("s.toml:1: suppress.reason") != std::string::npos);
    CHECK(complaint("[[suppress]]\ndefect=\"dangling\"\nowner=\"a!b\"\nreason=\"\"\n")
              .find("s.toml:4: suppress.reason") != std::string::npos);
    CHECK(complaint("[[suppress]]\ndefect=\"danglin\"\nowner=\"a!b\"\nreason=\"c\"\n")
              .find("s.toml:2: suppress.defect: \"danglin\" is no defect (did you mean "
                    "\"dangling\"?)") != std::string::npos);
    CHECK(complaint(std::string(kGood) + "line = 3\n").find("s.toml:5: suppress.line") !=
          std::string::npos);
    CHECK(complaint("suppress = 1\n").find("s.toml:1: suppress: must be") != std::string::npos);
    CHECK(complaint("[[suppress]\n").find("s.toml:1") != std::string::npos);
    CHECK(read_suppressions("/nonexistent").error().text().find("cannot be read") !=
          std::string::npos);
  }
}
