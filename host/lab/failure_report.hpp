// What is kept of a scenario that failed (`sehlab test --reports DIR`): the run as a page and, as
// text, what it wrote and the crash report. For a CI system's artifacts, where nobody can look at
// the run itself.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "emu/result.hpp"
#include "host/scenario/scenario.hpp"

namespace sehlab::lab {

/// Runs a scenario's guest once more, which does the same again, and writes NAME.html and NAME.txt
/// into a folder, with NAME made of the scenario's path. Gives the page's path. May be called from
/// several threads.
using KeepReport = std::function<Result<std::string>(const scenario::Scenario&)>;

/// Makes the folder when it is not there. An Error: it cannot be made, or written to.
[[nodiscard]] Result<KeepReport> failure_reports(const std::filesystem::path& folder);

/// "tests-seh-null" of "tests/seh/null.toml": letters, digits, '_', '.' and '-', 100 at most.
[[nodiscard]] std::string report_name(const std::filesystem::path& scenario);

}  // namespace sehlab::lab
