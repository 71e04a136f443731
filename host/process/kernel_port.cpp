#include "host/process/kernel_port.hpp"

#include <algorithm>
#include <utility>

#include "host/process/environment.hpp"
#include "host/services/nt_values.hpp"
#include "host/services/system_time.hpp"
#include "host/win32/status.hpp"

namespace sehlab::process {

using services::kCurrentThread;

Thread* KernelPort::thread_behind(Handle handle) const {
  if (handle == kCurrentThread) return &parts_.scheduler.current();
  const auto* thread = parts_.objects.find_as<ThreadObject>(handle);
  return thread == nullptr ? nullptr : parts_.scheduler.find(thread->thread_id);
}

std::optional<Handle> KernelPort::create_thread(GuestAddr start, std::uint32_t parameter,
                                                std::uint32_t stack_reserve, bool suspended,
                                                std::uint32_t& thread_id) {
  ThreadFactory::Start how;
  how.eip = parts_.thread_start;
  how.routine = start;
  how.parameter = parameter;
  how.stack_reserve = stack_reserve;
  how.suspended = suspended;
  const auto thread = parts_.threads.create(how);
  if (!thread) return std::nullopt;
  thread_id = (*thread)->id;
  parts_.thread_made(**thread, start);
  return parts_.objects.add(ThreadObject{thread_id});
}

std::optional<std::uint32_t> KernelPort::suspend_thread(Handle handle) {
  Thread* thread = thread_behind(handle);
  if (thread == nullptr || thread->state == ThreadState::Ended) return std::nullopt;
  return thread->suspend_count++;
}

std::optional<std::uint32_t> KernelPort::resume_thread(Handle handle) {
  Thread* thread = thread_behind(handle);
  if (thread == nullptr) return std::nullopt;
  const std::uint32_t before = thread->suspend_count;
  if (before != 0) --thread->suspend_count;
  return before;
}

std::optional<std::uint32_t> KernelPort::thread_exit_code(Handle handle) const {
  constexpr std::uint32_t kStillActive = 259;
  if (handle == kCurrentThread) return kStillActive;
  const auto* thread = parts_.objects.find_as<ThreadObject>(handle);
  if (thread == nullptr) return std::nullopt;
  return thread->exit_code;
}

std::optional<services::ThreadIdentity> KernelPort::thread_identity(Handle handle) const {
  const Thread* thread = thread_behind(handle);
  if (thread == nullptr) return std::nullopt;
  const bool ended = thread->state == ThreadState::Ended;
  return services::ThreadIdentity{thread->id, ended ? GuestAddr{} : thread->teb};
}

std::uint32_t KernelPort::live_threads() const {
  std::uint32_t count = 0;
  for (const auto& thread : parts_.scheduler.threads()) {
    if (thread->state != ThreadState::Ended) ++count;
  }
  return count;
}

void KernelPort::end_other_threads(std::uint32_t code) {
  for (const auto& thread : parts_.scheduler.threads()) {
    if (thread.get() == &parts_.scheduler.current() || thread->state == ThreadState::Ended)
      continue;
    parts_.end_thread(*thread, code);
  }
}

void KernelPort::end_thread(Handle handle, std::uint32_t code) {
  Thread* thread = thread_behind(handle);
  if (thread != nullptr && thread->state != ThreadState::Ended) parts_.end_thread(*thread, code);
}

std::int32_t KernelPort::thread_priority(Handle handle) const {
  const Thread* thread = thread_behind(handle);
  return thread == nullptr ? 0 : thread->base_priority;
}

void KernelPort::set_thread_priority(Handle handle, std::int32_t priority) {
  if (Thread* thread = thread_behind(handle)) thread->base_priority = priority;
}

std::uint32_t KernelPort::thread_affinity(Handle handle) const {
  constexpr std::uint32_t kAll = (1u << kProcessors) - 1;
  const Thread* thread = thread_behind(handle);
  return thread == nullptr || thread->affinity == 0 ? kAll : thread->affinity;
}

void KernelPort::set_thread_affinity(Handle handle, std::uint32_t mask) {
  if (Thread* thread = thread_behind(handle)) thread->affinity = mask;
}

std::optional<services::ThreadTimes> KernelPort::thread_times(Handle handle) const {
  const Thread* thread = thread_behind(handle);
  if (thread == nullptr) return std::nullopt;
  const bool ended = thread->state == ThreadState::Ended;
  return services::ThreadTimes{services::kStartTime + thread->created,
                               ended ? services::kStartTime + thread->exited : 0,
                               parts_.scheduler.instructions_of(*thread)};
}

std::vector<GuestAddr> KernelPort::tebs() const {
  std::vector<GuestAddr> found;
  for (const auto& thread : parts_.scheduler.threads()) {
    if (thread->state != ThreadState::Ended) found.push_back(thread->teb);
  }
  return found;
}

void KernelPort::queue_apc(Handle handle, const services::Apc& apc) {
  if (Thread* thread = thread_behind(handle)) thread->apcs.push_back(apc);
}

bool KernelPort::alert_thread(std::uint32_t id) {
  Thread* thread = parts_.scheduler.find(id);
  if (thread == nullptr || thread->state == ThreadState::Ended) return false;
  thread->alerted = true;
  return true;
}

std::optional<services::ObjectKind> KernelPort::kind_of(Handle handle) const {
  const Object* object = std::as_const(parts_.objects).find(handle);
  if (object == nullptr) return std::nullopt;
  if (std::holds_alternative<Event>(*object)) return services::ObjectKind::Event;
  if (std::holds_alternative<Semaphore>(*object)) return services::ObjectKind::Semaphore;
  if (std::holds_alternative<Mutex>(*object)) return services::ObjectKind::Mutex;
  if (std::holds_alternative<ThreadObject>(*object)) return services::ObjectKind::Thread;
  if (std::holds_alternative<TokenObject>(*object)) return services::ObjectKind::Token;
  if (std::holds_alternative<PipeObject>(*object)) return services::ObjectKind::Pipe;
  if (std::holds_alternative<SectionObject>(*object)) return services::ObjectKind::Section;
  return services::ObjectKind::Other;
}

std::shared_ptr<services::OpenFile> KernelPort::file_of(Handle handle) const {
  const auto* file = parts_.objects.find_as<FileObject>(handle);
  if (file == nullptr) return nullptr;
  changed_ = true;
  return file->file;
}

std::optional<services::Stream> KernelPort::stream_of(Handle handle) const {
  const auto* stream = parts_.objects.find_as<StreamObject>(handle);
  return stream == nullptr ? std::nullopt : std::optional(stream->stream);
}

std::shared_ptr<services::Section> KernelPort::section_of(Handle handle) const {
  const auto* section = parts_.objects.find_as<SectionObject>(handle);
  if (section == nullptr) return nullptr;
  changed_ = true;
  return section->section;
}

std::shared_ptr<services::PipeEnd> KernelPort::pipe_end_of(Handle handle) const {
  const auto* pipe = parts_.objects.find_as<PipeObject>(handle);
  if (pipe == nullptr) return nullptr;
  changed_ = true;
  return pipe->end;
}

std::optional<std::uint64_t> KernelPort::wait_in_progress() const {
  const Thread& thread = parts_.scheduler.current();
  if (!thread.retrying || !thread.wait) return std::nullopt;
  return thread.wait->deadline;
}

Handle KernelPort::create_event(bool manual_reset, bool signalled) {
  return parts_.objects.add(Event{manual_reset, signalled});
}
Handle KernelPort::create_semaphore(std::int32_t count, std::int32_t limit) {
  return parts_.objects.add(Semaphore{count, limit});
}
Handle KernelPort::create_mutex(bool owned) {
  return parts_.objects.add(owned ? Mutex{current_thread(), 1} : Mutex{});
}
NtStatus KernelPort::set_event(Handle h) {
  return parts_.objects.set_event(h, true);
}
NtStatus KernelPort::reset_event(Handle h) {
  return parts_.objects.set_event(h, false);
}
NtStatus KernelPort::release_semaphore(Handle h, std::int32_t count, std::int32_t& previous) {
  return parts_.objects.release_semaphore(h, count, previous);
}
NtStatus KernelPort::release_mutex(Handle h) {
  return parts_.objects.release_mutex(h, current_thread());
}
Handle KernelPort::create_timer(bool manual_reset) {
  return parts_.objects.add(Timer{.manual_reset = manual_reset, .due = {}});
}
NtStatus KernelPort::set_timer(Handle h, std::uint64_t due, std::uint64_t period,
                               const std::optional<services::Apc>& call, bool& was_signalled) {
  parts_.scheduler.pass_timers();
  parts_.scheduler.forget_call(parts_.objects.timer_setting(h));
  std::optional<TimerCall> in_thread;
  if (call) in_thread = TimerCall{current_thread(), *call};
  return parts_.objects.set_timer(h, due, period, in_thread, was_signalled);
}
NtStatus KernelPort::cancel_timer(Handle h, bool& was_signalled) {
  parts_.scheduler.pass_timers();
  parts_.scheduler.forget_call(parts_.objects.timer_setting(h));
  return parts_.objects.cancel_timer(h, was_signalled);
}
bool KernelPort::apc_pending() const {
  parts_.scheduler.pass_timers();
  return !parts_.scheduler.current().apcs.empty();
}
Handle KernelPort::create_completion_port() {
  return parts_.objects.add(CompletionPort{});
}
NtStatus KernelPort::post_completion(Handle h, const services::Completion& completion) {
  return parts_.objects.post_completion(h, completion);
}
NtStatus KernelPort::take_completion(Handle h, services::Completion& completion) {
  return parts_.objects.take_completion(h, completion);
}
NtStatus KernelPort::close_handle(Handle h) {
  return parts_.objects.close(h);
}
std::optional<Handle> KernelPort::duplicate_handle(Handle h) {
  if (h == kCurrentThread) return parts_.objects.add(ThreadObject{current_thread()});
  return parts_.objects.duplicate(h);
}
std::optional<std::uint32_t> KernelPort::try_wait(std::span<const Handle> handles, bool all,
                                                  NtStatus& status) {
  parts_.scheduler.pass_timers();
  return parts_.objects.try_wait(handles, all, current_thread(), status);
}

void KernelPort::note_allocation(GuestAddr base, std::uint32_t protect) {
  changed_ = true;
  state_.allocations[base] = protect;
}
void KernelPort::forget_allocation(GuestAddr base) {
  changed_ = true;
  state_.allocations.erase(base);
}
std::optional<std::uint32_t> KernelPort::allocation_protect(GuestAddr base) const {
  const auto it = state_.allocations.find(base);
  if (it == state_.allocations.end()) return std::nullopt;
  return it->second;
}

std::optional<GuestAddr> KernelPort::find_module(std::string_view name) const {
  if (name.empty()) return parts_.modules.all().front().base;
  const Module* module = parts_.modules.find(name);
  if (module == nullptr) return std::nullopt;
  return module->base;
}

tl::expected<GuestAddr, NtStatus> KernelPort::load_module(std::string_view name) {
  const auto module = parts_.modules.load_dll(name);
  if (!module) {
    return tl::make_unexpected(parts_.modules.is_broken(name) ? win32::STATUS_INVALID_IMAGE_FORMAT
                                                              : win32::STATUS_DLL_NOT_FOUND);
  }
  if (!lay_tls()) return tl::make_unexpected(services::STATUS_INSUFFICIENT_RESOURCES);
  return (*module)->base;
}

bool KernelPort::unload_module(GuestAddr base) {
  return parts_.modules.unload(base) && lay_tls();
}

/// Every thread gets the static TLS of what was loaded, as Windows has done since Vista.
bool KernelPort::lay_tls() {
  return std::ranges::all_of(parts_.scheduler.threads(), [this](const auto& thread) {
    return thread->state == ThreadState::Ended || parts_.threads.lay_tls(*thread).has_value();
  });
}

std::optional<GuestAddr> KernelPort::find_export(GuestAddr base, std::string_view name) {
  return find_export_in(base,
                        [&](Module& module) { return parts_.modules.find_export(module, name); });
}

std::optional<GuestAddr> KernelPort::find_export(GuestAddr base, std::uint16_t ordinal) {
  return find_export_in(
      base, [&](Module& module) { return parts_.modules.find_export(module, ordinal); });
}

template <typename Find>
std::optional<GuestAddr> KernelPort::find_export_in(GuestAddr base, Find find) {
  Module* module = parts_.modules.at(base);
  if (module == nullptr || module->base != base) return std::nullopt;
  const std::uint64_t loads = parts_.modules.loads();
  const auto found = find(*module);
  // A forwarder may have brought DLLs in.
  if (parts_.modules.loads() != loads && !lay_tls()) return std::nullopt;
  return found;
}

std::string KernelPort::module_path(GuestAddr base) const {
  const Module* module = parts_.modules.at(base);
  return module == nullptr || module->base != base ? std::string() : "C:\\lab\\" + module->name;
}

NtStatus KernelPort::set_execute_flags(std::uint32_t flags) {
  const NtStatus status = parts_.system.set_execute_flags(flags);
  if (status == win32::STATUS_SUCCESS && parts_.system.dep_enabled()) {
    parts_.machine.memory().execute_nothing_anyway();
  }
  return status;
}

GuestAddr KernelPort::entry_point() const {
  const Module& program = parts_.modules.all().front();
  return program.image->entry_rva == 0 ? GuestAddr{} : program.base + program.image->entry_rva;
}

void KernelPort::write_output(int stream, std::span<const std::byte> bytes) {
  parts_.output.write(stream, bytes);
  if (parts_.sink != nullptr) {
    parts_.sink->emit(trace::OutputWritten{
        stream == 2, {reinterpret_cast<const char*>(bytes.data()), bytes.size()}});
  }
}

}  // namespace sehlab::process
