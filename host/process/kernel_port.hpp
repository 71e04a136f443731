// KernelPort: the process as the services see it (services::Kernel), made of its parts.
#pragma once

#include <functional>
#include <string>
#include <unordered_map>
#include <utility>

#include "emu/machine.hpp"
#include "host/process/modules.hpp"
#include "host/process/objects.hpp"
#include "host/process/options.hpp"
#include "host/process/scheduler.hpp"
#include "host/process/system_port.hpp"
#include "host/process/thread_factory.hpp"
#include "host/services/file_tree.hpp"
#include "host/services/kernel.hpp"
#include "host/services/section.hpp"

namespace sehlab::process {

class KernelPort final : public services::Kernel {
 public:
  struct Parts {
    emu::Machine& machine;
    Modules& modules;
    Objects& objects;
    Scheduler& scheduler;
    ThreadFactory& threads;
    Output& output;
    SystemPort& system;
    trace::Sink* sink;  ///< null: nobody listens
    std::string command_line;
    GuestAddr thread_start;  ///< ntdll!RtlUserThreadStart
    std::function<void(const Thread&, GuestAddr routine)> thread_made;  ///< tells who looks on
    std::function<void(Thread&, std::uint32_t code)> end_thread;        ///< ends another thread
  };
  explicit KernelPort(Parts parts) : parts_(std::move(parts)) {}

  /// What it holds itself, for snapshots; the copies are made together with the objects'.
  struct State {
    services::FileTree files;
    std::map<GuestAddr, services::View> views;
    std::unordered_map<GuestAddr, std::uint32_t> allocations;  ///< base: protection

    [[nodiscard]] State copy(ObjectCopies& copies) const;
  };
  [[nodiscard]] const State& state() const { return state_; }
  void restore(State state) { state_ = std::move(state); }
  /// Something of it may be otherwise than at the last `settle`: whoever was given a file, a pipe
  /// or a section may have changed it.
  [[nodiscard]] bool changed() const { return changed_; }
  void settle() { changed_ = false; }

  /// The thread that a handle stands for, ended or not; nullptr: it stands for none.
  [[nodiscard]] Thread* thread_behind(Handle handle) const;

  emu::AddressSpace& address_space() override { return parts_.machine.memory(); }
  std::uint64_t now() const override { return parts_.scheduler.now(); }
  std::uint32_t random() override { return parts_.scheduler.random().next(); }

  std::uint32_t current_thread() const override { return parts_.scheduler.current().id; }
  GuestAddr current_teb() const override { return parts_.scheduler.current().teb; }
  std::optional<Handle> create_thread(GuestAddr start, std::uint32_t parameter,
                                      std::uint32_t stack_reserve, bool suspended,
                                      std::uint32_t& thread_id) override;
  std::optional<std::uint32_t> suspend_thread(Handle) override;
  std::optional<std::uint32_t> resume_thread(Handle) override;
  std::optional<std::uint32_t> thread_exit_code(Handle) const override;
  std::optional<services::ThreadIdentity> thread_identity(Handle) const override;
  std::uint32_t live_threads() const override;
  void end_other_threads(std::uint32_t code) override;
  std::optional<std::uint64_t> wait_in_progress() const override;
  void end_thread(Handle, std::uint32_t code) override;
  std::int32_t thread_priority(Handle) const override;
  void set_thread_priority(Handle, std::int32_t) override;
  std::uint32_t thread_affinity(Handle) const override;
  void set_thread_affinity(Handle, std::uint32_t mask) override;
  std::optional<services::ThreadTimes> thread_times(Handle) const override;
  std::uint64_t instructions() const override { return parts_.scheduler.instructions(); }
  std::vector<GuestAddr> tebs() const override;
  void queue_apc(Handle, const services::Apc&) override;
  bool apc_pending() const override;
  bool alert_thread(std::uint32_t id) override;
  bool take_alert() override { return std::exchange(parts_.scheduler.current().alerted, false); }
  bool retrying() const override { return parts_.scheduler.current().retrying; }

  Handle create_event(bool manual_reset, bool signalled) override;
  Handle create_semaphore(std::int32_t count, std::int32_t limit) override;
  Handle create_mutex(bool owned) override;
  NtStatus set_event(Handle) override;
  NtStatus reset_event(Handle) override;
  NtStatus release_semaphore(Handle, std::int32_t count, std::int32_t& previous) override;
  NtStatus release_mutex(Handle) override;
  Handle create_timer(bool manual_reset) override;
  NtStatus set_timer(Handle, std::uint64_t due, std::uint64_t period,
                     const std::optional<services::Apc>& call, bool& was_signalled) override;
  NtStatus cancel_timer(Handle, bool& was_signalled) override;
  Handle create_completion_port() override;
  NtStatus post_completion(Handle, const services::Completion&) override;
  NtStatus take_completion(Handle, services::Completion&) override;
  Handle create_token() override { return parts_.objects.add(TokenObject{}); }
  NtStatus close_handle(Handle) override;
  std::optional<std::uint32_t> handle_flags(Handle handle) const override {
    return parts_.objects.flags(handle);
  }
  bool set_handle_flags(Handle handle, std::uint32_t flags) override {
    return parts_.objects.set_flags(handle, flags);
  }
  std::optional<Handle> duplicate_handle(Handle) override;
  std::optional<Handle> open_named(std::u16string_view name) override {
    return parts_.objects.open_named(name);
  }
  void name_object(Handle handle, std::u16string_view name) override {
    parts_.objects.name(handle, name);
  }
  std::optional<services::ObjectKind> kind_of(Handle) const override;
  std::optional<std::uint32_t> try_wait(std::span<const Handle> handles, bool all,
                                        NtStatus& status) override;

  services::FileTree& file_tree() override {
    changed_ = true;
    return state_.files;
  }
  Handle add_file(std::shared_ptr<services::OpenFile> file) override {
    return parts_.objects.add(FileObject{std::move(file)});
  }
  std::shared_ptr<services::OpenFile> file_of(Handle) const override;
  Handle add_stream(services::Stream stream) override {
    return parts_.objects.add(StreamObject{stream});
  }
  std::optional<services::Stream> stream_of(Handle) const override;
  Handle add_pipe_end(std::shared_ptr<services::PipeEnd> end) override {
    return parts_.objects.add(PipeObject{std::move(end)});
  }
  std::shared_ptr<services::PipeEnd> pipe_end_of(Handle) const override;

  Handle add_section(std::shared_ptr<services::Section> section) override {
    return parts_.objects.add(SectionObject{std::move(section)});
  }
  std::shared_ptr<services::Section> section_of(Handle) const override;
  std::map<GuestAddr, services::View>& views() override {
    changed_ = true;
    return state_.views;
  }
  const std::map<GuestAddr, services::View>& views() const override { return state_.views; }
  void note_allocation(GuestAddr base, std::uint32_t protect) override;
  void forget_allocation(GuestAddr base) override;
  std::optional<std::uint32_t> allocation_protect(GuestAddr base) const override;

  std::span<const GuestAddr> modules() const override { return parts_.modules.bases(); }
  std::optional<GuestAddr> find_module(std::string_view name) const override;
  tl::expected<GuestAddr, NtStatus> load_module(std::string_view name) override;
  bool unload_module(GuestAddr base) override;
  std::optional<GuestAddr> find_export(GuestAddr module, std::string_view name) override;
  std::optional<GuestAddr> find_export(GuestAddr module, std::uint16_t ordinal) override;
  std::span<const services::Initializer> initializers() const override {
    return parts_.modules.initializers();
  }
  std::string module_path(GuestAddr base) const override;

  std::uint32_t execute_flags() const override { return parts_.system.execute_flags(); }
  NtStatus set_execute_flags(std::uint32_t flags) override;
  bool wow64() const override { return parts_.system.profile().wow64; }

  std::string_view command_line() const override { return parts_.command_line; }
  GuestAddr entry_point() const override;
  std::size_t read_input(std::span<std::byte> into) override { return parts_.output.read(into); }
  void write_output(int stream, std::span<const std::byte> bytes) override;

 private:
  [[nodiscard]] bool lay_tls();
  template <typename Find>
  [[nodiscard]] std::optional<GuestAddr> find_export_in(GuestAddr base, Find find);

  Parts parts_;
  State state_;
  mutable bool changed_ = true;
};

}  // namespace sehlab::process
