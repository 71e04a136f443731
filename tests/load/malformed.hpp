// One way to damage an image, and what the loader is to say to it.
#pragma once

#include <doctest/doctest.h>

#include <span>
#include <string>

#include "guest_files.hpp"
#include "host/load/image.hpp"
#include "pe_editor.hpp"

namespace sehlab::load_tests {

struct Malformation {
  const char* what;
  void (*damage)(PeEditor&);
  const char* message;  ///< a part of the error's text
};

/// Damages `image` in each way and expects the message, with the image's name before it.
inline void check_refused(const std::string& image, std::span<const Malformation> table) {
  const auto intact = guest_bytes(image);
  REQUIRE(load::parse(image, intact).has_value());
  for (const Malformation& malformation : table) {
    PeEditor editor(intact);
    malformation.damage(editor);
    const auto result = load::parse("damaged.exe", editor.bytes);
    INFO(std::string(malformation.what));
    CHECK_FALSE(result.has_value());
    if (result) continue;
    const std::string text = result.error().text();
    INFO(text);
    CHECK(text.find(malformation.message) != std::string::npos);
    CHECK(text.starts_with("damaged.exe: "));
  }
}

}  // namespace sehlab::load_tests
