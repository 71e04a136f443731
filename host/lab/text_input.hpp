// TextInput: standard input that is a text.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <utility>

namespace sehlab::lab {

class TextInput {
 public:
  explicit TextInput(std::string text = {}) : text_(std::move(text)) {}

  /// As process::Output::read.
  std::size_t read(std::span<std::byte> into) {
    const std::size_t size = std::min(into.size(), text_.size() - next_);
    std::copy_n(reinterpret_cast<const std::byte*>(text_.data()) + next_, size, into.begin());
    next_ += size;
    return size;
  }
  /// Bytes read so far; to go back with a snapshot.
  [[nodiscard]] std::size_t count() const { return next_; }
  void set_count(std::size_t count) { next_ = count; }

 private:
  std::string text_;
  std::size_t next_ = 0;
};

}  // namespace sehlab::lab
