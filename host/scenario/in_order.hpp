// in_order: work shared out to threads, its results handed over one by one in the order of the
// work.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace sehlab::scenario {

/// Calls `make(i)` for each i below `count`, up to `jobs` of them at a time, and `take(result)` for
/// i = 0, 1, 2 and so on, each as soon as it and all before it are there, on the calling thread.
/// With one job (or none) nothing runs on another thread. What either throws comes out here, and no
/// more work is begun then.
template <class Result, class Make, class Take>
void in_order(std::size_t count, unsigned jobs, const Make& make, const Take& take) {
  const std::size_t threads = std::min<std::size_t>(jobs, count);
  if (threads <= 1) {
    for (std::size_t i = 0; i < count; ++i) take(make(i));
    return;
  }
  std::vector<std::optional<Result>> results(count);
  std::size_t next = 0;
  std::exception_ptr thrown;
  std::mutex mutex;  // of the three
  std::condition_variable done;
  const auto work = [&] {
    std::unique_lock lock(mutex);
    while (next < count) {
      const std::size_t mine = next++;
      lock.unlock();
      std::optional<Result> result;
      std::exception_ptr failed;
      try {
        result.emplace(make(mine));
      } catch (...) {
        failed = std::current_exception();
      }
      lock.lock();
      results[mine] = std::move(result);
      if (failed != nullptr) {
        thrown = failed;
        next = count;
      }
      done.notify_one();
    }
  };
  std::vector<std::jthread> workers;
  for (std::size_t i = 0; i < threads; ++i) workers.emplace_back(work);
  for (std::size_t i = 0; i < count; ++i) {
    std::unique_lock lock(mutex);
    done.wait(lock, [&] { return results[i].has_value() || thrown != nullptr; });
    if (!results[i].has_value()) std::rethrow_exception(thrown);
    const Result result = std::move(*results[i]);
    lock.unlock();
    try {
      take(result);
    } catch (...) {
      lock.lock();
      next = count;
      throw;
    }
  }
}

}  // namespace sehlab::scenario
