// FakeGuest: inputs that hold the byte 'x' show a bug, 'y' another; no guest is run. Its plain runs
// are of a program that exits with 0 at once.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "host/lab/fuzz/fuzzed_guest.hpp"
#include "tests/lab/scratch.hpp"

namespace sehlab::lab {

class FakeGuest final : public FuzzedGuest {
 public:
  std::string expected = "exit = 1\n";  ///< of its plain runs, which exit with 0
  std::size_t runs = 0;

  const fuzz::Finding* judge(std::span<const std::byte> input) override {
    ++runs;
    for (const auto& [byte, name] : {std::pair('x', "the X"), std::pair('y', "the Y")}) {
      if (std::ranges::find(input, std::byte(byte)) == input.end()) continue;
      finding_ = {"log", std::string("log: ") + name,
                  "  an " + std::string(1, byte) + " is there\n"};
      return &finding_;
    }
    return nullptr;
  }
  InputBytes shrink(std::span<const std::byte> input, const std::string& signature,
                    const ShrinkProgress& progress) override {
    if (progress) progress(input.size(), 1);
    return {std::byte(signature == "log: the X" ? 'x' : 'y')};
  }
  std::string listing(std::span<const std::byte> input) override { return in_short(input) + "\n"; }
  std::string in_short(std::span<const std::byte> input) override {
    return {reinterpret_cast<const char*>(input.data()), input.size()};
  }
  [[nodiscard]] std::string size_text(std::span<const std::byte> input) const override {
    return std::to_string(input.size()) + " bytes";
  }
  Result<std::string> tell(std::span<const std::byte> input, TraceForm form,
                           std::ostream& trace) override {
    auto told = tell_run(*plain_run(input), form, trace);
    if (!told) return tl::make_unexpected(told.error());
    return told->story;
  }
  [[nodiscard]] std::optional<process::Options> plain_run(
      std::span<const std::byte>) const override {
    process::Options run;
    run.system_folder = SEHLAB_BINARY_DIR "/guest";
    run.program = SEHLAB_BINARY_DIR "/guest/exit0.exe";
    return run;
  }
  std::string expectations(std::span<const std::byte>) override { return expected; }

 private:
  fuzz::Finding finding_;
};

}  // namespace sehlab::lab
