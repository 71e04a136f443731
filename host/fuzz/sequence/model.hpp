// Model: the oracle of the sequences. It predicts what a sequence does on 32-bit Windows 7 and in
// Go's runtime of version 1.3 from their rules alone (docs/facts; docs/fuzzing-oracle.md): no
// processor, no process, none of the lab's dispatcher.
#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "host/fuzz/sequence/prediction.hpp"

namespace sehlab::fuzz::sequence {

class Run;

/// Reusable, by one thread at a time: after some predictions it allocates no more.
class Model {
 public:
  explicit Model(GoroutineStacks stacks = GoroutineStacks::AboveThreads);
  ~Model();
  Model(Model&&) noexcept;
  Model& operator=(Model&&) noexcept;

  /// Replaces `into`, whose memory it reuses. Total: every string of bytes is a sequence.
  void predict(std::span<const std::byte> bytes, Program program, Detail detail, Prediction& into);

 private:
  std::unique_ptr<Run> run_;
};

}  // namespace sehlab::fuzz::sequence
