// UnpackedPage: the page's data back as events, by the rules that host/report/page/unpack.js and
// trace.js follow: another hand than the one that packs.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <variant>
#include <vector>

#include "host/report/page_trace.hpp"
#include "host/trace/fields.hpp"
#include "host/trace/kinds.hpp"
#include "host/trace/names.hpp"
#include "tests/trace/trace_maker.hpp"

namespace sehlab::report {

struct UnpackedPage {
  nlohmann::json json;
  std::vector<trace::Event> events;
  std::vector<std::uint64_t> blocks;  ///< where each begins in the body

  /// Bytes of a column.
  [[nodiscard]] std::string bytes(const char* column) const;
  /// Numbers of a column of nothing else.
  [[nodiscard]] std::vector<std::uint64_t> numbers(const char* column) const;
  /// The first event of the block that holds event `i`, read from where the index says.
  [[nodiscard]] trace::Event block_of(std::size_t i) const;
};

/// What PageTrace makes of the events, taken apart again.
[[nodiscard]] UnpackedPage unpacked(const trace::TraceMaker& trace);

}  // namespace sehlab::report
