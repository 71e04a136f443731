// ClosingOrder: closes things in the order in which they were opened.
//
// On processors other than x86, Unicorn (2.0.1, 2.1.1) keeps the way out of translated code in one
// variable for all engines (`tb_ret_addr` of qemu/tcg/*/tcg-target.inc.c): what an engine
// translates leaves by the code of the engine that was opened last. So an engine must outlive all
// those that were opened before it, and none may run while one is opened, whose code is not whole
// yet.
#pragma once

#include <deque>
#include <mutex>
#include <shared_mutex>

namespace sehlab::emu {

class ClosingOrder {
 public:
  /// `close` is called once for each thing, on the thread that makes it possible.
  explicit ClosingOrder(void (*close)(void* thing)) : close_(close) {}

  /// Takes its place behind everything opened before. `open` returns the thing, or null when it
  /// could not be opened; nothing else is opened meanwhile, and nobody has what while_running()
  /// gives.
  template <typename Open>
  void opened(Open&& open) {
    const std::scoped_lock next(gate_);
    const std::scoped_lock alone(opening_);
    void* thing = open();
    const std::scoped_lock lock(mutex_);
    if (thing != nullptr) waiting_.push_back({thing, false});
  }

  /// While somebody has it, nothing is opened. Not to be held by who opens.
  [[nodiscard]] std::shared_lock<std::shared_mutex> while_running() {
    { const std::scoped_lock behind_who_opens(gate_); }
    return std::shared_lock(opening_);
  }

  /// `thing` is needed no more: it is closed now, or when the last that was opened before it is.
  void done(void* thing);

  /// Things that are opened and not closed yet.
  [[nodiscard]] std::size_t open() const;

 private:
  struct Opened {
    void* thing;
    bool done;
  };
  void (*close_)(void*);
  std::mutex gate_;  ///< who waits to open has it, so that those who run let it in
  std::shared_mutex opening_;
  mutable std::mutex mutex_;
  std::deque<Opened> waiting_;  ///< oldest first
};

}  // namespace sehlab::emu
