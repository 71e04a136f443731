// Reading the [expect] table of a scenario file.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "host/scenario/scenario.hpp"
#include "host/scenario/table_reader.hpp"
#include "host/scenario/toml_value.hpp"

namespace sehlab::scenario {

/// The first thing that is wrong goes into `complaint`: wrong types, unknown keys, and
/// expectations that nothing could violate.
[[nodiscard]] Expectations read_expectations(const TomlValue& table, Complaint& complaint);

/// The key `watch`: "defect" or "defect@owner".
[[nodiscard]] std::optional<At<std::vector<Text>>> read_defects(TableReader& table);

/// The defects that `expect.watch` may name (docs/scenarios.md).
[[nodiscard]] std::span<const std::string_view> defect_names();

}  // namespace sehlab::scenario
