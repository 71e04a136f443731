// Judging hand-made traces by scenarios written as text.
#pragma once

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "host/scenario/judge.hpp"
#include "host/scenario/read_scenario.hpp"
#include "tests/trace/trace_maker.hpp"

namespace sehlab::scenario {

/// A scenario with these lines under [expect].
inline Scenario expecting(const std::string& lines) {
  const std::string text = "title = \"t\"\nguest = \"go_fixed.exe\"\n[expect]\n" + lines;
  auto scenario = parse_scenario(text, "s.toml");
  REQUIRE_MESSAGE(scenario.has_value(), (scenario ? "" : scenario.error().text()));
  return *scenario;
}

/// What does not hold, "key: expected … got …" each; the run exited with 0 unless told.
inline std::vector<std::string> judged(const std::string& lines, const trace::TraceMaker& trace,
                                       const RunResult& result = {}) {
  std::vector<std::string> failures;
  for (const Failure& f : judge(expecting(lines), result, trace.events)) {
    failures.push_back(f.expectation + ": expected " + f.expected + " got " + f.got);
  }
  return failures;
}

/// A folder of its own for a test, gone afterwards.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::random_device random;
    do {
      path_ = std::filesystem::path(SEHLAB_BINARY_DIR) /
              ("scenario-test-" + std::to_string(random()) + "-" + std::to_string(random()));
    } while (!std::filesystem::create_directory(path_));
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  std::filesystem::path write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << text;
    return path_ / name;
  }

 private:
  std::filesystem::path path_;
};

}  // namespace sehlab::scenario
