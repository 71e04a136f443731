// Puts an Image into an address space, as Windows maps one: headers and sections at their RVAs,
// relocated when the base is not the preferred one, with the sections' rights.
#pragma once

#include "emu/address_space.hpp"
#include "emu/guest_addr.hpp"
#include "emu/result.hpp"
#include "host/load/image.hpp"

namespace sehlab::load {

/// Reserves [base, base + image.size) and fills it. Imports are not bound: the slots hold what
/// the file has. Fails, with nothing left reserved, when the range is not free, wraps, is not
/// 64 KiB aligned, or when the image has to move but its relocations were stripped.
[[nodiscard]] Result<> map_image(const Image& image, GuestAddr base, emu::AddressSpace& space);

/// The rights that Windows gives a section's pages.
[[nodiscard]] emu::Protection section_protection(const Section& section);

}  // namespace sehlab::load
