// read_sweep: the [sweep] table of a scenario file.
#pragma once

#include "host/scenario/scenario.hpp"
#include "host/scenario/table_reader.hpp"

namespace sehlab::scenario {

[[nodiscard]] Sweep read_sweep(const TomlValue& value, Complaint& complaint);

}  // namespace sehlab::scenario
