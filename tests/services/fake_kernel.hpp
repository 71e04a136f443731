// FakeKernel: a process without a machine, enough of one for a service to act on. Each test sets
// what the service will be told and looks at what it asked for.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "host/services/file_tree.hpp"
#include "host/services/gate_services.hpp"
#include "host/services/kernel.hpp"
#include "host/services/pipe.hpp"
#include "host/services/section.hpp"
#include "host/services/system_time.hpp"
#include "host/win32/status.hpp"
#include "tests/services/fake_space.hpp"

namespace sehlab::services::test {

class FakeKernel final : public Kernel {
 public:
  FakeSpace space;
  std::uint64_t time = 1000;
  std::uint32_t threads_alive = 1;
  std::optional<std::uint64_t> deadline;  ///< of the wait being retried
  bool is_retry = false;
  std::map<Handle, bool> signalled;  ///< the handles that exist
  bool abandoned = false;            ///< what is taken is a mutex whose owner has ended
  std::map<GuestAddr, std::uint32_t> allocations;
  std::vector<GuestAddr> bases;
  std::uint32_t flags = 0x32;
  bool is_wow64 = true;
  std::map<std::string, GuestAddr> exports, dlls;
  std::vector<Initializer> routines;
  std::string line = "case.exe first";
  std::vector<std::pair<int, std::string>> output;
  std::string input;
  std::vector<Handle> closed;
  std::deque<Completion> completions;
  std::uint64_t timer_due = 0, timer_period = 0;
  std::optional<Apc> timer_call;
  std::optional<std::uint32_t> others_ended, stack_asked_for;
  std::map<Handle, std::uint32_t> threads_ended;
  std::map<Handle, std::int32_t> priorities;
  std::map<Handle, std::uint32_t> affinities, flags_of;
  std::vector<Apc> apcs;
  bool alerted = false;
  FileTree files;
  std::map<Handle, std::shared_ptr<OpenFile>> open_files;
  std::map<Handle, Stream> streams{{LAB_STANDARD_INPUT, Stream::Input},
                                   {LAB_STANDARD_OUTPUT, Stream::Output},
                                   {LAB_STANDARD_ERROR, Stream::Error}};
  std::map<Handle, std::shared_ptr<PipeEnd>> pipe_ends;
  std::map<Handle, std::shared_ptr<Section>> sections;
  std::map<GuestAddr, View> mapped;
  std::map<std::u16string, Handle, std::less<>> names;
  ObjectKind kind = ObjectKind::Event;  ///< of every object

  emu::AddressSpace& address_space() override { return space; }
  std::uint64_t now() const override { return time; }
  std::uint32_t random() override { return 4; }
  std::uint32_t current_thread() const override { return 8; }
  GuestAddr current_teb() const override { return GuestAddr{0x10000}; }
  std::optional<Handle> create_thread(GuestAddr, std::uint32_t, std::uint32_t stack, bool,
                                      std::uint32_t& id) override {
    stack_asked_for = stack;
    id = 12;
    return add(false);
  }
  std::optional<std::uint32_t> suspend_thread(Handle h) override { return count_of(h); }
  std::optional<std::uint32_t> resume_thread(Handle h) override { return count_of(h); }
  std::optional<std::uint32_t> thread_exit_code(Handle h) const override { return code_of(h); }
  std::optional<ThreadIdentity> thread_identity(Handle h) const override {
    if (h == kCurrentThread) return ThreadIdentity{8, current_teb()};
    if (!signalled.contains(h)) return std::nullopt;
    return ThreadIdentity{12, signalled.at(h) ? GuestAddr{} : GuestAddr{0x20000}};
  }
  std::uint32_t live_threads() const override { return threads_alive; }
  void end_other_threads(std::uint32_t code) override { others_ended = code; }
  std::optional<std::uint64_t> wait_in_progress() const override { return deadline; }
  bool retrying() const override { return is_retry; }

  void end_thread(Handle h, std::uint32_t code) override { threads_ended[h] = code; }
  std::int32_t thread_priority(Handle h) const override {
    return priorities.contains(h) ? priorities.at(h) : 0;
  }
  void set_thread_priority(Handle h, std::int32_t to) override { priorities[h] = to; }
  std::uint32_t thread_affinity(Handle h) const override {
    return affinities.contains(h) ? affinities.at(h) : 3;
  }
  void set_thread_affinity(Handle h, std::uint32_t mask) override { affinities[h] = mask; }
  std::optional<ThreadTimes> thread_times(Handle h) const override {
    return thread_identity(h) ? std::optional(ThreadTimes{kStartTime, 0, 4200}) : std::nullopt;
  }
  std::uint64_t instructions() const override { return 7700; }
  std::vector<GuestAddr> tebs() const override { return {current_teb()}; }
  std::optional<std::uint32_t> handle_flags(Handle h) const override {
    if (!signalled.contains(h)) return std::nullopt;
    return flags_of.contains(h) ? flags_of.at(h) : 0;
  }
  bool set_handle_flags(Handle h, std::uint32_t to) override {
    flags_of[h] = to;
    return signalled.contains(h);
  }
  void queue_apc(Handle, const Apc& apc) override { apcs.push_back(apc); }
  bool apc_pending() const override { return !apcs.empty(); }
  bool alert_thread(std::uint32_t id) override { return id == 8 && (alerted = true); }
  bool take_alert() override { return std::exchange(alerted, false); }
  std::optional<Handle> open_named(std::u16string_view name) override {
    const auto it = names.find(name);
    return it == names.end() ? std::nullopt : std::optional(it->second);
  }
  void name_object(Handle h, std::u16string_view name) override { names[std::u16string(name)] = h; }
  std::optional<ObjectKind> kind_of(Handle h) const override {
    return signalled.contains(h) ? std::optional(kind) : std::nullopt;
  }

  Handle create_event(bool, bool on) override { return add(on); }
  Handle create_semaphore(std::int32_t count, std::int32_t) override { return add(count > 0); }
  Handle create_mutex(bool owned) override { return add(!owned); }
  NtStatus set_event(Handle h) override { return set(h, true); }
  NtStatus reset_event(Handle h) override { return set(h, false); }
  NtStatus release_semaphore(Handle h, std::int32_t, std::int32_t& previous) override {
    previous = 3;
    return set(h, true);
  }
  NtStatus release_mutex(Handle h) override { return set(h, true); }
  Handle create_timer(bool) override { return add(false); }
  NtStatus set_timer(Handle h, std::uint64_t due, std::uint64_t period,
                     const std::optional<Apc>& call, bool& before) override {
    timer_call = call;
    timer_due = due;
    timer_period = period;
    return cancel_timer(h, before);
  }
  NtStatus cancel_timer(Handle h, bool& before) override {
    if (!signalled.contains(h)) return win32::STATUS_INVALID_HANDLE;
    before = signalled.at(h);
    return set(h, false);
  }
  Handle create_completion_port() override { return add(false); }
  NtStatus post_completion(Handle h, const Completion& completion) override {
    completions.push_back(completion);
    return set(h, true);
  }
  NtStatus take_completion(Handle h, Completion& completion) override {
    if (!signalled.contains(h)) return win32::STATUS_INVALID_HANDLE;
    if (completions.empty()) return win32::STATUS_TIMEOUT;
    completion = completions.front();
    completions.pop_front();
    return win32::STATUS_SUCCESS;
  }
  Handle create_token() override {
    kind = ObjectKind::Token;
    return add(false);
  }
  NtStatus close_handle(Handle h) override {
    closed.push_back(h);
    return signalled.erase(h) != 0 ? win32::STATUS_SUCCESS : win32::STATUS_INVALID_HANDLE;
  }
  std::optional<Handle> duplicate_handle(Handle h) override {
    if (h != kCurrentThread && !signalled.contains(h)) return std::nullopt;
    return add(false);
  }
  std::optional<std::uint32_t> try_wait(std::span<const Handle> handles, bool all,
                                        NtStatus& status) override {
    std::optional<std::uint32_t> first;
    std::size_t ready = 0;
    for (std::uint32_t i = 0; i < handles.size(); ++i) {
      const auto it = signalled.find(handles[i]);
      if (it == signalled.end()) {
        status = win32::STATUS_INVALID_HANDLE;
        return std::nullopt;
      }
      if (it->second && !first) first = i;
      if (it->second && abandoned) status = win32::STATUS_ABANDONED_WAIT_0;
      if (it->second) ++ready;
    }
    if (all) return ready == handles.size() ? std::optional<std::uint32_t>(0) : std::nullopt;
    return first;
  }
  FileTree& file_tree() override { return files; }
  Handle add_file(std::shared_ptr<OpenFile> file) override {
    const Handle handle = add(true);
    open_files[handle] = std::move(file);
    return handle;
  }
  std::shared_ptr<OpenFile> file_of(Handle h) const override {
    const auto it = open_files.find(h);
    return it == open_files.end() || !signalled.contains(h) ? nullptr : it->second;
  }
  Handle add_stream(Stream stream) override {
    const Handle handle = add(true);
    streams[handle] = stream;
    return handle;
  }
  std::optional<Stream> stream_of(Handle h) const override {
    const auto it = streams.find(h);
    return it == streams.end() ? std::nullopt : std::optional(it->second);
  }
  Handle add_pipe_end(std::shared_ptr<PipeEnd> end) override {
    const Handle handle = add(true);
    pipe_ends[handle] = std::move(end);
    return handle;
  }
  std::shared_ptr<PipeEnd> pipe_end_of(Handle h) const override {
    const auto it = pipe_ends.find(h);
    return it == pipe_ends.end() ? nullptr : it->second;
  }
  Handle add_section(std::shared_ptr<Section> section) override {
    const Handle handle = add(true);
    sections[handle] = std::move(section);
    return handle;
  }
  std::shared_ptr<Section> section_of(Handle h) const override {
    const auto it = sections.find(h);
    return it == sections.end() ? nullptr : it->second;
  }
  std::map<GuestAddr, View>& views() override { return mapped; }
  const std::map<GuestAddr, View>& views() const override { return mapped; }
  void note_allocation(GuestAddr base, std::uint32_t protect) override {
    allocations[base] = protect;
  }
  void forget_allocation(GuestAddr base) override { allocations.erase(base); }
  std::optional<std::uint32_t> allocation_protect(GuestAddr base) const override {
    const auto it = allocations.find(base);
    return it == allocations.end() ? std::nullopt : std::optional(it->second);
  }

  std::uint32_t execute_flags() const override { return flags; }
  NtStatus set_execute_flags(std::uint32_t wanted) override {
    flags = wanted;
    return win32::STATUS_SUCCESS;
  }
  bool wow64() const override { return is_wow64; }

  std::span<const GuestAddr> modules() const override { return bases; }
  std::optional<GuestAddr> find_module(std::string_view name) const override {
    const auto it = dlls.find(std::string(name));
    if (it == dlls.end() || std::find(bases.begin(), bases.end(), it->second) == bases.end()) {
      return std::nullopt;
    }
    return it->second;
  }
  tl::expected<GuestAddr, NtStatus> load_module(std::string_view name) override {
    const auto it = dlls.find(std::string(name));
    if (it == dlls.end()) return tl::make_unexpected(win32::STATUS_DLL_NOT_FOUND);
    bases.push_back(it->second);
    return it->second;
  }
  bool unload_module(GuestAddr base) override { return std::erase(bases, base) != 0; }
  std::optional<GuestAddr> find_export(GuestAddr, std::string_view name) override {
    const auto it = exports.find(std::string(name));
    return it == exports.end() ? std::nullopt : std::optional(it->second);
  }
  std::optional<GuestAddr> find_export(GuestAddr, std::uint16_t ordinal) override {
    return find_export(GuestAddr{}, "#" + std::to_string(ordinal));
  }
  std::span<const Initializer> initializers() const override { return routines; }
  std::string module_path(GuestAddr base) const override {
    return std::find(bases.begin(), bases.end(), base) == bases.end() ? "" : "C:\\lab\\case.exe";
  }
  std::string_view command_line() const override { return line; }
  GuestAddr entry_point() const override { return GuestAddr{0x401000}; }
  std::size_t read_input(std::span<std::byte> into) override {
    const std::size_t bytes = std::min(into.size(), input.size());
    std::memcpy(into.data(), input.data(), bytes);
    input.erase(0, bytes);
    return bytes;
  }
  void write_output(int stream, std::span<const std::byte> bytes) override {
    output.emplace_back(stream,
                        std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
  }

  /// Behind those of the streams.
  Handle add(bool on) {
    const auto handle = static_cast<Handle>(4 * (signalled.size() + 4));
    signalled[handle] = on;
    return handle;
  }

 private:
  NtStatus set(Handle h, bool on) {
    const auto it = signalled.find(h);
    if (it == signalled.end()) return win32::STATUS_INVALID_HANDLE;
    it->second = on;
    return win32::STATUS_SUCCESS;
  }
  std::optional<std::uint32_t> count_of(Handle h) const {
    return h == kCurrentThread || signalled.contains(h) ? std::optional(2u) : std::nullopt;
  }
  std::optional<std::uint32_t> code_of(Handle h) const {
    if (h == kCurrentThread) return 259;
    const auto it = signalled.find(h);
    if (it == signalled.end()) return std::nullopt;
    return it->second ? 77u : 259u;
  }
};

}  // namespace sehlab::services::test
