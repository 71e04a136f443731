// RepeatedInput: standard input as an earlier run of the same program had it, read by read.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace sehlab::lab {

class RepeatedInput {
 public:
  /// `reads`: what each read gave; they outlive this.
  explicit RepeatedInput(const std::vector<std::string>& reads) : reads_(reads) {}

  /// As process::Output::read.
  std::size_t read(std::span<std::byte> into) {
    if (next_ == reads_.size()) return 0;
    const std::string& given = reads_[next_++];
    const std::size_t size = std::min(into.size(), given.size());
    std::copy_n(reinterpret_cast<const std::byte*>(given.data()), size, into.begin());
    return size;
  }
  /// Reads so far; to go back with a snapshot.
  [[nodiscard]] std::size_t count() const { return next_; }
  void set_count(std::size_t count) { next_ = count; }

 private:
  const std::vector<std::string>& reads_;
  std::size_t next_ = 0;
};

}  // namespace sehlab::lab
