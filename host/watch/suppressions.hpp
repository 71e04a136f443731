// Suppressions: defects that somebody knows of and does not want to be told of, each with a reason.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sehlab::watch {

struct Suppression {
  std::string defect;  ///< its name; `*` stands for any characters, `?` for one
  std::string owner;   ///< "image!function", the same
  std::string reason;
};

/// Does `text` fit `pattern`? `*` stands for any characters, `?` for one; case counts.
[[nodiscard]] bool fits(std::string_view pattern, std::string_view text);

class Suppressions {
 public:
  Suppressions() = default;
  explicit Suppressions(std::vector<Suppression> all) : all_(std::move(all)) {}

  /// Index of the first one for that defect of a record of `owner` ("image!function+0x4" or empty);
  /// all().size(): none.
  [[nodiscard]] std::size_t find(std::string_view defect, std::string_view owner) const;
  [[nodiscard]] const std::vector<Suppression>& all() const { return all_; }

 private:
  std::vector<Suppression> all_;
};

}  // namespace sehlab::watch
