// Suppressions: docs/cli.md, "Suppressions".
#include "host/watch/suppressions.hpp"

#include <doctest/doctest.h>

#include "tests/watch/scene.hpp"

using namespace sehlab;
using namespace sehlab::watch;

TEST_SUITE("watch") {
  TEST_CASE("a pattern fits as a shell's does") {
    CHECK(fits("dangling", "dangling"));
    CHECK_FALSE(fits("dangling", "dangling2"));
    CHECK_FALSE(fits("dangling", "dangl"));
    CHECK(fits("*", ""));
    CHECK(fits("go*!callback*", "go_buggy!callbackasm1"));
    CHECK(fits("*!*asm?", "go_buggy!callbackasm1"));
    CHECK_FALSE(fits("*!*asm?", "go_buggy!callbackasm"));
    CHECK(fits("a*b*c", "a-b-b-c"));
    CHECK_FALSE(fits("a*b*c", "a-b-b"));
    CHECK_FALSE(fits("", "x"));
  }

  TEST_CASE("an owner is meant without its offset") {
    const Suppressions all({{"dangling", "go!cgo*", "known"}, {"*", "c!f", "all of f's"}});
    CHECK(all.find("dangling", "go!cgocall+0x1f") == 0);
    CHECK(all.find("overwritten", "c!f") == 1);
    CHECK(all.find("overwritten", "go!cgocall+0x1f") == 2);
    CHECK(all.find("dangling", "") == 2);
  }

  TEST_CASE("a suppressed defect is told of with the reason, and does not count") {
    Scene scene(Mode::Report, Suppressions({{"dangling", "go!callback*", "issue 7470"}}));
    scene.target.symbols[kBy.value] = "go!callbackasm1+0x10";  // the owner, by lack of frames
    scene.expose();
    scene.visit(kInner);
    const auto found = scene.sink.all<trace::DefectFound>();
    REQUIRE(found.size() == 1);
    CHECK(found[0].suppressed == "issue 7470");
    CHECK(scene.watch.defects() == 0);
    CHECK(scene.watch.suppression_uses() == std::vector<std::uint64_t>{1});
  }
}
