#include "host/process/objects.hpp"

#include <algorithm>
#include <utility>

#include "host/process/object_copies.hpp"
#include "host/services/nt_values.hpp"
#include "host/services/system_time.hpp"
#include "host/win32/status.hpp"

namespace sehlab::process {
namespace {

using namespace win32;

bool signalled(const Object& object, std::uint32_t thread) {
  struct Visitor {
    std::uint32_t thread;
    bool operator()(const Event& e) const { return e.signalled; }
    bool operator()(const Semaphore& s) const { return s.count > 0; }
    bool operator()(const Mutex& m) const { return m.owner == 0 || m.owner == thread; }
    bool operator()(const ThreadObject& t) const { return t.ended; }
    bool operator()(const Timer& t) const { return t.signalled; }
    bool operator()(const FileObject&) const { return true; }
    bool operator()(const StreamObject&) const { return true; }
    bool operator()(const TokenObject&) const { return false; }
    bool operator()(const SectionObject&) const { return false; }
    bool operator()(const PipeObject& p) const { return p.end->ready(); }
    bool operator()(const CompletionPort& p) const { return !p.queue.empty(); }
  };
  return std::visit(Visitor{thread}, object);
}

/// A satisfied wait changes the object: an auto-reset event falls back, a count goes down, a
/// mutex is owned. True for a mutex that was abandoned.
bool take(Object& object, std::uint32_t thread) {
  if (auto* event = std::get_if<Event>(&object)) {
    if (!event->manual_reset) event->signalled = false;
  } else if (auto* semaphore = std::get_if<Semaphore>(&object)) {
    --semaphore->count;
  } else if (auto* mutex = std::get_if<Mutex>(&object)) {
    mutex->owner = thread;
    ++mutex->recursion;
    return std::exchange(mutex->abandoned, false);
  } else if (auto* timer = std::get_if<Timer>(&object)) {
    if (!timer->manual_reset) timer->signalled = false;
  }
  return false;
}

}  // namespace

Objects Objects::copy(ObjectCopies& copies) const {
  Objects result;
  for (const auto& slot : slots_) result.slots_.push_back(copies.of(slot));
  result.flags_ = flags_;
  result.free_ = free_;
  for (const auto& [name, object] : names_) {
    if (auto named = object.lock()) result.names_.emplace(name, copies.of(named));
  }
  for (const auto& timer : set_timers_) {
    if (auto set = timer.lock()) result.set_timers_.push_back(copies.of(set));
  }
  result.timer_settings_ = timer_settings_;
  return result;
}

Handle Objects::add(Object object) {
  return add(std::make_shared<Object>(object));
}

std::optional<Handle> Objects::duplicate(Handle handle) {
  if (std::as_const(*this).find(handle) == nullptr) return std::nullopt;
  return add(slots_[handle / 4 - 1]);
}

std::optional<Handle> Objects::open_named(std::u16string_view name) {
  const auto named = names_.find(name);
  if (named == names_.end()) return std::nullopt;
  auto object = named->second.lock();
  if (!object) {
    names_.erase(named);
    changed_ = true;
    return std::nullopt;
  }
  return add(std::move(object));
}

void Objects::name(Handle handle, std::u16string_view name) {
  if (find(handle) != nullptr) names_[std::u16string(name)] = slots_[handle / 4 - 1];
}

Handle Objects::add(std::shared_ptr<Object> object) {
  changed_ = true;
  std::uint32_t slot = 0;
  if (!free_.empty()) {
    slot = free_.back();
    free_.pop_back();
    slots_[slot] = std::move(object);
  } else {
    slot = static_cast<std::uint32_t>(slots_.size());
    slots_.push_back(std::move(object));
    flags_.push_back(0);
  }
  flags_[slot] = 0;
  return (slot + 1) * 4;
}

const Object* Objects::find(Handle handle) const {
  const std::uint32_t slot = handle / 4;
  if (handle % 4 != 0 || slot == 0 || slot > slots_.size()) return nullptr;
  return slots_[slot - 1].get();
}

Object* Objects::find(Handle handle) {
  changed_ = true;
  return const_cast<Object*>(std::as_const(*this).find(handle));
}

std::optional<std::uint32_t> Objects::flags(Handle handle) const {
  if (find(handle) == nullptr) return std::nullopt;
  return flags_[handle / 4 - 1];
}

bool Objects::set_flags(Handle handle, std::uint32_t flags) {
  if (find(handle) == nullptr) return false;
  flags_[handle / 4 - 1] = static_cast<std::uint8_t>(flags);
  return true;
}

NtStatus Objects::close(Handle handle) {
  if (find(handle) == nullptr) return STATUS_INVALID_HANDLE;
  if ((flags_[handle / 4 - 1] & services::kHandleProtected) != 0) {
    return services::STATUS_HANDLE_NOT_CLOSABLE;
  }
  slots_[handle / 4 - 1].reset();
  free_.push_back(handle / 4 - 1);
  return STATUS_SUCCESS;
}

NtStatus Objects::set_event(Handle handle, bool to) {
  Object* object = find(handle);
  if (object == nullptr) return STATUS_INVALID_HANDLE;
  auto* event = std::get_if<Event>(object);
  if (event == nullptr) return STATUS_OBJECT_TYPE_MISMATCH;
  event->signalled = to;
  return STATUS_SUCCESS;
}

NtStatus Objects::release_semaphore(Handle handle, std::int32_t count, std::int32_t& previous) {
  Object* object = find(handle);
  if (object == nullptr) return STATUS_INVALID_HANDLE;
  auto* semaphore = std::get_if<Semaphore>(object);
  if (semaphore == nullptr) return STATUS_OBJECT_TYPE_MISMATCH;
  if (count <= 0) return STATUS_INVALID_PARAMETER;
  if (semaphore->count > semaphore->limit - count) return STATUS_SEMAPHORE_LIMIT_EXCEEDED;
  previous = semaphore->count;
  semaphore->count += count;
  return STATUS_SUCCESS;
}

NtStatus Objects::release_mutex(Handle handle, std::uint32_t thread) {
  Object* object = find(handle);
  if (object == nullptr) return STATUS_INVALID_HANDLE;
  auto* mutex = std::get_if<Mutex>(object);
  if (mutex == nullptr) return STATUS_OBJECT_TYPE_MISMATCH;
  if (mutex->owner != thread) return STATUS_MUTANT_NOT_OWNED;
  if (--mutex->recursion == 0) mutex->owner = 0;
  return STATUS_SUCCESS;
}

void Objects::thread_ended(std::uint32_t thread_id, std::uint32_t exit_code) {
  changed_ = true;
  for (const auto& slot : slots_) {
    if (!slot) continue;
    if (auto* thread = std::get_if<ThreadObject>(slot.get());
        thread && thread->thread_id == thread_id) {
      thread->ended = true;
      thread->exit_code = exit_code;
    }
    if (auto* mutex = std::get_if<Mutex>(slot.get()); mutex && mutex->owner == thread_id) {
      *mutex = Mutex{.abandoned = true};
    }
  }
}

NtStatus Objects::set_timer(Handle handle, std::uint64_t due, std::uint64_t period,
                            const std::optional<TimerCall>& call, bool& was_signalled) {
  const NtStatus status = cancel_timer(handle, was_signalled);
  if (status != STATUS_SUCCESS) return status;
  Timer& timer = std::get<Timer>(*find(handle));
  timer.set(due, period);
  timer.call = call;
  if (timer.call) timer.call->apc.timer = ++timer_settings_;
  set_timers_.push_back(slots_[handle / 4 - 1]);
  return STATUS_SUCCESS;
}

NtStatus Objects::cancel_timer(Handle handle, bool& was_signalled) {
  Object* object = find(handle);
  if (object == nullptr) return STATUS_INVALID_HANDLE;
  auto* timer = std::get_if<Timer>(object);
  if (timer == nullptr) return STATUS_OBJECT_TYPE_MISMATCH;
  was_signalled = timer->signalled;
  timer->due.reset();
  std::erase_if(set_timers_, [&](const auto& set) { return set.lock().get() == object; });
  return STATUS_SUCCESS;
}

std::uint64_t Objects::timer_setting(Handle handle) const {
  const Object* object = find(handle);
  const auto* timer = object == nullptr ? nullptr : std::get_if<Timer>(object);
  return timer == nullptr || !timer->call ? 0 : timer->call->apc.timer;
}

std::optional<std::uint64_t> Objects::next_call(std::uint32_t thread_id) const {
  std::optional<std::uint64_t> first;
  for (const auto& set : set_timers_) {
    const auto object = set.lock();
    const auto* timer = object ? std::get_if<Timer>(object.get()) : nullptr;
    if (timer == nullptr || !timer->due || !timer->call) continue;
    if (timer->call->thread_id == thread_id) first = std::min(first.value_or(~0ull), *timer->due);
  }
  return first;
}

std::vector<TimerCall> Objects::pass_time(std::uint64_t now) {
  std::vector<TimerCall> calls;
  if (set_timers_.empty()) return calls;
  changed_ = true;
  std::erase_if(set_timers_, [&](const auto& set) {
    const auto object = set.lock();
    if (!object) return true;
    Timer& timer = std::get<Timer>(*object);
    const std::uint64_t due = timer.due.value_or(0);
    if (timer.pass(now) && timer.call) {
      TimerCall call = *timer.call;
      const std::uint64_t time = services::kStartTime + due;
      call.apc.argument[1] = static_cast<std::uint32_t>(time);
      call.apc.argument[2] = static_cast<std::uint32_t>(time >> 32);
      calls.push_back(call);
    }
    return !timer.due;
  });
  return calls;
}

NtStatus Objects::post_completion(Handle handle, const services::Completion& completion) {
  Object* object = find(handle);
  if (object == nullptr) return STATUS_INVALID_HANDLE;
  auto* port = std::get_if<CompletionPort>(object);
  if (port == nullptr) return STATUS_OBJECT_TYPE_MISMATCH;
  port->queue.push_back(completion);
  return STATUS_SUCCESS;
}

NtStatus Objects::take_completion(Handle handle, services::Completion& completion) {
  Object* object = find(handle);
  if (object == nullptr) return STATUS_INVALID_HANDLE;
  auto* port = std::get_if<CompletionPort>(object);
  if (port == nullptr) return STATUS_OBJECT_TYPE_MISMATCH;
  if (port->queue.empty()) return STATUS_TIMEOUT;
  completion = port->queue.front();
  port->queue.pop_front();
  return STATUS_SUCCESS;
}

std::optional<std::uint64_t> Objects::satisfied_at(std::span<const Handle> handles, bool all,
                                                   std::uint32_t thread) const {
  const auto time_of = [&](Handle handle) -> std::optional<std::uint64_t> {
    const Object* object = find(handle);
    if (object == nullptr || signalled(*object, thread)) return 0;
    const auto* timer = std::get_if<Timer>(object);
    return timer == nullptr ? std::nullopt : timer->due;
  };
  std::optional<std::uint64_t> first, last = 0;
  for (const Handle handle : handles) {
    const auto time = time_of(handle);
    if (time) first = std::min(first.value_or(*time), *time);
    last = last && time ? std::optional(std::max(*last, *time)) : std::nullopt;
  }
  return all ? last : first;
}

bool Objects::satisfiable(std::span<const Handle> handles, bool all, std::uint32_t thread) const {
  const auto ready = [&](Handle handle) {
    const Object* object = find(handle);
    // A handle closed while it is waited for wakes the waiter, whose retry then reports it.
    return object == nullptr || signalled(*object, thread);
  };
  return all ? std::ranges::all_of(handles, ready) : std::ranges::any_of(handles, ready);
}

std::optional<std::uint32_t> Objects::try_wait(std::span<const Handle> handles, bool all,
                                               std::uint32_t thread, NtStatus& status) {
  status = STATUS_SUCCESS;
  for (const Handle handle : handles) {
    if (std::as_const(*this).find(handle) == nullptr) {
      status = STATUS_INVALID_HANDLE;
      return std::nullopt;
    }
  }
  if (!satisfiable(handles, all, thread)) return std::nullopt;
  if (all) {
    for (const Handle handle : handles) {
      if (take(*find(handle), thread)) status = STATUS_ABANDONED_WAIT_0;
    }
    return 0;
  }
  for (std::uint32_t i = 0; i < handles.size(); ++i) {
    Object& object = *find(handles[i]);
    if (signalled(object, thread)) {
      if (take(object, thread)) status = STATUS_ABANDONED_WAIT_0;
      return i;
    }
  }
  return std::nullopt;
}

}  // namespace sehlab::process
