// PE images, as `sehlab run FILE` and the loader of a process meet them: parsed, mapped at the
// preferred base and elsewhere, and asked for names and lines. Whatever is accepted lies within the
// file and within the image.
#include <algorithm>
#include <cstring>

#include "emu/machine.hpp"
#include "host/load/image.hpp"
#include "host/load/map_image.hpp"
#include "host/load/symbols.hpp"
#include "tests/fuzz/property.hpp"

namespace sehlab::fuzzing {
namespace {

/// Larger images are parsed, but not mapped: zeroing megabytes finds nothing.
constexpr std::uint32_t kLargestMapped = 1 << 20;
constexpr GuestAddr kElsewhere{0x20000000};

emu::AddressSpace& space() {
  // Made at the first input: an engine's signal handlers go before ours (emu/os/abort_catcher.hpp).
  static const auto machine = emu::Machine::create({});
  holds(machine.has_value(), "a machine can be made", machine ? "" : machine.error().text());
  return (*machine)->memory();
}

void errors_name_file_and_place(const Error& error) {
  holds(error.where == "fuzz.exe" && !error.what.empty(), "an error names the file", error.text());
  // What is wrong with the file as a whole has no place in it.
  constexpr std::string_view kWhole[] = {"the file is empty", "not a PE image: ", "a .NET image",
                                         "an image without sections"};
  const bool whole = std::ranges::any_of(
      kWhole, [&](std::string_view text) { return error.what.starts_with(text); });
  holds(whole || error.what.find("file offset 0x") != std::string::npos ||
            error.what.find("(RVA 0x") != std::string::npos,
        "an error names the place in the file", error.text());
}

void sections_lie_in_image_and_file(const load::Image& image) {
  const std::size_t file = image.file.span().size();
  std::uint64_t end = image.headers_size;
  holds(image.headers_size <= file && image.headers_size <= image.size, "headers lie in the file");
  for (const load::Section& section : image.sections) {
    holds(section.rva >= end, "sections ascend");
    end = std::uint64_t{section.rva} + section.size;
    holds(end <= image.size, "a section lies in the image");
    holds(std::uint64_t{section.file_offset} + section.file_size <= file,
          "a section's data lies in the file");
    holds(image.data(section).size() <= section.size, "a section's data is no larger than it");
  }
}

void directories_lie_in_the_image(const load::Image& image) {
  const auto inside = [&](std::uint64_t rva, std::uint64_t size) {
    holds(rva + size <= image.size, "what a directory names lies in the image");
  };
  for (const load::Import& import : image.imports) {
    inside(import.slot_rva, 4);
    holds(!import.dll.empty(), "an import has a DLL");
  }
  for (const std::uint32_t rva : image.relocations) inside(rva, 4);
  if (image.entry_rva != 0) inside(image.entry_rva, 1);
  if (image.tls) {
    inside(image.tls->raw_rva, image.tls->raw_size);
    if (image.tls->index_rva != 0) inside(image.tls->index_rva, 4);
    for (const std::uint32_t rva : image.tls->callbacks) inside(rva, 1);
  }
  if (!image.load_config) return;
  if (image.load_config->security_cookie_rva) inside(*image.load_config->security_cookie_rva, 4);
  if (!image.load_config->safeseh) return;
  for (const std::uint32_t rva : *image.load_config->safeseh) inside(rva, 1);
  holds(std::ranges::is_sorted(*image.load_config->safeseh), "the SafeSEH table ascends");
}

void exports_are_found(const load::Image& image) {
  holds(image.exports_by_name.size() <= image.exports.size(), "a name is an export's");
  for (const std::uint32_t index : image.exports_by_name) {
    holds(index < image.exports.size(), "a name is an export's");
  }
  for (const load::Export& exported : image.exports) {
    holds(!exported.forwarder.empty() || exported.rva < image.size, "an export lies in the image");
    const load::Export* same = image.find_export_by_ordinal(exported.ordinal);
    holds(same != nullptr && same->ordinal == exported.ordinal, "an export is found by ordinal");
    const load::Export* named = image.find_export(exported.name);
    holds(named == nullptr || named->name == exported.name, "an export is found by its own name");
  }
}

std::vector<std::byte> memory_of(const load::Image& image, GuestAddr base) {
  std::vector<std::byte> bytes(image.size);
  for (std::uint32_t rva = 0; rva < image.size; rva += kPageSize) {
    // A gap between sections is not committed.
    static_cast<void>(space().raw().read(base + rva, std::span(bytes).subspan(rva, kPageSize)));
  }
  return bytes;
}

void an_image_keeps_to_its_range(const load::Image& image, GuestAddr base) {
  const auto region = space().query(base);
  holds(region.allocation_base == base, "an image is an allocation");
  holds(space().query(base + image.size).state == emu::PageState::Free,
        "nothing is mapped behind an image");
  holds(base.value < kPageSize ||
            space().query(GuestAddr{base.value - kPageSize}).state == emu::PageState::Free,
        "nothing is mapped before an image");
  holds(std::uint64_t{space().committed_pages()} * kPageSize <= image.size,
        "no more is committed than the image has");
}

/// What the file has of each section, where no relocation lies.
void memory_holds_the_file(const load::Image& image, std::span<const std::byte> memory,
                           const std::vector<bool>& relocated) {
  const auto check = [&](std::uint32_t rva, std::span<const std::byte> data) {
    for (std::size_t i = 0; i < data.size(); ++i) {
      if (relocated[rva + i]) continue;
      holds(memory[rva + i] == data[i], "memory holds what the file has");
    }
  };
  check(0, image.file.span().first(image.headers_size));
  for (const load::Section& section : image.sections) check(section.rva, image.data(section));
}

void only_relocations_differ(std::span<const std::byte> here, std::span<const std::byte> there,
                             const std::vector<bool>& relocated) {
  for (std::size_t i = 0; i < here.size(); ++i) {
    holds(here[i] == there[i] || relocated[i], "only relocations differ between two bases");
  }
}

std::optional<std::vector<std::byte>> mapped_at(const load::Image& image, GuestAddr base) {
  const auto mapped = load::map_image(image, base, space());
  std::optional<std::vector<std::byte>> memory;
  if (mapped) {
    an_image_keeps_to_its_range(image, base);
    memory = memory_of(image, base);
    holds(space().release(base).has_value(), "an image can be released");
  } else {
    holds(!mapped.error().what.empty(), "a refusal says why", mapped.error().text());
  }
  holds(space().committed_pages() == 0, "nothing of an image is left");
  return memory;
}

void an_image_is_mapped_as_the_file_says(const load::Image& image) {
  std::vector<bool> relocated(image.size);
  for (const std::uint32_t rva : image.relocations) {
    std::fill_n(relocated.begin() + rva, 4, true);
  }
  const auto here = mapped_at(image, image.preferred_base);
  const auto there = mapped_at(image, kElsewhere);
  if (here) memory_holds_the_file(image, *here, std::vector<bool>(image.size));
  if (there) memory_holds_the_file(image, *there, relocated);
  if (here && there) only_relocations_differ(*here, *there, relocated);
}

void names_lie_in_the_image(const load::Image& image, const load::Symbols& symbols) {
  const GuestRange range{kElsewhere, kElsewhere + image.size};
  const auto inside = [&](GuestAddr at) { return at >= range.begin && at < range.end; };
  constexpr std::size_t kMost = 64;
  const auto names = symbols.names();
  for (const std::string_view name : std::span(names).first(std::min(names.size(), kMost))) {
    const auto at = symbols.address_of(name);
    holds(at.has_value() && inside(*at), "a name has an address in the image", name);
    const auto nearest = symbols.nearest(*at);
    holds(nearest.has_value() && nearest->start == *at && nearest->offset == 0,
          "a symbol's address is its own", name);
    static_cast<void>(symbols.argument_bytes(*at));
  }
  for (const load::Section& section : image.sections) {
    const auto nearest = symbols.nearest(kElsewhere + section.rva);
    if (!nearest) continue;
    holds(nearest->start + nearest->offset == kElsewhere + section.rva,
          "an address is its symbol's and an offset", nearest->name);
  }
}

void statements_are_of_their_line(const load::Image& image, const load::Symbols& symbols) {
  constexpr std::size_t kMost = 8;
  const auto files = symbols.source_files();
  for (const std::string& file : std::span(files).first(std::min(files.size(), kMost))) {
    const auto lines = symbols.lines_of(file);
    for (const std::uint32_t line : std::span(lines).first(std::min(lines.size(), kMost))) {
      const auto statements = symbols.statements(file, line);
      holds(!statements.empty(), "a line with statements has one", file);
      for (const GuestAddr at : statements) {
        holds(at - kElsewhere < image.size, "a statement lies in the image", file);
      }
    }
  }
}

}  // namespace
}  // namespace sehlab::fuzzing

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sehlab;
  const auto image = load::parse("fuzz.exe", fuzzing::bytes_of(data, size));
  if (!image) {
    fuzzing::errors_name_file_and_place(image.error());
    return 0;
  }
  fuzzing::sections_lie_in_image_and_file(*image);
  fuzzing::directories_lie_in_the_image(*image);
  fuzzing::exports_are_found(*image);
  if (image->size <= fuzzing::kLargestMapped) fuzzing::an_image_is_mapped_as_the_file_says(*image);
  const load::Symbols symbols(*image, fuzzing::kElsewhere);
  fuzzing::names_lie_in_the_image(*image, symbols);
  fuzzing::statements_are_of_their_line(*image, symbols);
  return 0;
}
