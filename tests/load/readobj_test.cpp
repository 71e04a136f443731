// The whole of several images, read by us and by llvm-readobj. Skipped (with a message) where
// LLVM's tools are not installed.
#include "readobj.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "guest_files.hpp"
#include "host/win32/pe.hpp"

using namespace sehlab;
using namespace sehlab::load_tests;

namespace {

/// Ours, and what the machine has of another linker's (GNU ld: gcc's own DLLs for Windows); of
/// those not the largest, for llvm-readobj takes seconds over them.
std::vector<std::filesystem::path> images() {
  std::vector<std::filesystem::path> found = {
      guest_path("load_program.exe"), guest_path("load_exports.dll"), guest_path("load_no_seh.exe"),
      guest_path("load_fixed.exe")};
  constexpr std::uintmax_t kLargest = 1 << 20;
  const std::filesystem::path gnu = "/usr/lib/gcc/i686-w64-mingw32";
  std::error_code error;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(gnu, error)) {
    const bool twin = entry.path().string().find("-win32/") != std::string::npos;
    if (entry.path().extension() == ".dll" && entry.file_size() <= kLargest && !twin) {
      found.push_back(entry.path());
    }
  }
  return found;
}

load::Image read(const std::filesystem::path& path) {
  auto image = load::read_image(path);
  REQUIRE_MESSAGE(image.has_value(), image.error().text());
  return std::move(*image);
}

std::vector<ReadobjLine> oracle(const std::string& options, const std::filesystem::path& path) {
  auto lines = readobj(options, path.string());
  if (!lines) MESSAGE("skipped: llvm-readobj is not installed");
  return lines.value_or(std::vector<ReadobjLine>{});
}

}  // namespace

TEST_SUITE("load") {
  TEST_CASE("headers and sections are what llvm-readobj reads") {
    for (const auto& path : images()) {
      const auto lines = oracle("--file-headers --sections", path);
      if (lines.empty()) return;
      const auto image = read(path);
      INFO(path.string());
      const auto value = [&](const std::string& key) {
        const auto found = std::find_if(lines.begin(), lines.end(),
                                        [&](const auto& line) { return line.key == key; });
        REQUIRE_MESSAGE(found != lines.end(), key);
        return number_in(found->value);
      };
      CHECK(image.entry_rva == value("AddressOfEntryPoint"));
      CHECK(image.preferred_base.value == value("ImageBase"));
      CHECK(image.size == value("SizeOfImage"));
      CHECK(image.headers_size == value("SizeOfHeaders"));
      CHECK(image.subsystem == value("Subsystem"));
      CHECK(image.stack_reserve == value("SizeOfStackReserve"));
      CHECK(image.stack_commit == value("SizeOfStackCommit"));
      CHECK(image.symbol_count == value("SymbolCount"));

      std::vector<std::tuple<std::string, std::uint32_t, std::uint32_t, std::uint32_t>> theirs,
          ours;
      bool in_sections = false;
      for (const auto& line : lines) {
        in_sections = in_sections || line.key.starts_with("Sections [");
        if (!in_sections) continue;
        if (line.key == "Name")
          theirs.push_back({line.value.substr(0, line.value.find(' ')), 0, 0, 0});
        if (line.key == "VirtualSize") std::get<1>(theirs.back()) = number_in(line.value);
        if (line.key == "VirtualAddress") std::get<2>(theirs.back()) = number_in(line.value);
        if (line.key == "PointerToRawData") std::get<3>(theirs.back()) = number_in(line.value);
      }
      for (const auto& section : image.sections) {
        ours.push_back({std::string(section.name), section.size, section.rva, section.file_offset});
      }
      CHECK(ours == theirs);
    }
  }

  TEST_CASE("base relocations are what llvm-readobj reads") {
    for (const auto& path : images()) {
      const auto lines = oracle("--coff-basereloc", path);
      if (lines.empty()) return;
      std::vector<std::uint32_t> theirs;
      bool counts = false;
      for (const auto& line : lines) {
        if (line.key == "Type") counts = line.value == "HIGHLOW";
        if (line.key == "Address" && counts) theirs.push_back(number_in(line.value));
      }
      INFO(path.string());
      CHECK(read(path).relocations == theirs);
    }
  }

  TEST_CASE("imports are what llvm-readobj reads") {
    for (const auto& path : images()) {
      const auto lines = oracle("--coff-imports", path);
      if (lines.empty()) return;
      // DLL, name, ordinal (llvm-readobj shows the hint there for an import by name), slot.
      std::vector<std::tuple<std::string, std::string, std::uint32_t, std::uint32_t>> theirs, ours;
      std::string dll;
      std::uint32_t slot = 0;
      for (const auto& line : lines) {
        if (line.key == "Name") dll = line.value;
        if (line.key == "ImportAddressTableRVA") slot = number_in(line.value);
        if (line.key != "Symbol") continue;
        const auto open = line.value.rfind(" (");
        // Where there is no name the value begins with the parenthesis.
        std::string name = line.value.starts_with("(") ? "" : line.value.substr(0, open);
        theirs.push_back({dll, name, name.empty() ? number_in(line.value) : 0, slot});
        slot += 4;
      }
      const auto image = read(path);
      for (const auto& import : image.imports) {
        ours.push_back(
            {std::string(import.dll), std::string(import.name), import.ordinal, import.slot_rva});
      }
      INFO(path.string());
      CHECK(ours == theirs);
    }
  }

  TEST_CASE("exports are what llvm-readobj reads") {
    for (const auto& path : images()) {
      const auto lines = oracle("--coff-exports", path);
      if (lines.empty()) return;
      using Entry = std::tuple<std::uint32_t, std::string, std::uint32_t>;
      std::multiset<Entry> theirs, ours;
      Entry entry;
      bool forwards = false;  // in newer versions a forwarder has its target in place of an RVA
      for (const auto& line : lines) {
        if (line.key == "Ordinal") std::get<0>(entry) = number_in(line.value);
        if (line.key == "Name") std::get<1>(entry) = line.value;
        if (line.key == "ForwardedTo") {
          forwards = true;
          theirs.insert({std::get<0>(entry), std::get<1>(entry) + "->" + line.value, 0});
        }
        if (line.key != "RVA") continue;
        std::get<2>(entry) = number_in(line.value);
        if (std::get<2>(entry) != 0) theirs.insert(entry);  // facts: guest-tools.md 5
      }
      for (const auto& exported : read(path).exports) {
        Entry own{exported.ordinal, std::string(exported.name), exported.rva};
        if (forwards && !exported.forwarder.empty()) {
          own = {exported.ordinal, fmt::format("{}->{}", exported.name, exported.forwarder), 0};
        }
        ours.insert(own);
      }
      INFO(path.string());
      CHECK(ours == theirs);
    }
  }
}
