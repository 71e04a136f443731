// What an injection does, from the members of its specification. Internal to host/inject.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "host/inject/spec.hpp"

namespace sehlab::inject {

/// Takes members by their keys, each with its type and range, and keeps the first complaint.
class MemberReader {
 public:
  MemberReader(std::span<const Member> members, const std::string& source)
      : members_(members), source_(source) {}

  /// The first one of that key; null: there is none.
  [[nodiscard]] const Member* find(std::string_view key) const;

  // Each gives nothing when the member is missing or complained of.
  [[nodiscard]] std::optional<std::uint64_t> count(std::string_view key, std::uint64_t from,
                                                   std::uint64_t to);
  [[nodiscard]] std::optional<std::uint32_t> number(std::string_view key);
  [[nodiscard]] std::optional<Value> value(std::string_view key);

  /// `key` empty: of the whole. `line` 0: of none.
  void complain(std::string_view key, int line, std::string_view what);
  [[nodiscard]] bool failed() const { return !error_.what.empty(); }
  [[nodiscard]] const Error& error() const { return error_; }

 private:
  std::span<const Member> members_;
  const std::string& source_;
  Error error_;
};

/// `action` is the member that says what to do. Complains through the reader.
[[nodiscard]] What parse_what(MemberReader& reader, const Member& action);

}  // namespace sehlab::inject
