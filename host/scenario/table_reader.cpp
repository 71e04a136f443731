#include "host/scenario/table_reader.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "host/trace/near_miss.hpp"
#include "host/trace/plain.hpp"

namespace sehlab::scenario {

TableReader::TableReader(const TomlValue& table, std::string path, Complaint& complaint)
    : members_(std::get_if<TomlTable>(&table.value)),
      line_(table.line),
      path_(std::move(path)),
      complaint_(complaint) {
  if (members_ == nullptr && !complaint_) {
    complaint_ = {table.line, fmt::format("{}: must be a table, not {}", path_, toml_kind(table))};
  }
}

std::string TableReader::full(std::string_view key) const {
  if (key.empty()) return path_;  // the table itself
  return path_.empty() ? std::string(key) : fmt::format("{}.{}", path_, key);
}

void TableReader::complain(std::string_view key, int line, std::string_view what) {
  if (!complaint_) complaint_ = {line, fmt::format("{}: {}", full(key), what)};
}

void TableReader::missing(std::string_view key) {
  if (!complaint_) complaint_ = {line_, fmt::format("{} is missing", full(key))};
}

const TomlValue* TableReader::take(std::string_view key) {
  known_.push_back(key);
  if (members_ == nullptr) return nullptr;
  const auto found = std::find_if(members_->begin(), members_->end(),
                                  [key](const TomlMember& m) { return m.key == key; });
  return found == members_->end() ? nullptr : &found->value;
}

std::optional<Text> TableReader::text(std::string_view key) {
  const TomlValue* value = take(key);
  if (value == nullptr) return std::nullopt;
  const auto* text = std::get_if<std::string>(&value->value);
  if (text == nullptr) {
    complain(key, value->line, fmt::format("must be a string, not {}", toml_kind(*value)));
    return std::nullopt;
  }
  return Text{*text, value->line};
}

std::optional<Text> TableReader::words(std::string_view key) {
  auto found = text(key);
  if (found && found->value.empty()) {
    complain(key, found->line, "must not be empty");
    return std::nullopt;
  }
  return found;
}

std::optional<At<std::int64_t>> TableReader::number(std::string_view key, std::int64_t from,
                                                    std::int64_t to) {
  const TomlValue* value = take(key);
  if (value == nullptr) return std::nullopt;
  const auto* number = std::get_if<std::int64_t>(&value->value);
  if (number == nullptr) {
    complain(key, value->line, fmt::format("must be a whole number, not {}", toml_kind(*value)));
    return std::nullopt;
  }
  if (*number < from || *number > to) {
    complain(key, value->line,
             fmt::format("{} is out of range; it must be from {} to {}", *number, from, to));
    return std::nullopt;
  }
  return At<std::int64_t>{*number, value->line};
}

std::optional<At<bool>> TableReader::flag(std::string_view key) {
  const TomlValue* value = take(key);
  if (value == nullptr) return std::nullopt;
  const auto* flag = std::get_if<bool>(&value->value);
  if (flag == nullptr) {
    complain(key, value->line, fmt::format("must be true or false, not {}", toml_kind(*value)));
    return std::nullopt;
  }
  return At<bool>{*flag, value->line};
}

bool TableReader::add_text(std::string_view key, const TomlValue& value, std::vector<Text>& texts) {
  const auto* text = std::get_if<std::string>(&value.value);
  if (text == nullptr) {
    complain(key, value.line, fmt::format("must hold strings, not {}", toml_kind(value)));
  } else if (text->empty()) {
    complain(key, value.line, "an empty string says nothing");
  } else {
    texts.push_back({*text, value.line});
    return true;
  }
  return false;
}

std::optional<At<std::vector<Text>>> TableReader::texts(std::string_view key) {
  const TomlValue* value = take(key);
  if (value == nullptr) return std::nullopt;
  const auto* array = std::get_if<TomlArray>(&value->value);
  if (array == nullptr) {
    complain(key, value->line,
             fmt::format("must be an array of strings, not {}", toml_kind(*value)));
    return std::nullopt;
  }
  At<std::vector<Text>> found{{}, value->line};
  for (const TomlValue& element : *array) {
    if (!add_text(key, element, found.value)) return std::nullopt;
  }
  return found;
}

std::vector<Text> TableReader::some_texts(std::string_view key) {
  const TomlValue* value = take(key);
  if (value == nullptr) return {};
  std::vector<Text> found;
  if (!std::holds_alternative<TomlArray>(value->value)) {
    add_text(key, *value, found);
    return found;
  }
  if (auto several = texts(key)) found = std::move(several->value);
  if (found.empty()) complain(key, value->line, "an empty array says nothing");
  return found;
}

void TableReader::finish() {
  if (members_ == nullptr || complaint_) return;
  for (const TomlMember& member : *members_) {
    if (std::find(known_.begin(), known_.end(), member.key) != known_.end()) continue;
    complaint_ = {
        member.line,
        fmt::format("{}: unknown key{}", full(trace::printable(member.key)),
                    trace::did_you_mean(member.key, std::span<const std::string_view>(known_)))};
    return;
  }
}

}  // namespace sehlab::scenario
