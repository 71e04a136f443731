// The report's page: one HTML file that needs nothing but a browser.
#pragma once

#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "host/report/moments.hpp"
#include "host/report/page_trace.hpp"

namespace sehlab::report {

/// What the page says of where it comes from, in the order given: {"program", "go_buggy.exe"}.
struct PageFacts {
  std::string title;      ///< "go_buggy.exe TestCallbackPanic"
  bool from_run = false;  ///< else from a saved trace, which knows less
  std::vector<std::pair<std::string, std::string>> facts{};
};

/// Writes the whole page. `moments` may be null: a saved trace has none. Whether all was written is
/// the stream's state, which its owner checks.
void write_page(std::ostream& out, const PageFacts& facts, PageTrace& trace,
                const Moments* moments);

}  // namespace sehlab::report
