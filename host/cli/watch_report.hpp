// WatchReport: what the chain watch found in a run, for the end of `sehlab run`.
#pragma once

#include <fmt/core.h>

#include <cstddef>
#include <string>
#include <vector>

#include "host/cli/console.hpp"
#include "host/report/defect_report.hpp"
#include "host/trace/listener.hpp"

namespace sehlab::cli {

/// What the watch has to say at the end: a paragraph a defect.
struct WatchReport final : trace::Listener {
  static constexpr std::size_t kMostTold = 20;  // a leak in a loop is found each time
  std::vector<std::string> defects;
  std::size_t found = 0;
  [[nodiscard]] bool wants(const trace::Payload& payload) const override {
    return std::holds_alternative<trace::DefectFound>(payload);
  }
  [[nodiscard]] bool wants_chain(const trace::Payload&) const override { return false; }
  void on_event(const trace::Event& event) override {
    if (!std::get<trace::DefectFound>(event.payload).suppressed.empty()) return;
    if (++found > kMostTold) return;
    defects.push_back(report::defect_report(event));
  }
  /// On standard error.
  void tell() const {
    for (const std::string& defect : defects) complain(defect, 0);
    if (found <= kMostTold) return;
    complain(fmt::format("watch: and {} more; --trace tells all", found - kMostTold), 0);
  }
};

}  // namespace sehlab::cli
