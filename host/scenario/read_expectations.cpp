#include "host/scenario/read_expectations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <vector>

#include "host/trace/near_miss.hpp"
#include "host/trace/plain.hpp"

namespace sehlab::scenario {
namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

void read_end(TableReader& table, Expectations& expect) {
  const auto word = table.words("end");
  if (!word) return;
  std::vector<std::string_view> known;
  for (int i = 0; i <= static_cast<int>(End::Refused); ++i) {
    known.push_back(end_word(static_cast<End>(i)));
    if (known.back() == word->value) expect.end = At<End>{static_cast<End>(i), word->line};
  }
  if (expect.end) return;
  table.complain(
      "end", word->line,
      fmt::format("\"{}\" is no way to end{}; they are {}", trace::printable(word->value),
                  trace::did_you_mean(word->value, std::span<const std::string_view>(known)),
                  fmt::join(known, ", ")));
}

void read_chain(TableReader& table, Expectations& expect) {
  const TomlValue* value = table.take("chain");
  if (value == nullptr) return;
  if (const auto* word = std::get_if<std::string>(&value->value)) {
    if (*word != "restored") {
      return table.complain("chain", value->line,
                            "must be \"restored\" or an array of the records' owners");
    }
    expect.chain = {Restored{}, value->line};
  } else if (auto owners = table.texts("chain")) {
    expect.chain = {std::move(owners->value), owners->line};
  }
}

void read_one_after(const TomlValue& value, Complaint& complaint, Expectations& expect) {
  TableReader table(value, "expect.handlers_after", complaint);
  HandlersAfter after;
  after.line = value.line;
  const auto symbol = table.words("symbol");
  const auto visit = table.number("visit", 1, kMost);
  auto handlers = table.texts("handlers");
  if (visit) after.visit = static_cast<std::uint64_t>(visit->value);
  symbol ? void(after.symbol = *symbol) : table.missing("symbol");
  handlers ? void(after.handlers = std::move(handlers->value)) : table.missing("handlers");
  table.finish();
  expect.handlers_after.push_back(std::move(after));
}

void read_handlers_after(TableReader& table, Complaint& complaint, Expectations& expect) {
  const TomlValue* value = table.take("handlers_after");
  if (value == nullptr) return;
  const auto* several = std::get_if<TomlArray>(&value->value);
  if (several == nullptr) return read_one_after(*value, complaint, expect);
  if (several->empty()) {
    return table.complain("handlers_after", value->line, "an empty array says nothing");
  }
  for (const TomlValue& one : *several) read_one_after(one, complaint, expect);
}

void read_reached(TableReader& table, Complaint& complaint, Expectations& expect) {
  const TomlValue* value = table.take("reached");
  if (value == nullptr) return;
  TableReader symbols(*value, "expect.reached", complaint);
  const auto* members = std::get_if<TomlTable>(&value->value);
  if (members == nullptr) return;
  if (members->empty()) table.complain("reached", value->line, "an empty table says nothing");
  for (const TomlMember& member : *members) {
    const auto count = symbols.number(member.key, 0, kMost);
    if (!count) continue;
    expect.reached.push_back(
        {Text{member.key, member.line}, static_cast<std::uint64_t>(count->value)});
  }
}

std::optional<At<std::uint64_t>> read_count(TableReader& table, std::string_view key) {
  const auto number = table.number(key, 0, kMost);
  if (!number) return std::nullopt;
  return At<std::uint64_t>{static_cast<std::uint64_t>(number->value), number->line};
}

}  // namespace

std::span<const std::string_view> defect_names() {
  static constexpr std::array<std::string_view, 9> kDefects = {
      "dangling",  "overwritten",      "patched",
      "off-stack", "misaligned",       "not-ascending",
      "cycle",     "handler-on-stack", "handler-not-executable"};
  return kDefects;
}

std::optional<At<std::vector<Text>>> read_defects(TableReader& table) {
  auto defects = table.texts("watch");
  if (!defects) return defects;
  for (const Text& element : defects->value) {
    const std::string defect = element.value.substr(0, element.value.find('@'));
    const auto known = defect_names();
    if (std::find(known.begin(), known.end(), defect) != known.end()) continue;
    table.complain("watch", element.line,
                   fmt::format("\"{}\" is no defect{}; they are {}", trace::printable(defect),
                               trace::did_you_mean(defect, known), fmt::join(known, ", ")));
  }
  return defects;
}

Expectations read_expectations(const TomlValue& value, Complaint& complaint) {
  TableReader table(value, "expect", complaint);
  Expectations expect;
  if (const auto exit = table.number("exit", 0, 255)) {
    expect.exit = At<int>{static_cast<int>(exit->value), exit->line};
  }
  read_end(table, expect);
  if (const auto code = table.number("code", 0, 0xffffffff)) {
    expect.code = At<std::uint32_t>{static_cast<std::uint32_t>(code->value), code->line};
  }
  expect.handlers = table.texts("handlers");
  expect.handled_by = table.some_texts("handled_by");
  expect.unwound = table.texts("unwound");
  read_handlers_after(table, complaint, expect);
  read_chain(table, expect);
  expect.watch = read_defects(table);
  expect.exposures = read_count(table, "exposures");
  expect.dispatches = read_count(table, "dispatches");
  read_reached(table, complaint, expect);
  expect.out = table.text("stdout");
  expect.err = table.text("stderr");
  expect.out_contains = table.some_texts("stdout_contains");
  expect.err_contains = table.some_texts("stderr_contains");
  table.finish();
  return expect;
}

}  // namespace sehlab::scenario
