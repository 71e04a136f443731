// [[inject]]: the tables of a scenario that ask for faults, read as text. What they may hold is
// known to the lab, which is asked before the scenario runs.
#pragma once

#include "host/scenario/scenario.hpp"
#include "host/scenario/table_reader.hpp"

namespace sehlab::scenario {

/// Takes `inject` of the document.
[[nodiscard]] std::vector<Injection> read_injections(TableReader& document);

}  // namespace sehlab::scenario
