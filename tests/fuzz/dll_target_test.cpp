// DLLs in the host program: what of a run is a finding, under which signature, and that inputs,
// returns and initialisation are libFuzzer's (LLVM's documentation of libFuzzer, "Fuzz Target",
// "Startup initialization", "Rejecting unwanted inputs").
#include "host/fuzz/dll_target.hpp"

#include <doctest/doctest.h>

#include <string_view>

using namespace sehlab;
using namespace sehlab::fuzz;

namespace {

using Kind = DllFinding::Kind;

DllOptions options_for(const char* dll, watch::Mode watch = watch::Mode::Off) {
  DllOptions options;
  options.process.system_folder = SEHLAB_BINARY_DIR "/guest";
  options.process.watch = watch;
  options.dll = options.process.system_folder / dll;
  options.run_budget = 1'000'000;
  return options;
}

std::unique_ptr<DllTarget> target_of(const DllOptions& options) {
  auto made = DllTarget::create(options);
  REQUIRE_MESSAGE(made.has_value(), (made ? "" : made.error().text()));
  return std::move(*made);
}

const Verdict& run(DllTarget& target, std::string_view input) {
  return target.run(std::as_bytes(std::span(input)));
}

/// What is found, and the signature's beginning.
void check_found(DllTarget& target, std::string_view input, Kind kind, std::string_view begins) {
  CAPTURE(input);
  const Verdict verdict = run(target, input);
  REQUIRE(verdict.finding);
  CHECK(verdict.finding->kind == kind);
  CAPTURE(verdict.finding->signature);
  CHECK(verdict.finding->signature.starts_with(begins));
  CHECK(verdict.finding->signature.find('\n') == std::string::npos);
  // The same again, and nothing of it in the run behind.
  CHECK(run(target, input).finding->signature == verdict.finding->signature);
  CHECK_FALSE(run(target, "?").finding);
}

}  // namespace

TEST_SUITE("fuzz dll") {
  TEST_CASE("every end that is not a return is a finding, told apart by what it is and where") {
    // guest/fuzz/example/other_ends.c, by the first byte.
    for (const auto watch : {watch::Mode::Off, watch::Mode::Report}) {
      CAPTURE(static_cast<int>(watch));
      const auto target = target_of(options_for("fuzz_other_ends.dll", watch));
      CHECK_FALSE(run(*target, "").finding);
      CHECK(run(*target, "").keep);
      check_found(*target, "r", Kind::UnhandledException, "unhandled exception e0424242 at ");
      // One byte beyond the input is another page.
      check_found(*target, "b", Kind::UnhandledException,
                  "unhandled exception c0000005 at fuzz_other_ends!reads+0x");
      check_found(*target, "bytes of another length", Kind::UnhandledException,
                  "unhandled exception c0000005 at fuzz_other_ends!reads+0x");
      check_found(*target, "j", Kind::UnhandledException,
                  "unhandled exception c0000005 at 00000000 < "
                  "fuzz_other_ends!LLVMFuzzerTestOneInput+0x");
      // FAST_FAIL_FATAL_APP_EXIT is 7; the status is STATUS_STACK_BUFFER_OVERRUN.
      check_found(*target, "f", Kind::FailFast,
                  "fail-fast c0000409 at fuzz_other_ends!LLVMFuzzerTestOneInput+0x");
      check_found(*target, "a", Kind::FailFast, "fail-fast c0000409 at ucrtbase!abort+0x");
      check_found(*target, "e", Kind::ProcessEnd, "the DLL ended its process with code 0x7");
      check_found(*target, "u", Kind::Unmodelled, "not modelled: sysenter");
    }
  }

  TEST_CASE("a record that is left behind is found, by the watch or without it") {
    const auto plain = target_of(options_for("fuzz_other_ends.dll"));
    check_found(*plain, "l", Kind::ChainLeft, "fs:[0] is not what it was before the call");
    const auto strict = target_of(options_for("fuzz_other_ends.dll", watch::Mode::Strict));
    check_found(*strict, "l", Kind::Defect,
                "dangling record, pushed by fuzz_other_ends!leaves_record+0x");
    const auto stops = target_of(options_for("fuzz_other_ends.dll", watch::Mode::Stop));
    CHECK(run(*stops, "l").finding);
    CHECK_FALSE(run(*stops, "?").finding);
  }

  TEST_CASE("a spent budget is a finding where it is asked for, and not worth keeping") {
    DllOptions options = options_for("fuzz_other_ends.dll");
    options.run_budget = 50'000;
    CHECK_FALSE(run(*target_of(options), "h").finding);
    CHECK_FALSE(run(*target_of(options), "h").keep);
    options.timeouts = true;
    check_found(*target_of(options), "h", Kind::Timeout, "timeout in fuzz_other_ends!waits");
  }

  TEST_CASE("a return of -1 keeps the input out of the corpus") {
    const auto target = target_of(options_for("fuzz_other_ends.dll"));
    CHECK_FALSE(run(*target, "m").keep);
    CHECK_FALSE(run(*target, "m").finding);
    CHECK(run(*target, "?").keep);
  }

  TEST_CASE("the example's planted bug is met by its one input and by none beside it") {
    // guest/fuzz/example/example.c says which.
    for (const auto watch : {watch::Mode::Off, watch::Mode::Report}) {
      const auto target = target_of(options_for("fuzz_example.dll", watch));
      for (const char* good : {"1", "zd", "((zd", "((zd)d", "((((zd", "(((z1", "(((1d)))"}) {
        CAPTURE(good);
        const Verdict& verdict = run(*target, good);
        CHECK(verdict.keep);
        CHECK_FALSE(verdict.finding);
      }
      CHECK_FALSE(run(*target, "").keep);
      // STATUS_INVALID_UNWIND_TARGET; the division is in order().
      const Verdict& verdict = run(*target, "(((zd");
      REQUIRE(verdict.finding);
      CHECK(verdict.finding->signature.starts_with("unhandled exception c0000029 at ntdll!"));
      CHECK(verdict.finding->signature.find(" < fuzz_example!") != std::string::npos);
    }
  }

  TEST_CASE("a DLL of mingw-w64 runs with the C runtime that it imports") {
    const auto target = target_of(options_for("mingw_fuzz_example.dll"));
    CHECK_FALSE(run(*target, "").keep);
    CHECK_FALSE(run(*target, "N=no name").finding);
    const Verdict& verdict = run(*target, "N=");
    REQUIRE(verdict.finding);
    CHECK(verdict.finding->signature.starts_with("unhandled exception c0000005 at "));
    CHECK(verdict.finding->signature.find("mingw_fuzz_example!LLVMFuzzerTestOneInput") !=
          std::string::npos);
  }

  TEST_CASE("a DLL that cannot be fuzzed is refused with the reason") {
    const auto refusal = [](const DllOptions& options) {
      const auto made = DllTarget::create(options);
      return made ? std::string() : made.error().what;
    };
    CHECK(refusal(options_for("no_such.dll")) == "no such file");
    CHECK(refusal(options_for("fuzz_no_test.dll")) ==
          "fuzz_no_test.dll does not export LLVMFuzzerTestOneInput");
    CHECK(refusal(options_for("not_an_image.dll")) == "not_an_image.dll does not load");
  }
}
