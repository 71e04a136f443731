// Scratch: a folder of a test's own, with files in it.
#pragma once

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "host/lab/scratch_folder.hpp"

namespace sehlab::lab {

class Scratch {
 public:
  Scratch() : folder_(made()) {}
  [[nodiscard]] std::filesystem::path path(const std::string& leaf = {}) const {
    return leaf.empty() ? folder_.path() : folder_.path() / leaf;
  }
  std::filesystem::path write(const std::string& leaf, std::string_view bytes) const {
    std::filesystem::create_directories(path(leaf).parent_path());
    std::ofstream(path(leaf), std::ios::binary) << bytes;
    return path(leaf);
  }
  [[nodiscard]] static std::string read(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    REQUIRE_MESSAGE(stream.good(), "cannot read " << file);
    return {std::istreambuf_iterator<char>(stream), {}};
  }

 private:
  static ScratchFolder made() {
    auto folder = ScratchFolder::make();
    REQUIRE(folder);
    return std::move(*folder);
  }
  ScratchFolder folder_;
};

}  // namespace sehlab::lab
