// Keys of TOML (toml.io, version 1.0, "Keys"): parts with dots between them, bare or quoted.
#include "host/scenario/toml_keys.hpp"

#include <doctest/doctest.h>

#include <string>

#include "host/scenario/read_scenario.hpp"
#include "host/scenario/read_suppressions.hpp"

namespace sehlab::scenario {
namespace {

std::string repeated(std::string_view part, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += part;
  return text;
}

}  // namespace

TEST_CASE("Dots are counted key by key, whatever stands around them") {
  CHECK(line_of_deep_key("a.b.c = 1\n", 2) == 0);
  CHECK(line_of_deep_key("a.b.c = 1\n", 1) == 1);
  CHECK(line_of_deep_key("x = 1\n[a . \"b\" .\t'c']\n", 1) == 2);
  CHECK(line_of_deep_key("x = {y = {a.b.c = 1}}\n", 1) == 1);
  // A new key begins where another character stands.
  CHECK(line_of_deep_key("a.b = 1.5\nc.d = [1.5, 2.5]\n", 1) == 0);
}

TEST_CASE("Dots in strings and comments are none of a key") {
  CHECK(line_of_deep_key("x = \"a.b.c.d\" # e.f.g.h\n", 1) == 0);
  CHECK(line_of_deep_key("x = 'a.b.c.d\\'\ny.z = 1\n", 1) == 0);
  CHECK(line_of_deep_key("x = \"a\\\".b.c.d\"\n", 1) == 0);
  CHECK(line_of_deep_key("x = \"\"\"\na.b.c\n\"\"\"\n[a.b.c]\n", 1) == 4);
  // Four or five quotation marks end such a string, too.
  CHECK(line_of_deep_key("x = {y = \"\"\"a\"\"\"\", b.b.b = 1}\n", 1) == 1);
  CHECK(line_of_deep_key("x = {y = \'\'\'a\'\'\'\'\', b.b.b = 1}\n", 1) == 1);
}

TEST_CASE("Keys that are nested without end are refused with their line, not followed") {
  // Each dot is a table in a table: half a million of them would need more stack than there is.
  const std::string key = "\nx" + repeated(".x", 500'000);
  for (const std::string& text : {key + " = 1\n", "\n[" + key.substr(1) + "]\n"}) {
    const auto scenario = parse_scenario(text, "s.toml");
    REQUIRE(!scenario);
    CHECK(scenario.error().text() == "scenario s.toml:2: a key of more than 17 parts");
    const auto suppressions = parse_suppressions(text, "s.toml");
    REQUIRE(!suppressions);
    CHECK(suppressions.error().where == "suppressions s.toml:2");
  }
}

TEST_CASE("As much nesting as is let through is taken apart again") {
  const std::string key = "x" + repeated(".x", 16);
  std::string text = "[" + key + "]\n" + key + " = ";
  text += repeated("{" + key + " = ", 250) + "1" + repeated("}", 250) + "\n";
  const auto scenario = parse_scenario(text, "s.toml");
  REQUIRE(!scenario);
  CHECK(scenario.error().what == "title is missing");
}

}  // namespace sehlab::scenario
