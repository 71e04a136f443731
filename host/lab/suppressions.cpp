#include "host/lab/suppressions.hpp"

#include <utility>

#include "host/scenario/read_suppressions.hpp"

namespace sehlab::lab {

Result<std::vector<watch::Suppression>> read_suppressions(const std::filesystem::path& file) {
  auto read = scenario::read_suppressions(file);
  if (!read) return tl::make_unexpected(read.error());
  std::vector<watch::Suppression> all;
  for (scenario::Suppress& one : *read) {
    all.push_back({std::move(one.defect), std::move(one.owner), std::move(one.reason)});
  }
  return all;
}

}  // namespace sehlab::lab
