// What lies in fixtures/corpus is what seeds.txt and the header say.
#include "tests/fuzz/sequence/seeds.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "host/fuzz/sequence/outline.hpp"
#include "tests/fuzz/sequence/header_text.hpp"

namespace sehlab::fuzz::sequence {

namespace {

const std::filesystem::path kCorpus = SEHLAB_SOURCE_DIR "/fixtures/corpus";

std::string contents(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE_MESSAGE(file, path.string());
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<Seed> all_seeds() {
  const auto seeds =
      parse_seeds(contents(SEHLAB_SOURCE_DIR "/tests/fuzz/sequence/seeds.txt"), "seeds.txt");
  REQUIRE_MESSAGE(seeds.has_value(), (seeds ? "" : seeds.error().text()));
  return *seeds;
}

}  // namespace

TEST_SUITE("seeds of sequences") {
  TEST_CASE("the corpora hold what seeds.txt says") {
    std::set<std::string> names;
    for (const Seed& seed : all_seeds()) {
      CHECK_MESSAGE(contents(kCorpus / seed.folder / seed.name) ==
                        std::string(seed.bytes.begin(), seed.bytes.end()),
                    seed.name << ": run build/bin/write_sequence_seeds");
      CHECK_MESSAGE(names.insert(seed.folder + "/" + seed.name).second, seed.name);
    }
    CHECK(names.size() >= 40);
  }

  TEST_CASE("every operation of a seed exists where it stands, and every operation is in a seed") {
    std::set<int> codes;
    for (const Seed& seed : all_seeds()) {
      const Outline outline(seed.bytes, seed.begins_in());
      CHECK_MESSAGE(outline.fitting() == outline.count(), seed.name);
      for (std::size_t i = 0; i < outline.count(); ++i) codes.insert(raw_op(seed.bytes, i).op);
    }
    for (const auto& each : read_header_text().ops) {
      const auto& name = each.first;
      const auto& code = each.second;
      CHECK_MESSAGE((code == LAB_OP_NOP || codes.contains(code)), name);
    }
  }

  TEST_CASE("the dictionary has a token for each operation, and for each policy of the header") {
    const std::string text = contents(kCorpus / "sequences.dict");
    CHECK_MESSAGE(text == dictionary(), "run build/bin/write_sequence_seeds");
    const HeaderText header = read_header_text();
    for (const auto& each : header.ops) {
      const auto& name = each.first;
      const auto& code = each.second;
      char token[32];
      std::snprintf(token, sizeof token, "=\"\\x%02x\\x00\\x00\\x00\"\n",
                    static_cast<unsigned>(code));
      const std::size_t at = text.find(token);
      REQUIRE_MESSAGE(at != text.npos, name);
      const std::size_t line = text.rfind('\n', at) + 1;
      CHECK_MESSAGE(text.substr(line, at - line).starts_with(name), name);
    }
    // \x08 is RECORD, \x02 FAULT, \x22 DEFER: one token for each of their policies.
    const auto count = [&](const std::string& start) {
      std::size_t many = 0;
      for (std::size_t at = text.find(start); at != text.npos; at = text.find(start, at + 1))
        ++many;
      return many;
    };
    CHECK(count("=\"\\x08") == std::size_t{LAB_HANDLES} + LAB_UNWINDS - 1);
    CHECK(count("=\"\\x02") == LAB_FAULTS);
    CHECK(count("=\"\\x22") == LAB_DEFERS);
    CHECK(count("RECORD_UNWIND_TO=\"\\x08\\x03\\x00\\x00\"\n") == 1);
  }

  TEST_CASE("a mistake in the seeds is told with its line") {
    CHECK(parse_seeds("\n== sequences/a\nRECORD\n\nRECRD\n", "f").error().text() ==
          "f:5: \"RECRD\" is no operation");
    CHECK(parse_seeds("== other/a\nEND\n", "f").error().text() ==
          "f:1: a seed is called sequences/NAME or sequences_go/NAME");
  }
}

}  // namespace sehlab::fuzz::sequence
