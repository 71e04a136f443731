// CompletionPort: a queue of completed operations that threads wait for.
#pragma once

#include <deque>

#include "host/services/kernel.hpp"

namespace sehlab::process {

struct CompletionPort {
  std::deque<services::Completion> queue;
};

}  // namespace sehlab::process
