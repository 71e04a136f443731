// What stands within a line of a document, as roff.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "emu/result.hpp"

namespace sehlab::cli {

/// `text` with its marks as fonts: code and strong words bold, emphasis in italics. A link to a
/// document that is not among `included` is followed by its name. An Error (without a place): a
/// mark has no other end.
[[nodiscard]] Result<std::string> roff_spans(std::string_view text,
                                             const std::set<std::string>& included);

}  // namespace sehlab::cli
