// The images that tests/load/CMakeLists.txt builds, as bytes and as parsed Images.
#pragma once

#include <doctest/doctest.h>

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "host/load/image.hpp"

namespace sehlab::load_tests {

inline std::filesystem::path guest_path(const std::string& name) {
  return std::filesystem::path(SEHLAB_BINARY_DIR) / "guest" / name;
}

inline std::vector<std::byte> guest_bytes(const std::string& name) {
  std::ifstream file(guest_path(name), std::ios::binary);
  REQUIRE_MESSAGE(file.good(), name << " was not built");
  std::vector<char> text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

inline load::Image guest_image(const std::string& name) {
  auto image = load::read_image(guest_path(name));
  REQUIRE_MESSAGE(image.has_value(), image.error().text());
  return std::move(*image);
}

}  // namespace sehlab::load_tests
