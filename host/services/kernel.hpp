// services::Kernel: all that a service may ask of the process around it, as an interface that a
// test can fake. host/process implements it. Also what a gate's call looks like and how it ends.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "emu/address_space.hpp"
#include "emu/guest_access.hpp"
#include "emu/registers.hpp"
#include "emu/result.hpp"

namespace sehlab::services {

using Handle = std::uint32_t;
using NtStatus = std::uint32_t;

// ---- how a gate's call ends ------------------------------------------------------------------

/// EAX (and EDX when given) are set, EIP moves past the gate, the stub's own RET cleans up.
struct Return {
  std::uint32_t eax = 0;
  std::optional<std::uint32_t> edx;
};
/// A pointer was bad: the thread faults with EIP on the gate; nothing was changed.
struct Faulted {
  emu::Fault fault;
};
/// The thread waits; the gate is tried again when one of `handles` may have become signalled, or
/// at `deadline` (Kernel::now units). No handles: a plain sleep. No deadline: for ever.
struct Block {
  std::array<Handle, 64> handles{};
  std::uint32_t count = 0;
  bool all = false;        ///< all of them are waited for at once
  bool alertable = false;  ///< an asynchronous procedure call ends the wait
  bool for_alert = false;  ///< NtAlertThreadByThreadId ends it
  std::optional<std::uint64_t> deadline;
};
/// Give up the rest of the time slice, then go on as Return{eax}.
struct Yield {
  std::uint32_t eax = 0;
};
/// As Return{eax}, and then the thread's first asynchronous procedure call is made: the guest goes
/// on at KiUserApcDispatcher, with the context of the return.
struct DeliverApc {
  std::uint32_t eax = 0;
};
struct EndThread {
  std::uint32_t code = 0;
};
struct EndProcess {
  std::uint32_t code = 0;
};
/// The unhandled exception was reported (UnhandledExceptionFilter); the guest goes on to end the
/// process itself. `pointers` is the EXCEPTION_POINTERS.
struct UnhandledReported {
  GuestAddr pointers;
};
/// The lab does not model this: the run ends with exit code 125 and `what`.
struct Unmodelled {
  std::string what;
};

using Outcome = std::variant<Return, Faulted, Block, Yield, DeliverApc, EndThread, EndProcess,
                             UnhandledReported, Unmodelled>;

// ---- what the process offers -----------------------------------------------------------------

/// A routine that the guest's loader code must call: TLS callback or DllMain, (base, reason, 0).
struct Initializer {
  GuestAddr routine;
  GuestAddr module_base;
};

enum class ObjectKind : std::uint8_t {
  Event,
  Semaphore,
  Mutex,
  Thread,
  Token,
  Pipe,
  Section,
  Other
};

/// Who a thread handle stands for.
struct ThreadIdentity {
  std::uint32_t id = 0;  ///< Windows thread id
  GuestAddr teb;
};

/// When a thread was made and has ended (0: not yet), in system time, and what it has executed.
struct ThreadTimes {
  std::uint64_t created = 0, exited = 0;
  std::uint64_t instructions = 0;
};

/// Flags of a handle, as SetHandleInformation has them.
inline constexpr std::uint32_t kHandleInherited = 1, kHandleProtected = 2;

/// An asynchronous procedure call: routine(arguments) in a thread that waits alertably.
struct Apc {
  GuestAddr routine;
  std::array<std::uint32_t, 3> argument{};
  std::uint64_t timer = 0;  ///< the setting of a timer that it comes of; 0: queued by a thread
};

/// An operation that has ended, as a completion port hands it out.
struct Completion {
  std::uint32_t key = 0;    ///< of the file in the port
  std::uint32_t value = 0;  ///< the operation's own: the address of its OVERLAPPED
  NtStatus status = 0;
  std::uint32_t information = 0;  ///< bytes
};

/// The pseudo handles of Windows: the current process and the current thread.
inline constexpr Handle kCurrentProcess = 0xffffffff, kCurrentThread = 0xfffffffe;

class FileTree;
struct OpenFile;
struct PipeEnd;
struct Section;
struct View;

/// What a handle of the console reads from or writes to.
enum class Stream : std::uint8_t { Input, Output, Error };

class Kernel {
 public:
  virtual ~Kernel() = default;

  [[nodiscard]] virtual emu::AddressSpace& address_space() = 0;
  /// Guest time in units of 100 ns since start: derived from retired instructions (and from the
  /// time that all threads spent waiting), never from the host's clock.
  [[nodiscard]] virtual std::uint64_t now() const = 0;
  /// Next value of the process's random stream (seeded by --seed).
  [[nodiscard]] virtual std::uint32_t random() = 0;

  // threads
  [[nodiscard]] virtual std::uint32_t current_thread() const = 0;  ///< Windows thread id
  [[nodiscard]] virtual GuestAddr current_teb() const = 0;
  /// New thread at ntdll!RtlUserThreadStart(start, parameter); nullopt when out of memory.
  [[nodiscard]] virtual std::optional<Handle> create_thread(GuestAddr start,
                                                            std::uint32_t parameter,
                                                            std::uint32_t stack_reserve,
                                                            bool suspended,
                                                            std::uint32_t& thread_id) = 0;
  [[nodiscard]] virtual std::optional<std::uint32_t> suspend_thread(Handle) = 0;  ///< old count
  [[nodiscard]] virtual std::optional<std::uint32_t> resume_thread(Handle) = 0;
  /// Exit code of a thread, STILL_ACTIVE (259) while it runs. Like the two above it takes the
  /// pseudo handle of the current thread (kCurrentThread) as well.
  [[nodiscard]] virtual std::optional<std::uint32_t> thread_exit_code(Handle) const = 0;
  /// Windows thread id and TEB of a thread, ended or not (its TEB is then 0).
  [[nodiscard]] virtual std::optional<ThreadIdentity> thread_identity(Handle) const = 0;
  /// Threads that have not ended, suspended ones among them.
  [[nodiscard]] virtual std::uint32_t live_threads() const = 0;
  /// Ends every thread but the current one with `code` (the first step of ExitProcess).
  virtual void end_other_threads(std::uint32_t code) = 0;
  /// Deadline of the wait that this very gate call resumes; nullopt on the first try.
  [[nodiscard]] virtual std::optional<std::uint64_t> wait_in_progress() const = 0;
  /// True when this gate call is a retry of a blocked one (with or without deadline).
  [[nodiscard]] virtual bool retrying() const = 0;

  /// Ends another thread with `code` (TerminateThread), where it stands.
  virtual void end_thread(Handle, std::uint32_t code) = 0;
  /// Priority relative to the process's class: -16 (idle), -2 to 2, 16 (time critical). It is
  /// kept, and the scheduler does not look at it.
  [[nodiscard]] virtual std::int32_t thread_priority(Handle) const = 0;
  virtual void set_thread_priority(Handle, std::int32_t) = 0;
  /// Which processors the thread may use: kept, as the priority is.
  [[nodiscard]] virtual std::uint32_t thread_affinity(Handle) const = 0;
  virtual void set_thread_affinity(Handle, std::uint32_t mask) = 0;
  [[nodiscard]] virtual std::optional<ThreadTimes> thread_times(Handle) const = 0;
  [[nodiscard]] virtual std::uint64_t instructions() const = 0;  ///< of all threads
  /// The TEBs of the threads that have not ended.
  [[nodiscard]] virtual std::vector<GuestAddr> tebs() const = 0;
  /// For a thread that thread_identity knows and that has not ended.
  virtual void queue_apc(Handle, const Apc&) = 0;
  [[nodiscard]] virtual bool apc_pending() const = 0;  ///< of the current thread
  /// False: no such thread.
  virtual bool alert_thread(std::uint32_t id) = 0;
  [[nodiscard]] virtual bool take_alert() = 0;  ///< was the current thread alerted?

  // objects; a bad handle gives STATUS_INVALID_HANDLE / nullopt
  [[nodiscard]] virtual Handle create_event(bool manual_reset, bool signalled) = 0;
  [[nodiscard]] virtual Handle create_semaphore(std::int32_t count, std::int32_t limit) = 0;
  [[nodiscard]] virtual Handle create_mutex(bool owned) = 0;
  virtual NtStatus set_event(Handle) = 0;
  virtual NtStatus reset_event(Handle) = 0;
  virtual NtStatus release_semaphore(Handle, std::int32_t count, std::int32_t& previous) = 0;
  virtual NtStatus release_mutex(Handle) = 0;
  [[nodiscard]] virtual Handle create_timer(bool manual_reset) = 0;
  /// Times in Kernel::now units; a period of 0: once. A timer that was set is set anew.
  /// With a `call` it is queued to the current thread each time; its second and third argument are
  /// the time then.
  virtual NtStatus set_timer(Handle, std::uint64_t due, std::uint64_t period,
                             const std::optional<Apc>& call, bool& was_signalled) = 0;
  virtual NtStatus cancel_timer(Handle, bool& was_signalled) = 0;
  [[nodiscard]] virtual Handle create_completion_port() = 0;
  virtual NtStatus post_completion(Handle, const Completion&) = 0;
  /// The oldest completion; STATUS_TIMEOUT when there is none.
  virtual NtStatus take_completion(Handle, Completion&) = 0;
  [[nodiscard]] virtual Handle create_token() = 0;  ///< the process's
  virtual NtStatus close_handle(Handle) = 0;
  /// kHandleInherited, kHandleProtected; nullopt and false for a bad handle.
  [[nodiscard]] virtual std::optional<std::uint32_t> handle_flags(Handle) const = 0;
  virtual bool set_handle_flags(Handle, std::uint32_t flags) = 0;
  /// A new handle to the object of that name, of whatever kind; nullopt: there is none.
  [[nodiscard]] virtual std::optional<Handle> open_named(std::u16string_view name) = 0;
  /// The object can be found by the name as long as it has a handle.
  virtual void name_object(Handle, std::u16string_view name) = 0;
  [[nodiscard]] virtual std::optional<ObjectKind> kind_of(Handle) const = 0;
  /// A second handle to the same object (kCurrentThread: to the current thread); nullopt for a
  /// bad handle.
  [[nodiscard]] virtual std::optional<Handle> duplicate_handle(Handle) = 0;
  /// Takes what is signalled: index of the satisfied handle (0 for `all`), nullopt if the
  /// thread has to wait. `status` is an error for a bad handle, STATUS_ABANDONED_WAIT_0 when a
  /// mutex was taken whose owner had ended.
  [[nodiscard]] virtual std::optional<std::uint32_t> try_wait(std::span<const Handle> handles,
                                                              bool all, NtStatus& status) = 0;

  // files
  [[nodiscard]] virtual FileTree& file_tree() = 0;
  [[nodiscard]] virtual Handle add_file(std::shared_ptr<OpenFile>) = 0;
  [[nodiscard]] virtual std::shared_ptr<OpenFile> file_of(Handle) const = 0;  ///< or null
  [[nodiscard]] virtual Handle add_stream(Stream) = 0;
  [[nodiscard]] virtual std::optional<Stream> stream_of(Handle) const = 0;
  /// A thread may wait (Block) for the handle until the end is ready().
  [[nodiscard]] virtual Handle add_pipe_end(std::shared_ptr<PipeEnd>) = 0;
  [[nodiscard]] virtual std::shared_ptr<PipeEnd> pipe_end_of(Handle) const = 0;  ///< or null

  // sections, and what of them is mapped, by base
  [[nodiscard]] virtual Handle add_section(std::shared_ptr<Section>) = 0;
  [[nodiscard]] virtual std::shared_ptr<Section> section_of(Handle) const = 0;  ///< or null
  [[nodiscard]] virtual std::map<GuestAddr, View>& views() = 0;
  [[nodiscard]] virtual const std::map<GuestAddr, View>& views() const = 0;

  // memory: the protection that a reservation was made with, by its base (VirtualQuery's
  // AllocationProtect); nullopt: not made by a service (an image, a stack, the TEB)
  virtual void note_allocation(GuestAddr base, std::uint32_t protect) = 0;
  virtual void forget_allocation(GuestAddr base) = 0;
  [[nodiscard]] virtual std::optional<std::uint32_t> allocation_protect(GuestAddr base) const = 0;

  // modules
  /// Bases of the loaded modules, the program first, in load order.
  [[nodiscard]] virtual std::span<const GuestAddr> modules() const = 0;
  /// Base of a loaded module (name with or without ".dll", any case); empty name: the program.
  [[nodiscard]] virtual std::optional<GuestAddr> find_module(std::string_view name) const = 0;
  /// Maps and binds a DLL and what it needs. On success the guest calls those of
  /// initializers() that are new. On failure nothing of it is left: STATUS_DLL_NOT_FOUND for it or
  /// what it imports, STATUS_INVALID_IMAGE_FORMAT.
  [[nodiscard]] virtual tl::expected<GuestAddr, NtStatus> load_module(std::string_view name) = 0;
  /// Takes a DLL out of memory and its routines out of initializers(); false when there is none
  /// at `base`. The guest's loader has called its detach routines.
  [[nodiscard]] virtual bool unload_module(GuestAddr base) = 0;
  /// Loads what a forwarder leads to, as load_module does.
  [[nodiscard]] virtual std::optional<GuestAddr> find_export(GuestAddr module,
                                                             std::string_view name) = 0;
  [[nodiscard]] virtual std::optional<GuestAddr> find_export(GuestAddr module,
                                                             std::uint16_t ordinal) = 0;
  /// Routines to call at attach, in order; LdrpInitializer(i) walks them.
  [[nodiscard]] virtual std::span<const Initializer> initializers() const = 0;
  [[nodiscard]] virtual std::string module_path(GuestAddr base) const = 0;  ///< "C:\\lab\\x.exe"

  // the process
  /// MEM_EXECUTE_OPTION_* flags (facts: ProcessExecuteFlags).
  [[nodiscard]] virtual std::uint32_t execute_flags() const = 0;
  virtual NtStatus set_execute_flags(std::uint32_t flags) = 0;
  [[nodiscard]] virtual bool wow64() const = 0;  ///< a 32-bit process on 64-bit Windows

  // the program
  [[nodiscard]] virtual std::string_view command_line() const = 0;
  [[nodiscard]] virtual GuestAddr entry_point() const = 0;
  /// As many bytes of standard input as there are just now, one at least; 0 at its end.
  [[nodiscard]] virtual std::size_t read_input(std::span<std::byte> into) = 0;
  /// Standard output (1) or error (2).
  virtual void write_output(int stream, std::span<const std::byte> bytes) = 0;
};

/// One call of a gate: its arguments as they lie above the return address.
struct GateCall {
  Kernel& kernel;
  emu::GuestAccess& memory;
  emu::Registers& registers;
  emu::GeneralRegisters at_entry;            ///< ESP on the return address
  std::array<std::uint32_t, 16> argument{};  ///< as many as the gate has
};

using Service = Outcome (*)(GateCall&);

/// The service behind a gate number (guest/include/lab/gates.h), or nullptr for the gates of
/// exception dispatch, which host/process serves itself.
[[nodiscard]] Service service_of(std::uint32_t gate_number);

}  // namespace sehlab::services
