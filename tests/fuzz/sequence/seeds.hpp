// The seeds and the dictionary of the sequences' fuzz targets, as they must lie in fixtures/corpus.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "emu/result.hpp"
#include "host/fuzz/sequence/grammar.hpp"

namespace sehlab::fuzz::sequence {

struct Seed {
  std::string folder;  ///< "sequences" or "sequences_go"
  std::string name;
  std::vector<std::uint8_t> bytes;

  [[nodiscard]] World begins_in() const { return folder == "sequences" ? World::C : World::Go; }
};

/// Reads the form of seeds.txt; an Error names `where` and the line.
[[nodiscard]] Result<std::vector<Seed>> parse_seeds(std::string_view text, std::string_view where);

/// sequences.dict: each operation, with each of its policies, as a token of four bytes. In the form
/// that libFuzzer and AFL++ read.
[[nodiscard]] std::string dictionary();

}  // namespace sehlab::fuzz::sequence
