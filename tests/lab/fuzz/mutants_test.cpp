// Mutants whose executables are scripts: each says and leaves what libFuzzer 14 would, and stops at
// inputs that hold a byte.
#include "host/lab/fuzz/mutants.hpp"

#include <doctest/doctest.h>

#include "tests/lab/scratch.hpp"

namespace sehlab::lab {

namespace {

namespace fs = std::filesystem;

/// Finds, if it is to, two RECORD operations and a FAULT; stops at any input with a FAULT (2).
void plant(const Scratch& scratch, const std::string& name, bool finds) {
  const std::string found =
      finds ? "printf '\\010\\000\\000\\000\\010\\000\\000\\000\\002\\000\\000\\000' "
              ">${prefix}crash-1"
              "\nexit 77\n"
            : "exit 0\n";
  const fs::path file = scratch.write(
      "mutants/" + name,
      "#!/bin/sh\nfor word; do case $word in -artifact_prefix=*) prefix=${word#*=};; -*) ;;\n"
      "*) input=$word;; esac; done\n"
      "if [ -f \"$input\" ]; then\n  echo \"Running: $input\"\n"
      "  od -An -tx1 -w4 \"$input\" | grep -q '^ 02' || exit 0\n"
      "  echo 'log: a fault'\n  echo 'more of it'\n  exit 77\nfi\n"
      "echo '#512\tNEW    cov: 3 ft: 4 corp: 2/8b lim: 4 exec/s: 256 rss: 30Mb'\n" +
          found);
  fs::permissions(file, fs::perms::owner_all);
}

HuntRequest request(const Scratch& scratch, const std::string& name) {
  HuntRequest request;
  request.folder = scratch.path();
  request.mutant = {name, "something"};
  request.seconds = 5;
  return request;
}

}  // namespace

TEST_SUITE("lab") {
  TEST_CASE("a list of mutants is read, and names choose from it") {
    const Scratch scratch;
    scratch.write("mutants.txt", "one|the first|bug\n\ntwo|the second");
    const auto all = find_mutants(scratch.path(), {});
    REQUIRE(all);
    REQUIRE(all->size() == 2);
    CHECK(all->at(0).planted == "the first|bug");
    const std::vector<std::string> two{"two"}, typo{"tow"};
    const auto chosen = find_mutants(scratch.path(), two);
    REQUIRE(chosen);
    REQUIRE(chosen->size() == 1);
    CHECK(chosen->front().name == "two");
    const auto none = find_mutants(scratch.path(), typo);
    REQUIRE_FALSE(none);
    CHECK(none.error().text().find("tow") != std::string::npos);
  }

  TEST_CASE("a line that is none is refused with its number, a list that is missing by name") {
    const Scratch scratch;
    CHECK_FALSE(find_mutants(scratch.path(), {}));
    for (const char* bad : {"one|x\nnothing\n", "one|x\n|y\n", "one|x\n../up|y\n"}) {
      scratch.write("mutants.txt", bad);
      const auto read = find_mutants(scratch.path(), {});
      REQUIRE_FALSE(read);
      CHECK(read.error().text().find("mutants.txt:2") != std::string::npos);
    }
  }

  TEST_CASE("a bug that is found is shrunk by running the mutant on smaller inputs") {
    const Scratch scratch;
    plant(scratch, "bad", true);
    const auto found = hunt(request(scratch, "bad"));
    REQUIRE(found);
    CHECK(found->found);
    CHECK(found->executions == 512);
    CHECK(found->signature == "log: a fault");
    CHECK(hex_digits(found->shrunk) == "02000000");  // the fault alone still does it
  }

  TEST_CASE("a mutant in which nothing is found is told so, with its executions") {
    const Scratch scratch;
    plant(scratch, "good", false);
    const auto found = hunt(request(scratch, "good"));
    REQUIRE(found);
    CHECK_FALSE(found->found);
    CHECK(found->failure == "");
    CHECK(found->executions == 512);
  }

  TEST_CASE("the table has a row a mutant") {
    const std::vector<Mutant> mutants{{"bad", "a bug"}, {"good", "another"}};
    const Hunt found{true, 12345, 2.25, "log: it", {std::byte{2}, {}, {}, {}}, ""};
    const std::vector<Hunt> hunts{found, {false, 7, 60, "", {}, ""}};
    const std::string text = hunts_text(mutants, hunts);
    CHECK(text.find("✓ bad     ") != std::string::npos);
    CHECK(text.find("12 345") != std::string::npos);
    CHECK(text.find("✗ good") != std::string::npos);
    CHECK(text.find("1 of 2 found") != std::string::npos);
  }
}

}  // namespace sehlab::lab
