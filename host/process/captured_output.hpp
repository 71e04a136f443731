// CapturedOutput: what the guest writes, kept.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "host/process/options.hpp"

namespace sehlab::process {

/// Bounded, so that a guest that prints for ever fills no memory.
class CapturedOutput : public Output {
 public:
  /// `most`: bytes of each stream.
  explicit CapturedOutput(std::size_t most = 16u << 20) : most_(most) {}

  void write(int stream, std::span<const std::byte> bytes) override;
  [[nodiscard]] const std::string& out() const { return out_; }
  [[nodiscard]] const std::string& error() const { return error_; }
  /// Either of them, to go back with a snapshot. `stream` as in write().
  [[nodiscard]] std::string& text(int stream) { return stream == 2 ? error_ : out_; }
  /// True when something was dropped.
  [[nodiscard]] bool truncated() const { return truncated_; }

 private:
  std::size_t most_;
  std::string out_, error_;
  bool truncated_ = false;
};

}  // namespace sehlab::process
