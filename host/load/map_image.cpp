#include "host/load/map_image.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "host/load/image_reader.hpp"
#include "host/win32/pe.hpp"

namespace sehlab::load {
namespace {

/// A part of the image that one commit and one copy put into memory.
struct Part {
  std::uint32_t rva = 0;
  std::uint32_t size = 0;           ///< in memory, whole pages
  std::span<const std::byte> data;  ///< from the file, or from `moved`
  emu::Protection rights;
  std::vector<std::byte> moved;  ///< the data after relocation, when the base is another
};

std::uint32_t whole_pages(std::uint32_t size) {
  return static_cast<std::uint32_t>(round_up(size, kPageSize));
}

/// Headers and sections, in ascending order.
std::vector<Part> parts_of(const Image& image) {
  const auto file = image.file.span();
  std::vector<Part> parts;
  parts.reserve(image.sections.size() + 1);
  parts.push_back(
      {0, whole_pages(image.headers_size), file.first(image.headers_size), emu::kReadOnly, {}});
  for (const Section& section : image.sections) {
    if (section.size == 0) continue;
    parts.push_back({section.rva,
                     whole_pages(section.size),
                     file.subspan(section.file_offset, section.file_size),
                     section_protection(section),
                     {}});
  }
  return parts;
}

/// Adds `delta` to the words that the relocations name, in copies of the parts' data. Returns the
/// words that lie, in part at least, in the zeros after a part's data.
std::vector<std::uint32_t> relocate(std::vector<Part>& parts,
                                    std::span<const std::uint32_t> relocations,
                                    std::uint32_t delta) {
  for (Part& part : parts) {
    part.moved.assign(part.data.begin(), part.data.end());
    part.data = part.moved;
  }
  std::vector<std::uint32_t> left;
  for (const std::uint32_t rva : relocations) {
    Part& part = *std::prev(std::upper_bound(
        parts.begin(), parts.end(), rva,
        [](std::uint32_t wanted, const Part& candidate) { return wanted < candidate.rva; }));
    const std::uint32_t at = rva - part.rva;
    if (std::uint64_t{at} + sizeof rva > part.moved.size()) {
      left.push_back(rva);
      continue;
    }
    std::uint32_t value = 0;
    std::memcpy(&value, part.moved.data() + at, sizeof value);
    value += delta;
    std::memcpy(part.moved.data() + at, &value, sizeof value);
  }
  return left;
}

Result<> fill(const Image& image, GuestAddr base, emu::AddressSpace& space) {
  const std::uint32_t delta = base - image.preferred_base;
  auto parts = parts_of(image);
  std::vector<std::uint32_t> left;
  if (delta != 0) left = relocate(parts, image.relocations, delta);
  for (const Part& part : parts) {
    if (auto ok = space.commit(base + part.rva, part.size, part.rights); !ok) return ok;
    if (!part.data.empty() && !space.raw().write(base + part.rva, part.data)) {
      return fail("", fmt::format("RVA 0x{:x} cannot be written", part.rva));
    }
  }
  for (const std::uint32_t rva : left) {
    const auto value = space.raw().get<std::uint32_t>(base + rva);
    if (!value || !space.raw().put(base + rva, *value + delta)) {
      return fail("", fmt::format("the word at RVA 0x{:x} cannot be relocated", rva));
    }
  }
  return {};
}

}  // namespace

emu::Protection section_protection(const Section& section) {
  const bool execute = section.executable(), write = section.writable();
  // The processor can write to and (without DEP) run only what it can read.
  const bool read = execute || write || (section.characteristics & win32::IMAGE_SCN_MEM_READ) != 0;
  return {read, write, execute, false};
}

Result<> map_image(const Image& image, GuestAddr base, emu::AddressSpace& space) {
  constexpr std::uint32_t kAllocationGranularity = 0x10000;
  const auto refuse = [&](const std::string& what) {
    return fail(image.name, fmt::format("cannot be mapped at 0x{:x} to 0x{:x}: {}", base.value,
                                        std::uint64_t{base.value} + image.size, what));
  };
  if (!base.aligned(kAllocationGranularity)) return refuse("not a multiple of 64 KiB");
  if (std::uint64_t{base.value} + image.size > std::uint64_t{1} << 32) {
    return refuse("past the end of the address space");
  }
  const bool stripped = (image.characteristics & win32::IMAGE_FILE_RELOCS_STRIPPED) != 0;
  if (base != image.preferred_base && stripped) {
    return refuse(fmt::format("it runs at 0x{:x} only, its relocations were stripped",
                              image.preferred_base.value));
  }
  if (auto ok = space.reserve(base, image.size); !ok) return refuse(ok.error().text());
  auto ok = fill(image, base, space);
  if (ok) ok = space.make_stores_fast(base);  // a program's variables are often its last page
  if (!ok) {
    const std::string why = ok.error().text();
    if (auto released = space.release(base); !released) return refuse(released.error().text());
    return refuse(why);
  }
  return {};
}

}  // namespace sehlab::load
