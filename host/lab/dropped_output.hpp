// DroppedOutput: for a run that is repeated: what it prints has been printed, and its reads give
// what they gave.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "host/lab/repeated_input.hpp"
#include "host/process/options.hpp"

namespace sehlab::lab {

class DroppedOutput final : public process::Output {
 public:
  explicit DroppedOutput(const std::vector<std::string>& reads) : input_(reads) {}
  void write(int, std::span<const std::byte>) override {}
  std::size_t read(std::span<std::byte> into) override { return input_.read(into); }

 private:
  RepeatedInput input_;
};

}  // namespace sehlab::lab
