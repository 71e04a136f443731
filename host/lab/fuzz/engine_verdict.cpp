#include "host/lab/fuzz/engine_verdict.hpp"

#include <fmt/format.h>

#include <chrono>
#include <string_view>

#include "host/lab/child.hpp"

namespace sehlab::lab {
namespace {

constexpr std::chrono::milliseconds kTick{200}, kGrace{2000};
constexpr int kSeconds = 25;  // that a look at one input may take
constexpr std::size_t kMostReport = 64 * 1024;

}  // namespace

Result<EngineVerdict> ask_engine(const std::filesystem::path& program,
                                 const std::filesystem::path& file) {
  auto child =
      Child::start({{program.string(), fmt::format("-timeout={}", kSeconds), file.string()}, {}});
  if (!child) return tl::make_unexpected(child.error());
  bool running = false, own_words = false;
  EngineVerdict verdict;
  const auto take = [&](std::string_view line) {
    if (!running) {
      running = line.starts_with("Running: ");
      return;
    }
    // "==123== ERROR: libFuzzer: deadly signal", and what sanitizers say.
    own_words = own_words || line.starts_with("==");
    if (verdict.signature.empty()) {
      verdict.signature = line;
    } else if (!own_words && verdict.report.size() < kMostReport) {
      verdict.report += std::string(line) + "\n";
    }
  };
  while (!child->ended()) child->read_lines(kTick, take);
  child->end(kGrace, take);
  const int code = child->ended().value_or(0);
  if (code == 0) return EngineVerdict{};
  if (!running) {
    return fail(program.string(), fmt::format("ended with {} and ran nothing", code));
  }
  return verdict;
}

}  // namespace sehlab::lab
