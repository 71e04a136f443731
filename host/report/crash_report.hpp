// The crash report: what, where, who was asked, and why each did not take the exception.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "host/report/crash_scene.hpp"
#include "host/report/crash_story.hpp"
#include "host/report/style.hpp"

namespace sehlab::report {

/// Needs story.crashed(). At most kColumns wide where the guest's names allow, ends in a newline.
[[nodiscard]] std::string crash_report(const CrashStory& story,
                                       const std::optional<CrashScene>& scene, Style style);

}  // namespace sehlab::report
