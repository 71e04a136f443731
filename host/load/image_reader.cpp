#include "host/load/image_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sehlab::load {

std::optional<Extent> ImageReader::extent_at(std::uint32_t rva) const {
  if (rva < image_.headers_size) {
    const auto data = file_.subspan(rva, image_.headers_size - rva);
    return Extent{data, data.size()};
  }
  const auto after =
      std::upper_bound(image_.sections.begin(), image_.sections.end(), rva,
                       [](std::uint32_t at, const Section& section) { return at < section.rva; });
  if (after == image_.sections.begin()) return std::nullopt;
  const Section& section = *std::prev(after);
  const std::uint32_t into = rva - section.rva;
  const std::uint64_t mapped = round_up(section.size, kPageSize);
  if (into >= mapped) return std::nullopt;
  const std::uint32_t skipped = std::min(into, section.file_size);
  return Extent{file_.subspan(section.file_offset + skipped, section.file_size - skipped),
                mapped - into};
}

std::optional<std::span<const std::byte>> ImageReader::data_at(std::uint32_t rva,
                                                               std::uint64_t size) const {
  const auto extent = extent_at(rva);
  if (!extent || extent->data.size() < size) return std::nullopt;
  return extent->data.first(size);
}

std::optional<std::string_view> ImageReader::string_at(std::uint32_t rva) const {
  const auto extent = extent_at(rva);
  if (!extent) return std::nullopt;
  const auto window = extent->data.first(std::min(extent->data.size(), kLongestName + 1));
  const auto* text = reinterpret_cast<const char*>(window.data());
  const auto end = std::find(window.begin(), window.end(), std::byte{0});
  const auto length = static_cast<std::size_t>(end - window.begin());
  // A string may end where the file's data ends, if zeros follow it in memory.
  const bool ended = end != window.end() || length < extent->size;
  if (!ended || length > kLongestName) return std::nullopt;
  return std::string_view{text, length};
}

std::optional<std::uint32_t> ImageReader::rva_of(std::uint32_t address) const {
  const std::uint32_t rva = address - image_.preferred_base.value;
  if (address < image_.preferred_base.value || rva >= image_.size) return std::nullopt;
  return rva;
}

tl::unexpected<Error> ImageReader::refuse_at(std::uint64_t offset, std::string what) const {
  return fail(image_.name, fmt::format("{} (file offset 0x{:x})", what, offset));
}

tl::unexpected<Error> ImageReader::refuse_at_rva(std::uint32_t rva, std::string what) const {
  const auto extent = extent_at(rva);
  if (!extent || extent->data.empty()) {
    return fail(image_.name, fmt::format("{} (RVA 0x{:x}, not in the file)", what, rva));
  }
  return fail(image_.name, fmt::format("{} (RVA 0x{:x}, file offset 0x{:x})", what, rva,
                                       extent->data.data() - file_.data()));
}

std::string quoted(std::string_view text) {
  constexpr std::size_t kMost = 64;
  std::string out = "\"";
  for (const char c : text.substr(0, kMost)) {
    if (c >= ' ' && c <= '~' && c != '"' && c != '\\') {
      out += c;
    } else {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    }
  }
  out += text.size() > kMost ? "…\"" : "\"";
  return out;
}

}  // namespace sehlab::load
