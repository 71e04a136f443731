// Images with random damage: the loader answers with an Image or with an Error, and what it
// accepts can be mapped and asked for names without harm (run under the sanitizers as well).
#include <algorithm>
#include <random>

#include "emu/machine.hpp"
#include "guest_files.hpp"
#include "host/load/map_image.hpp"
#include "host/load/symbols.hpp"
#include "pe_editor.hpp"

using namespace sehlab;
using namespace sehlab::load_tests;

namespace {

using Random = std::mt19937;

std::uint32_t below(Random& random, std::uint32_t limit) {
  return limit == 0 ? 0 : static_cast<std::uint32_t>(random()) % limit;
}

/// A word that is likely to be wrong in an interesting way.
std::uint32_t odd_word(Random& random, std::uint32_t old) {
  constexpr std::uint32_t kOdd[] = {0,          1,          0x7fffffff, 0x80000000, 0xffffffff,
                                    0xfffffffe, 0xfffff000, 0x1000,     0x400000,   0x10000};
  switch (below(random, 4)) {
    case 0:
      return kOdd[below(random, std::size(kOdd))];
    case 1:
      return old + below(random, 9) - 4;
    case 2:
      return old ^ (1U << below(random, 32));
    default:
      return static_cast<std::uint32_t>(random());
  }
}

/// Where damage matters: headers mostly, else anywhere (directories, debug information, symbols).
std::uint32_t place(Random& random, std::uint32_t size, std::uint32_t headers) {
  return below(random, below(random, 2) == 0 ? headers : size);
}

void damage(Random& random, PeEditor& editor) {
  const auto size = static_cast<std::uint32_t>(editor.bytes.size()) - 4;
  const auto headers = editor.section(editor.section_count(), 0);
  const auto times = 1 + below(random, 6);
  for (std::uint32_t i = 0; i < times; ++i) {
    const auto at = place(random, size, headers);
    std::uint32_t old = 0;
    std::memcpy(&old, editor.bytes.data() + at, 4);
    const auto word = odd_word(random, old);
    std::memcpy(editor.bytes.data() + at, &word, 1 + below(random, 4));
  }
  if (below(random, 16) == 0) {
    editor.bytes.resize(below(random, static_cast<std::uint32_t>(editor.bytes.size())));
  }
}

/// Everything that can be asked of an accepted image.
void use(Random& random, const load::Image& image) {
  const load::Symbols symbols(image, image.preferred_base);
  for (int i = 0; i < 8; ++i) {
    const GuestAddr at = image.preferred_base + below(random, image.size);
    REQUIRE(symbols.describe(at).empty() == !symbols.nearest(at).has_value());
    if (const auto line = symbols.line_at(at)) REQUIRE(line->line != 0);
  }
  for (const load::Section& section : image.sections) {
    REQUIRE(image.data(section).size() <= section.size);
    REQUIRE(std::uint64_t{section.rva} + section.size <= image.size);
  }
  for (const load::Import& import : image.imports) {
    REQUIRE(import.slot_rva < image.size);
    REQUIRE(import.name.empty() == (import.name.data() == nullptr));
  }
  for (const load::Export& exported : image.exports) {
    const load::Export* named = image.find_export(exported.name);
    if (named != nullptr) REQUIRE(named->name == exported.name);
    const load::Export* same = image.find_export_by_ordinal(exported.ordinal);
    REQUIRE(same != nullptr);
    REQUIRE(same->ordinal == exported.ordinal);
  }
}

}  // namespace

TEST_SUITE("load") {
  TEST_CASE("20,000 damaged images are each an Image or an Error, and harmless") {
    Random random(7470);
    std::vector<std::vector<std::byte>> intact;
    for (const char* name : {"load_program.exe", "load_exports.dll", "load_no_seh.exe"}) {
      intact.push_back(guest_bytes(name));
    }
    auto machine = emu::Machine::create({});
    REQUIRE(machine.has_value());
    auto& space = (*machine)->memory();
    int accepted = 0, refused = 0, mapped = 0;
    for (int round = 0; round < 20'000; ++round) {
      PeEditor editor(intact[below(random, static_cast<std::uint32_t>(intact.size()))]);
      damage(random, editor);
      const auto image = load::parse("damaged", editor.bytes);
      if (!image) {
        ++refused;
        REQUIRE_FALSE(image.error().what.empty());
        continue;
      }
      ++accepted;
      use(random, *image);
      constexpr std::uint32_t kSmall = 1 << 20;
      if (image->size > kSmall || round % 8 != 0) continue;
      const GuestAddr base{0x10000000};
      if (load::map_image(*image, base, space)) {
        ++mapped;
        REQUIRE(space.release(base).has_value());
      }
      REQUIRE(space.committed_pages() == 0);
    }
    // The damage has to reach both sides of the fence, or the test tests nothing.
    CHECK(accepted > 1000);
    CHECK(refused > 1000);
    CHECK(mapped > 100);
  }
}
