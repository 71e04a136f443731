// Exports with the decorations of their conventions. Expectations: facts: guest-tools.md 3.
#include "host/load/decorated_export.hpp"

#include <doctest/doctest.h>

#include <string_view>
#include <vector>

using namespace sehlab;

namespace {

/// An image that exports these, in the order of their names.
load::Image exporting(const std::vector<std::string_view>& names) {
  load::Image image;
  for (const std::string_view name : names) {
    image.exports_by_name.push_back(static_cast<std::uint32_t>(image.exports.size()));
    image.exports.push_back({name, static_cast<std::uint32_t>(image.exports.size() + 1), 0, {}});
  }
  return image;
}

}  // namespace

TEST_SUITE("load") {
  TEST_CASE("a function of stdcall or fastcall is called by its name without decorations, too") {
    const load::Image image = exporting({"@Fast@8", "Plain", "_Std@12", "_exit", "exit"});
    const auto found = [&](std::string_view name) {
      const load::Export* exported = load::find_export_called(image, name);
      return exported != nullptr ? exported->name : "none";
    };
    CHECK(found("Std") == "_Std@12");
    CHECK(found("_Std@12") == "_Std@12");
    CHECK(found("Fast") == "@Fast@8");
    CHECK(found("Plain") == "Plain");
    CHECK(found("exit") == "exit");
    CHECK(found("_exit") == "_exit");
    CHECK(found("Std@12") == "none");
    CHECK(found("Lain") == "none");
    CHECK(found("") == "none");
  }

  TEST_CASE("an underscore alone is no decoration of an export") {
    CHECK_FALSE(load::is_called("_exit", "exit"));
    CHECK_FALSE(load::is_called("exit", "_exit"));
    const load::Image image = exporting({"_exit"});
    CHECK(load::find_export_called(image, "exit") == nullptr);
  }

  TEST_CASE("a name is itself before it is another's without decorations") {
    const load::Image image = exporting({"Std", "_Std@12"});
    CHECK(load::find_export_called(image, "Std")->name == "Std");
  }
}
