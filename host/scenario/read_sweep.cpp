#include "host/scenario/read_sweep.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "host/scenario/read_expectations.hpp"
#include "host/trace/near_miss.hpp"
#include "host/trace/plain.hpp"

namespace sehlab::scenario {
namespace {

constexpr std::array kEnds = {SweptEnd::Survived, SweptEnd::Died, SweptEnd::Hung};

/// One element, or an array of them; not empty when it is there.
std::vector<const TomlValue*> elements(TableReader& table, std::string_view key) {
  std::vector<const TomlValue*> found;
  const TomlValue* value = table.take(key);
  if (value == nullptr) return found;
  const auto* array = std::get_if<TomlArray>(&value->value);
  if (array == nullptr) return {value};
  for (const TomlValue& element : *array) found.push_back(&element);
  if (found.empty()) table.complain(key, value->line, "an empty array says nothing");
  return found;
}

void read_ends(TableReader& table, SweepExpectation& expect) {
  for (const TomlValue* value : elements(table, "end")) {
    const auto* word = std::get_if<std::string>(&value->value);
    const auto* end = std::find_if(kEnds.begin(), kEnds.end(),
                                   [&](SweptEnd e) { return word && end_word(e) == *word; });
    if (end == kEnds.end()) {
      return table.complain("end", value->line, "must be \"exited\", \"unhandled\" or \"hung\"");
    }
    expect.ends.push_back({*end, value->line});
  }
}

void read_exits(TableReader& table, SweepExpectation& expect) {
  for (const TomlValue* value : elements(table, "exit")) {
    const auto* number = std::get_if<std::int64_t>(&value->value);
    if (number == nullptr || *number < 0 || *number > 255) {
      return table.complain("exit", value->line, "must be a number from 0 to 255");
    }
    expect.exits.push_back({static_cast<int>(*number), value->line});
  }
}

std::optional<At<WindowText>> read_window(TableReader& table, std::string_view key) {
  const auto text = table.words(key);
  if (!text) return std::nullopt;
  if (auto window = parse_window(text->value)) return At<WindowText>{*window, text->line};
  table.complain(key, text->line, "must be FROM..TO");
  return std::nullopt;
}

SweepExpectation read_expectation(const TomlValue& value, Complaint& complaint) {
  TableReader table(value, "sweep.expect", complaint);
  SweepExpectation expect;
  expect.line = value.line;
  if (const auto title = table.words("title")) expect.title = title->value;
  expect.at = table.some_texts("at");
  expect.window = read_window(table, "window");
  expect.handled_by = table.some_texts("handled_by");
  read_ends(table, expect);
  read_exits(table, expect);
  if (const auto chain = table.words("chain")) {
    expect.restored = chain->value == "restored";
    if (!expect.restored) table.complain("chain", chain->line, "must be \"restored\"");
  }
  expect.watch = read_defects(table);
  if (const auto reason = table.words("reason")) expect.reason = reason->value;
  table.finish();
  const bool nothing = expect.handled_by.empty() && expect.ends.empty() && expect.exits.empty() &&
                       !expect.restored && !expect.watch;
  if (nothing) table.complain("", value.line, "nothing is expected, so nothing could fail");
  if (expect.title.empty()) expect.title = fmt::format("line {}", value.line);
  return expect;
}

}  // namespace

std::string_view end_word(SweptEnd end) {
  switch (end) {
    case SweptEnd::Survived:
      return "exited";
    case SweptEnd::Died:
      return "unhandled";
    case SweptEnd::Hung:
      return "hung";
    case SweptEnd::Unmodelled:
      return "unmodelled";
  }
  return {};
}

std::optional<WindowText> parse_window(std::string_view text) {
  const std::size_t dots = text.find("..");
  if (dots == text.npos) return std::nullopt;
  return WindowText{std::string(text.substr(0, dots)), std::string(text.substr(dots + 2))};
}

Sweep read_sweep(const TomlValue& value, Complaint& complaint) {
  TableReader table(value, "sweep", complaint);
  Sweep sweep;
  sweep.line = value.line;
  const auto window = read_window(table, "window");
  if (window) sweep.window = window->value;
  if (!window && !complaint) table.missing("window");
  sweep.faults = table.some_texts("fault");
  if (sweep.faults.empty() && !complaint) table.missing("fault");
  sweep.failing = read_window(table, "failing");
  for (const TomlValue* expect : elements(table, "expect")) {
    sweep.expect.push_back(read_expectation(*expect, complaint));
  }
  table.finish();
  return sweep;
}

}  // namespace sehlab::scenario
