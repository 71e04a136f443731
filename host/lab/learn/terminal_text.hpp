// A lesson's text for a terminal: wrapped to its width, marks as colour where there is colour.
#pragma once

#include <cstddef>
#include <string>

#include "host/lab/learn/lesson_run.hpp"
#include "host/lab/learn/markdown.hpp"
#include "host/report/style.hpp"

namespace sehlab::lab {

struct Page {
  report::Style style;
  std::size_t columns = report::kColumns;
  std::string sehlab = "sehlab";  ///< how the reader calls this program
};

[[nodiscard]] std::string to_terminal(const Document& document, const Page& page);

/// The source with line numbers.
[[nodiscard]] std::string numbered(const std::string& source, const Page& page);

/// The run's lines, each wrapped behind its columns of count and thread; the chain where it
/// changed.
[[nodiscard]] std::string to_terminal(const ShownRun& run, const Page& page);

}  // namespace sehlab::lab
