// Objects: the process's handle table and what can be waited for: events, semaphores, mutexes,
// threads. Host value state: a kernel's part that guest memory never holds.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "host/services/kernel.hpp"

namespace sehlab::process {

using services::Handle;
using services::NtStatus;

struct Event {
  bool manual_reset = false;
  bool signalled = false;
};
struct Semaphore {
  std::int32_t count = 0;
  std::int32_t limit = 0;
};
struct Mutex {
  std::uint32_t owner = 0;  ///< thread id; 0: free
  std::uint32_t recursion = 0;
  bool abandoned = false;  ///< its last owner ended without releasing it
};
/// Signalled once the thread has ended.
struct ThreadObject {
  std::uint32_t thread_id = 0;
  bool ended = false;
  std::uint32_t exit_code = 259;  ///< STILL_ACTIVE until it has ended
};
using Object = std::variant<Event, Semaphore, Mutex, ThreadObject>;

class Objects {
 public:
  /// A new handle: a multiple of four, as Windows' are; slots of closed handles are used again.
  [[nodiscard]] Handle add(Object object);
  NtStatus close(Handle handle);
  /// A new handle to the object that has the name; names are compared as they are (Microsoft's
  /// CreateEvent: "Name comparison is case sensitive").
  [[nodiscard]] std::optional<Handle> open_named(std::u16string_view name);
  void name(Handle handle, std::u16string_view name);
  /// A second handle to the same object.
  [[nodiscard]] std::optional<Handle> duplicate(Handle handle);
  /// The object behind a handle, or nullptr.
  [[nodiscard]] Object* find(Handle handle);
  [[nodiscard]] const Object* find(Handle handle) const;

  NtStatus set_event(Handle handle, bool signalled);
  NtStatus release_semaphore(Handle handle, std::int32_t count, std::int32_t& previous);
  NtStatus release_mutex(Handle handle, std::uint32_t thread);
  void thread_ended(std::uint32_t thread_id, std::uint32_t exit_code);

  /// Would a wait by `thread` be satisfied now? Takes nothing.
  [[nodiscard]] bool satisfiable(std::span<const Handle> handles, bool all,
                                 std::uint32_t thread) const;
  /// Takes what is signalled, as WaitForMultipleObjects does: the index of the first signalled
  /// handle (0 for `all`), or nullopt with `status` 0 when the thread has to wait.
  [[nodiscard]] std::optional<std::uint32_t> try_wait(std::span<const Handle> handles, bool all,
                                                      std::uint32_t thread, NtStatus& status);

 private:
  [[nodiscard]] Handle add(std::shared_ptr<Object> object);

  std::vector<std::shared_ptr<Object>> slots_;  ///< null: the handle is closed
  std::vector<std::uint32_t> free_;
  std::map<std::u16string, std::weak_ptr<Object>, std::less<>> names_;
};

}  // namespace sehlab::process
