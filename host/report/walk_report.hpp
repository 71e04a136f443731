// "Who was asked": the part of a crash report that goes through the chain record by record.
#pragma once

#include <string>

#include "host/report/crash_story.hpp"
#include "host/report/style.hpp"

namespace sehlab::report {

/// One entry a record: those that the walk came to with what became of them, then those that it
/// did not reach and why not, then the filter for unhandled exceptions.
[[nodiscard]] std::string walk_report(const CrashStory& story, Style style);

}  // namespace sehlab::report
