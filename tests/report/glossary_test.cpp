// The glossary knows every word that traces, reports and scenarios use (issue: "explain knows every
// status, flag, disposition, check and defect, with its source").
#include "host/report/glossary.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

#include "host/trace/names.hpp"
#include "host/win32/status.hpp"

namespace sehlab::report {
namespace {

bool knows(std::string_view word, WordKind kind) {
  const auto found = look_up(word);
  return std::ranges::any_of(found, [&](const auto* entry) { return entry->kind == kind; });
}

}  // namespace

TEST_CASE("each entry has a text of whole sentences and a source, and is there once") {
  std::set<std::pair<WordKind, std::string_view>> seen;
  for (const GlossaryEntry& entry : glossary()) {
    CAPTURE(entry.word);
    CHECK(entry.text.ends_with('.'));
    CHECK_FALSE(entry.source.empty());
    CHECK(seen.emplace(entry.kind, entry.word).second);
    CHECK(knows(entry.word, entry.kind));
  }
}

TEST_CASE("every status that can be raised as an exception is explained, under its value") {
  for (const win32::StatusText& status : win32::kStatusTexts) {
    if (trace::status_name(status.value).empty()) continue;  // no exception: a function returns it
    CAPTURE(status.name);
    CHECK(knows(status.name, WordKind::Status));
  }
  for (const GlossaryEntry& entry : status_entries()) {
    CAPTURE(entry.word);
    CHECK(win32::status_name(entry.value.value()) == entry.word);
  }
}

TEST_CASE("every check that can refuse a record is explained") {
  for (int i = 0; i <= static_cast<int>(trace::Refusal::Unreadable); ++i) {
    const auto name = trace::refusal_name(static_cast<trace::Refusal>(i));
    CAPTURE(name);
    CHECK(knows(name, WordKind::Check));
  }
}

TEST_CASE("every disposition is explained, by name and by number") {
  for (std::uint32_t value = 0; value < 4; ++value) {
    const auto name = trace::disposition_name(value);
    CHECK(knows(name, WordKind::Disposition));
    CHECK(knows(std::to_string(value), WordKind::Disposition));
  }
}

TEST_CASE("a word is found as people write it: any case, without prefix, as a number") {
  for (const std::string_view word : {"STATUS_ACCESS_VIOLATION", "access_violation",
                                      "Access-Violation", "0xc0000005", "C0000005"}) {
    CAPTURE(word);
    const auto found = look_up(word);
    REQUIRE(found.size() == 1);
    CHECK(found.front()->word == "STATUS_ACCESS_VIOLATION");
  }
  CHECK(look_up("").empty());
  CHECK(look_up("STATUS_").empty());
  CHECK(look_up("0x").empty());
  CHECK(look_up("123456789123456789").empty());
}

}  // namespace sehlab::report
