// Windows' page protections and the machine's.
#pragma once

#include <cstdint>
#include <optional>

#include "emu/address_space.hpp"

namespace sehlab::services {

/// What the kernel makes of a PAGE_ value: rights, or why it is refused.
struct ParsedProtection {
  std::optional<emu::Protection> rights;  ///< nothing: no such protection
  bool cache_control = false;             ///< PAGE_NOCACHE, PAGE_WRITECOMBINE
};

/// `image`: a page of an image may be PAGE_WRITECOPY, which private memory may not. PAGE_EXECUTE
/// pages can be read, as on every x86 processor.
[[nodiscard]] ParsedProtection parse_protection(std::uint32_t protect, bool image);

/// The PAGE_ value of a committed page with these rights.
[[nodiscard]] std::uint32_t page_value(const emu::Protection& rights);

}  // namespace sehlab::services
