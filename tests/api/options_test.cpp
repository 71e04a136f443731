// What a lab is given: standard input, files, suppressions, profiles. Expectations:
// guest/api/component.c, docs/cli.md.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/api/component.hpp"
#include "tests/lab/scratch.hpp"

namespace sehlab {

TEST_SUITE_BEGIN("api");

TEST_CASE("each run reads standard input from where calls are made") {
  LabOptions options;
  options.input = "one two";
  Lab lab = component(options);
  const std::vector<std::byte> room(4);
  const auto read = [](const Run& run) {
    const auto& bytes = run.bytes(0);
    return std::string(reinterpret_cast<const char*>(bytes.data()), run.value());
  };
  CHECK(read(lab.call("ReadInput", room, 4).run()) == "one ");
  CHECK(read(lab.call("ReadInput", room, 4).run()) == "one ");
  CHECK(read(lab.call("ReadInput", room, 4).keep()) == "one ");
  CHECK(read(lab.call("ReadInput", room, 4).run()) == "two");
  CHECK(component().call("ReadInput", room, 4).run().value() == 0);
}

TEST_CASE("a folder's copy is C:\\lab, and what becomes of it is in the run") {
  const lab::Scratch scratch;
  scratch.write("box/row.txt", "row");
  LabOptions options;
  options.files = scratch.path("box");
  Lab lab = component(options);
  CHECK(lab.call("AskError").run().value() == 0);
  CHECK(component().call("AskError").run().value() == 2);  // ERROR_FILE_NOT_FOUND
  const Run run = lab.call("WriteNew", "text").run();
  CHECK(run.value() == 1);
  const auto found = std::ranges::find(run.files(), "new.txt", &GuestFile::path);
  REQUIRE(found != run.files().end());
  CHECK(found->bytes ==
        std::vector<std::byte>{std::byte{'t'}, std::byte{'e'}, std::byte{'x'}, std::byte{'t'}});
  CHECK(lab.call("AskError").run().files().size() == 1);
  CHECK_FALSE(std::filesystem::exists(scratch.path("box/new.txt")));
  options.files = scratch.path("nowhere");
  CHECK_THROWS_AS(component(options), LabError);
}

TEST_CASE("a defect that is suppressed does not count") {
  const lab::Scratch scratch;
  LabOptions options;
  options.watch = Watch::Strict;
  CHECK(component(options).call("Leak").run().defects().size() == 1);
  options.suppressions = scratch.write(
      "known.toml", "[[suppress]]\ndefect = \"dangling\"\nowner = \"*\"\nreason = \"known\"\n");
  CHECK(component(options).call("Leak").run().defects().empty());
  options.suppressions = scratch.write("wrong.toml", "[[suppress]]\ndefect = 3\n");
  CHECK_THROWS_WITH_AS(component(options), doctest::Contains("wrong.toml"), LabError);
}

TEST_CASE("a DLL that dies while it is loaded is told of as a crash is") {
  std::string why;
  try {
    const Lab lab(guest("load_dies.dll"), with_guests());
  } catch (const LabError& error) {
    why = error.what();
  }
  CAPTURE(why);
  CHECK(why.find("does not load") != std::string::npos);
  CHECK(why.find("c0000005") != std::string::npos);  // guest/api/load_fails.c writes to 0x18
  CHECK(why.find("load_dies!DllMain") != std::string::npos);
  CHECK(why.find("00000018") != std::string::npos);
}

TEST_CASE("a DLL that does not come to an end of its loading is given up") {
  LabOptions options;
  options.budget = 1'000'000;
  CHECK_THROWS_WITH_AS(Lab(guest("load_spins.dll"), with_guests(options)),
                       doctest::Contains("beyond its budget, 1000000 instructions"), LabError);
}

TEST_CASE("profiles are listed, the default one first, and each can be had") {
  REQUIRE_FALSE(profiles().empty());
  CHECK(profiles().front() == "windows-10");  // docs/profiles.md
  for (const std::string& name : profiles()) {
    CAPTURE(name);
    CHECK(component().call("Weigh", 1, 2, 3).profile(name).run().value() == 321);
  }
  CHECK_THROWS_AS(static_cast<void>(component().call("Weigh").profile("windows-3").run()),
                  LabError);
}

TEST_CASE("events are had as text, as JSON Lines, for Perfetto, and as a page") {
  const lab::Scratch scratch;
  Lab lab = component();
  const Run run = lab.call("Picky", 2).run();
  CHECK(run.trace().find("dispatch") != std::string::npos);
  CHECK(run.trace(TraceForm::JsonLines).find("\"kind\":\"dispatch\"") != std::string::npos);
  CHECK(run.trace(TraceForm::Chrome).find("\"ph\":") != std::string::npos);
  run.write_page(scratch.path("run.html"), "Picky</script>");
  const std::string page = lab::Scratch::read(scratch.path("run.html"));
  CHECK(page.find("Picky") != std::string::npos);
  CHECK(page.find("Picky</script>") == std::string::npos);
  CHECK_THROWS_AS(run.write_page(scratch.path("no/run.html"), ""), LabError);
}

}  // namespace sehlab
