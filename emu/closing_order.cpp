#include "emu/closing_order.hpp"

#include <algorithm>

#include "emu/check.hpp"

namespace sehlab::emu {

void ClosingOrder::done(void* thing) {
  const std::scoped_lock lock(mutex_);
  const auto found = std::ranges::find(waiting_, thing, &Opened::thing);
  SEHLAB_CHECK(found != waiting_.end());
  found->done = true;
  while (!waiting_.empty() && waiting_.front().done) {
    close_(waiting_.front().thing);
    waiting_.pop_front();
  }
}

std::size_t ClosingOrder::open() const {
  const std::scoped_lock lock(mutex_);
  return waiting_.size();
}

}  // namespace sehlab::emu
