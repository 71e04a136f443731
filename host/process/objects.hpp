// Objects: the process's handle table and what can be waited for: events, semaphores, mutexes,
// threads, timers, completion ports. Host value state: a kernel's part that guest memory never
// holds.
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

#include "host/process/completion_port.hpp"
#include "host/process/timer.hpp"
#include "host/services/kernel.hpp"
#include "host/services/pipe.hpp"

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
/// A file that is open: signalled, as every operation on it has ended when its call returns.
struct FileObject {
  std::shared_ptr<services::OpenFile> file;
};
/// One of the console's: signalled, as reading from it never has to wait.
struct StreamObject {
  services::Stream stream = services::Stream::Input;
};
/// The process's identity and rights; nobody waits for one.
struct TokenObject {};
/// An end of a pipe: signalled while an operation on it would not wait.
struct PipeObject {
  std::shared_ptr<services::PipeEnd> end;
};
/// A section: nothing waits for one.
struct SectionObject {
  std::shared_ptr<services::Section> section;
};
using Object = std::variant<Event, Semaphore, Mutex, ThreadObject, Timer, CompletionPort,
                            FileObject, StreamObject, TokenObject, PipeObject, SectionObject>;

class ObjectCopies;

class Objects {
 public:
  /// The same handles to copies of the same objects.
  [[nodiscard]] Objects copy(ObjectCopies& copies) const;
  /// Something of it may be otherwise than at the last `settle`.
  [[nodiscard]] bool changed() const { return changed_; }
  void settle() { changed_ = false; }

  /// A new handle: a multiple of four, as Windows' are; slots of closed handles are used again.
  [[nodiscard]] Handle add(Object object);
  NtStatus close(Handle handle);
  /// A new handle to the object that has the name; names are compared as they are (Microsoft's
  /// CreateEvent: "Name comparison is case sensitive").
  [[nodiscard]] std::optional<Handle> open_named(std::u16string_view name);
  void name(Handle handle, std::u16string_view name);
  /// A second handle to the same object.
  [[nodiscard]] std::optional<Handle> duplicate(Handle handle);
  /// services::kHandleInherited and kHandleProtected; nullopt and false for a bad handle.
  [[nodiscard]] std::optional<std::uint32_t> flags(Handle handle) const;
  bool set_flags(Handle handle, std::uint32_t flags);
  /// The object behind a handle, or nullptr; to be changed.
  [[nodiscard]] Object* find(Handle handle);
  [[nodiscard]] const Object* find(Handle handle) const;
  /// The same of one type.
  template <typename T>
  [[nodiscard]] const T* find_as(Handle handle) const {
    const Object* object = find(handle);
    return object == nullptr ? nullptr : std::get_if<T>(object);
  }

  NtStatus set_event(Handle handle, bool signalled);
  NtStatus release_semaphore(Handle handle, std::int32_t count, std::int32_t& previous);
  NtStatus release_mutex(Handle handle, std::uint32_t thread);
  void thread_ended(std::uint32_t thread_id, std::uint32_t exit_code);

  NtStatus set_timer(Handle handle, std::uint64_t due, std::uint64_t period,
                     const std::optional<TimerCall>& call, bool& was_signalled);
  NtStatus cancel_timer(Handle handle, bool& was_signalled);
  /// The setting of a timer that its calls are known by; 0: none.
  [[nodiscard]] std::uint64_t timer_setting(Handle handle) const;
  /// Signals the timers that are due; the calls that they make.
  std::vector<TimerCall> pass_time(std::uint64_t now);
  /// When the first timer is due that calls a thread.
  [[nodiscard]] std::optional<std::uint64_t> next_call(std::uint32_t thread_id) const;

  NtStatus post_completion(Handle port, const services::Completion& completion);
  /// Takes the oldest one; STATUS_TIMEOUT: there is none.
  NtStatus take_completion(Handle port, services::Completion& completion);

  /// Would a wait by `thread` be satisfied now? Takes nothing.
  [[nodiscard]] bool satisfiable(std::span<const Handle> handles, bool all,
                                 std::uint32_t thread) const;
  /// When time alone will satisfy the wait: 0 if it is now, nullopt if never.
  [[nodiscard]] std::optional<std::uint64_t> satisfied_at(std::span<const Handle> handles, bool all,
                                                          std::uint32_t thread) const;
  /// Takes what is signalled, as WaitForMultipleObjects does: the index of the first signalled
  /// handle (0 for `all`), or nullopt with `status` 0 when the thread has to wait.
  [[nodiscard]] std::optional<std::uint32_t> try_wait(std::span<const Handle> handles, bool all,
                                                      std::uint32_t thread, NtStatus& status);

 private:
  [[nodiscard]] Handle add(std::shared_ptr<Object> object);

  std::vector<std::shared_ptr<Object>> slots_;  ///< null: the handle is closed
  std::vector<std::uint8_t> flags_;             ///< of the handle of each slot
  std::vector<std::uint32_t> free_;
  std::map<std::u16string, std::weak_ptr<Object>, std::less<>> names_;
  std::vector<std::weak_ptr<Object>> set_timers_;
  std::uint64_t timer_settings_ = 0;
  bool changed_ = true;
};

}  // namespace sehlab::process
