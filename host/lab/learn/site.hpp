// The course as a static site: an index, a page a lesson, a page of words, one style sheet. Plain
// HTML that needs neither a script nor a network; the same course gives the same bytes.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "host/lab/learn/kit.hpp"
#include "host/lab/learn/lesson.hpp"

namespace sehlab::lab {

/// Runs every lesson and writes the pages into `folder`, making it. The value: expectations of
/// demonstrations that do not hold, whose pages are written all the same.
[[nodiscard]] Result<std::vector<std::string>> write_site(const Kit& kit,
                                                          const std::vector<Lesson>& lessons,
                                                          const std::filesystem::path& folder);

}  // namespace sehlab::lab
