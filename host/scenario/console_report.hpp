// The report of a test run for a terminal: a line a scenario, and what failed in full.
#pragma once

#include <filesystem>
#include <ostream>

#include "host/scenario/suite.hpp"

namespace sehlab::scenario {

/// Results go to `out`; scenarios that are themselves at fault to `err` as well, as
/// "sehlab: scenario a.toml:3: …".
class ConsoleReport final : public Reporter {
 public:
  ConsoleReport(std::ostream& out, std::ostream& err, bool colour)
      : out_(out), err_(err), colour_(colour) {}
  void done(const Outcome& outcome) override;
  void end(const Summary& summary) override;

 private:
  [[nodiscard]] std::string ink(const char* code, const std::string& text) const;

  std::ostream& out_;
  std::ostream& err_;
  bool colour_;
  std::filesystem::path folder_;
  bool any_ = false;
};

}  // namespace sehlab::scenario
