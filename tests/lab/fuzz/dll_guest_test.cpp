// A user's DLL as FuzzedGuest: guest/fuzz/example/example.c, which says of itself that its planted
// bug takes "(((zd".
#include "host/lab/fuzz/dll_guest.hpp"

#include <doctest/doctest.h>

#include <sstream>
#include <string_view>

#include "host/lab/fuzz/finding_scenario.hpp"
#include "host/lab/scenario_lab.hpp"
#include "tests/lab/scratch.hpp"

namespace sehlab::lab {

namespace {

std::span<const std::byte> bytes(std::string_view text) {
  return std::as_bytes(std::span(text));
}

std::unique_ptr<FuzzedGuest> example() {
  auto guest = make_dll_guest(SEHLAB_BINARY_DIR "/guest/fuzz_example.dll");
  REQUIRE_MESSAGE(guest, (guest ? "" : guest.error().text()));
  return std::move(*guest);
}

}  // namespace

TEST_SUITE("lab") {
  TEST_CASE("a DLL's input that shows its bug is shrunk to the shortest that does") {
    const auto guest = example();
    CHECK(guest->judge(bytes("1(2)z")) == nullptr);
    const std::string_view longer = "99(1(7(z5d))))";
    const fuzz::Finding* finding = guest->judge(bytes(longer));
    REQUIRE(finding != nullptr);
    CHECK(finding->rule == "exception");
    // STATUS_INVALID_UNWIND_TARGET: the record is no longer on the chain.
    CHECK(finding->signature.starts_with("unhandled exception c0000029"));
    CHECK(finding->report.find("fuzz_example") != std::string::npos);
    const std::string signature = finding->signature;
    const InputBytes shrunk = guest->shrink(bytes(longer), signature, {});
    CHECK(guest->in_short(shrunk) == hex_digits(bytes("(((zd")));
    CHECK(guest->size_text(shrunk) == "5 bytes");
  }

  TEST_CASE("a DLL's input goes onto the host program's command line, and the run is the same") {
    const auto guest = example();
    const Scratch scratch;
    const auto outcome = [&](std::string_view input) {
      const auto run = guest->plain_run(bytes(input));
      REQUIRE(run);
      const std::string text = finding_scenario(*run, "a finding", guest->expectations({}));
      return scenario::run_one(scratch.write("s.toml", text), scenario_lab(), {});
    };
    CHECK(outcome("1(2)z").status == scenario::Status::Passed);
    CHECK(outcome("").status == scenario::Status::Passed);
    const auto failed = outcome("(((zd");
    CHECK(failed.status == scenario::Status::Failed);
    REQUIRE_FALSE(failed.failures.empty());
    CHECK(failed.failures.front().got.find("C0000029") != std::string::npos);
    CHECK(failed.reproduce.find("--dll-path") != std::string::npos);
    // Longer than a command line of Windows.
    CHECK_FALSE(guest->plain_run(InputBytes(16'001)));
  }

  TEST_CASE("a DLL's run is traced, and an input is listed in hexadecimal digits") {
    const auto guest = example();
    std::ostringstream trace;
    const auto story = guest->tell(bytes("(((zd"), TraceForm::Text, trace);
    REQUIRE(story);
    CHECK(story->find("C0000029") != std::string::npos);
    CHECK(trace.str().find("fuzz_example!") != std::string::npos);
    CHECK(guest->listing(bytes("1z")) == "000000  31 7a\n\nas it should be\n");
  }

  TEST_CASE("what is no DLL to fuzz is refused") {
    const Scratch scratch;
    CHECK_FALSE(make_dll_guest(scratch.path("missing.dll").string()));
    CHECK_FALSE(make_dll_guest(scratch.write("empty.dll", "").string()));
  }
}

}  // namespace sehlab::lab
