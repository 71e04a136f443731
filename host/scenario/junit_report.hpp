// The report of a test run as JUnit XML, for continuous integration.
#pragma once

#include <ostream>
#include <vector>

#include "host/scenario/suite.hpp"

namespace sehlab::scenario {

/// Written at the end, to a stream that outlives it; its owner checks the stream's state.
class JunitReport final : public Reporter {
 public:
  explicit JunitReport(std::ostream& out) : out_(out) {}
  void done(const Outcome& outcome) override { outcomes_.push_back(outcome); }
  void end(const Summary& summary) override;

 private:
  std::ostream& out_;
  std::vector<Outcome> outcomes_;
};

}  // namespace sehlab::scenario
