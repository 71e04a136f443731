// The demo's four acts as text, about a screen each, made from the stories alone.
#pragma once

#include <string>

#include "host/lab/demo_story.hpp"
#include "host/report/style.hpp"

namespace sehlab::lab {

[[nodiscard]] std::string act_before(const Story& buggy, const report::Style& ink);
[[nodiscard]] std::string act_break(const Story& buggy, const Story& fixed,
                                    const report::Style& ink);
[[nodiscard]] std::string act_crash(const Story& buggy, const report::Style& ink);
[[nodiscard]] std::string act_fix(const Story& buggy, const Story& fixed, const report::Style& ink);

}  // namespace sehlab::lab
