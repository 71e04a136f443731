// A defect of the chain in plain words, as `sehlab run --watch` prints it.
#pragma once

#include <string>

#include "host/trace/event.hpp"

namespace sehlab::report {

/// One thing a line: which record, who linked it, which frame was left and how, since when the
/// defect holds, what relied on it. Without a newline at the end. `event` holds a DefectFound.
[[nodiscard]] std::string defect_report(const trace::Event& event);

/// "by a return", "by longjmp", … of a trace's `left_by`; empty for none.
[[nodiscard]] std::string left_words(const std::string& left_by);

}  // namespace sehlab::report
