// docs/schemas/trace.schema.json beside the events themselves: every kind, every field and its
// type. Expectation: docs/trace-format.md, "JSON Lines": nothing is left out, and how each type is
// written.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <type_traits>
#include <utility>

#include "host/trace/fields.hpp"
#include "host/trace/jsonl_writer.hpp"
#include "host/trace/kinds.hpp"

using namespace sehlab;
using nlohmann::json;

namespace {

json schema() {
  std::ifstream in(SEHLAB_SOURCE_DIR "/docs/schemas/trace.schema.json");
  return json::parse(in);
}

/// What the schema must say of a field: a reference to one of its definitions, or a type.
template <class T>
std::string written_as(trace::NumberForm form) {
  if constexpr (std::is_same_v<T, GuestAddr>) return "#/$defs/address";
  if constexpr (std::is_same_v<T, trace::Place>) return "#/$defs/place";
  if constexpr (std::is_same_v<T, GuestRange>) return "#/$defs/range";
  if constexpr (std::is_same_v<T, bool>) return "boolean";
  if constexpr (std::is_same_v<T, std::string>) return "string";
  if constexpr (std::is_enum_v<T>) return "string";
  if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>) {
    return form == trace::kHex ? "#/$defs/address" : "integer";
  }
  return "array";
}

std::string said_of(const json& member) {
  if (member.contains("$ref")) return member["$ref"];
  if (member.contains("enum")) return member["enum"].at(0).is_string() ? "string" : "?";
  return member.value("type", "?");
}

}  // namespace

TEST_SUITE("schemas") {
  TEST_CASE("the schema of a trace has every kind of event, each with its fields and their types") {
    const json all = schema();
    const json& kinds = all["$defs"]["event"]["properties"]["kind"]["enum"];
    CHECK(kinds.size() == trace::kKinds);
    const auto check_kind = [&]<class P>(const P& payload) {
      const std::string kind(trace::kind_name(trace::Payload(payload)));
      CAPTURE(kind);
      CHECK(std::ranges::find(kinds, json(kind)) != kinds.end());
      const json& data = all["$defs"].at("data-" + kind);
      CHECK(data.at("additionalProperties") == false);
      std::size_t count = 0;
      trace::fields(payload, [&]<class T>(const char* name, const T&,
                                          trace::NumberForm form = trace::NumberForm::Decimal) {
        CAPTURE(name);
        ++count;
        REQUIRE(data["properties"].contains(name));
        CHECK(said_of(data["properties"][name]) == written_as<T>(form));
        CHECK(std::ranges::find(data["required"], json(name)) != data["required"].end());
      });
      CHECK(data["properties"].size() == count);
    };
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (check_kind(std::variant_alternative_t<I, trace::Payload>{}), ...);
    }
    (std::make_index_sequence<std::variant_size_v<trace::Payload>>{});
  }

  TEST_CASE("the schema's version is the one that is written") {
    const json header = json::parse(trace::jsonl_header());
    const json all = schema();
    const json& said = all["$defs"]["header"]["properties"];
    CHECK(said["schema_version"]["const"] == header["schema_version"]);
    CHECK(said["sehlab_trace"]["const"] == header["sehlab_trace"]);
    CHECK(said.size() == header.size());
  }
}
