// TableReader: takes the members of a TOML table one by one, each with its type and range, and
// keeps the first complaint with its line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/scenario/scenario.hpp"
#include "host/scenario/toml_value.hpp"

namespace sehlab::scenario {

/// The first thing that is wrong with a file.
struct Complaint {
  int line = 0;
  std::string what;  ///< empty: nothing
  explicit operator bool() const { return !what.empty(); }
};

class TableReader {
 public:
  /// `path` is the table's own ("expect"), empty for the document. A value that is no table is
  /// complained of, and has no members.
  TableReader(const TomlValue& table, std::string path, Complaint& complaint);

  /// The member, or nullptr; from now on it counts as known. Keys must outlive the reader.
  const TomlValue* take(std::string_view key);

  // Each of these gives nothing when the member is missing or complained of.
  std::optional<Text> text(std::string_view key);   ///< may be empty
  std::optional<Text> words(std::string_view key);  ///< may not
  std::optional<At<std::int64_t>> number(std::string_view key, std::int64_t from, std::int64_t to);
  std::optional<At<bool>> flag(std::string_view key);
  /// An array of strings that are not empty. The array itself may be.
  std::optional<At<std::vector<Text>>> texts(std::string_view key);
  /// The same, or one string; not empty.
  std::vector<Text> some_texts(std::string_view key);

  /// Complains of a key that must be there.
  void missing(std::string_view key);
  /// Complains of the member `key`, at `line`.
  void complain(std::string_view key, int line, std::string_view what);
  /// Complains of members that nobody took.
  void finish();

  [[nodiscard]] int line() const { return line_; }

 private:
  [[nodiscard]] std::string full(std::string_view key) const;
  bool add_text(std::string_view key, const TomlValue& value, std::vector<Text>& texts);

  const TomlTable* members_ = nullptr;
  int line_ = 0;
  std::string path_;
  Complaint& complaint_;
  std::vector<std::string_view> known_;
};

}  // namespace sehlab::scenario
