// GoldenTrace: compares the run's text trace with a file, line by line as it comes, or writes
// the file anew.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <vector>

#include "emu/result.hpp"
#include "host/scenario/check.hpp"
#include "host/scenario/scenario.hpp"
#include "host/trace/text_writer.hpp"

namespace sehlab::scenario {

/// Compares. The first line that differs is shown with the lines before it.
class GoldenTrace final : public Check {
 public:
  explicit GoldenTrace(const Golden& golden);
  void on_event(const trace::Event& event) override;
  void conclude(const RunResult& result, std::vector<Failure>& failures) override;

 private:
  void differs(std::string expected, std::string got);

  Golden golden_;
  trace::TextLines lines_;
  std::string unreadable_;  ///< why the file could not be read
  std::vector<std::string> expected_;
  std::size_t number_ = 0;  ///< lines so far
  std::deque<std::string> before_;
  bool differs_ = false;
  std::string expected_line_, got_line_;
};

/// Collects the text, to be written if the run is otherwise as expected.
class NewGolden final : public trace::Listener {
 public:
  explicit NewGolden(const Golden& golden) : golden_(golden) {}
  void on_event(const trace::Event& event) override;
  /// True when the file changed. The old file stays whole if writing fails.
  [[nodiscard]] Result<bool> write() const;

 private:
  Golden golden_;
  trace::TextLines lines_;
  std::string text_;
};

}  // namespace sehlab::scenario
