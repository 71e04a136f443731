// The result of a run as JSON (`sehlab run --result FILE.json`): since a guest may return any of
// the lab's own exit codes, this says what really happened.
#pragma once

#include <string>
#include <vector>

#include "host/inject/injector.hpp"
#include "host/process/options.hpp"

namespace sehlab::lab {

/// "exited", "unhandled-exception", "budget-spent", "unmodelled", "stopped".
[[nodiscard]] std::string_view end_name(trace::EndKind kind);

/// The exit code of `sehlab run` for that end (docs/cli.md).
[[nodiscard]] int exit_code(const process::End& end);

/// {"schema_version":1,"kind":…,"code":…,"exit_code":…,"instructions":…,"defects":…,"detail":…,
/// "injections":[{"spec":…,"fired":…,"visits":…,"why":…}]}; the last two when there are any.
[[nodiscard]] std::string result_json(const process::End& end,
                                      const std::vector<inject::Outcome>& injections = {});

}  // namespace sehlab::lab
