// Session: a process that stands at the moment from which its functions are called, and goes back
// there for each call.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "emu/result.hpp"
#include "host/api/collector.hpp"
#include "host/api/moment_facts.hpp"
#include "host/api/relay.hpp"
#include "host/api/run_facts.hpp"
#include "host/api/sehlab/lab.hpp"
#include "host/lab/text_input.hpp"
#include "host/process/captured_output.hpp"
#include "host/process/options.hpp"
#include "host/process/process.hpp"
#include "host/process/sandbox.hpp"
#include "host/process/snapshot.hpp"

namespace sehlab {

/// A function of the guest that the test provides.
struct Replacement {
  std::size_t words = 0;  ///< that it takes off the stack
  Provided function;
};

/// One call as Call describes it.
struct CallPlan {
  std::string function;  ///< empty: the program as a whole
  std::vector<Argument> arguments;
  Convention convention = Convention::Standard;
  std::vector<std::string> injections;
  std::uint64_t budget = 0;
  std::uint64_t seed = 0;
};

/// A moment from which calls are made.
struct StartingPoint {
  std::shared_ptr<const process::Snapshot> snapshot;
  std::map<GuestAddr, Replacement> provided;
  std::size_t read = 0;  ///< bytes of standard input
};

class Session {
 public:
  struct Setup {
    std::filesystem::path image;
    process::Options process;  ///< `program` is the session's own for a DLL
    // LabOptions
    std::string calls_from, input;
    std::filesystem::path files;
    std::uint64_t budget = 0;
  };
  /// An Error: the image does not load, or never comes to where calls are made from.
  [[nodiscard]] static Result<std::unique_ptr<Session>> create(const Setup& setup);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// An Error: the function, or what an injection asks for, is not there.
  [[nodiscard]] Result<std::shared_ptr<const RunFacts>> run(const CallPlan& plan) {
    return run_until(plan, UINT64_MAX);
  }
  /// A run whose end is the moment from which calls are made from then on. An Error also when the
  /// call does not return.
  [[nodiscard]] Result<std::shared_ptr<const RunFacts>> keep(const CallPlan& plan);
  [[nodiscard]] const StartingPoint& starting_point() const { return start_; }
  void start_from(const StartingPoint& point);
  /// A run as far as that place (docs/replay.md), and where the process stands there. It stays so
  /// until the session is used again.
  [[nodiscard]] Result<std::shared_ptr<const MomentFacts>> go_to(const CallPlan& plan,
                                                                 const std::string& place);

  /// A loaded image; the one under test also without its extension, whatever that is.
  [[nodiscard]] process::Module* image_called(const std::string& name);
  /// "Parse", "kernel32!lstrlenA", "image+0x1000".
  [[nodiscard]] Result<GuestAddr> find(const std::string& name);
  /// Every place through which that function of a DLL is called.
  [[nodiscard]] Result<> provide(const std::string& dll, const std::string& name,
                                 const Replacement& replacement);

  /// A provided function runs: no other run can begin.
  [[nodiscard]] bool in_run() const { return provided_functions_ != 0; }

  // ---- for Guest, while a provided function runs ----
  [[nodiscard]] process::Process& process() { return *process_; }
  /// Calls a function of the guest from where the current thread stands, and gives EAX.
  std::uint32_t call_back(GuestAddr function, const std::vector<Argument>& arguments);
  /// Calls RaiseException from there.
  void raise_exception(std::uint32_t code, std::span<const std::uint32_t> parameters);
  /// Raises its exception where the provided function was called; leaves the function.
  [[noreturn]] void raise(emu::Fault fault);

 private:
  /// A call that the host has made and that has not returned.
  struct Frame {
    std::uint32_t thread = 0;
    std::uint32_t esp = 0;  ///< of the return address; above it when the call is over
    std::uint32_t words = 0;
    std::uint32_t stack_base = 0;
  };
  // Thrown through provided functions, which are left by them.
  struct RunOver {};    ///< the process has ended, or the budget is spent
  struct FrameLeft {};  ///< the guest has left the innermost call
  struct Raised {};     ///< the provided function raised an exception

  class Injecting;

  /// Standard input and output.
  class Console final : public process::CapturedOutput {
   public:
    lab::TextInput input;
    std::size_t read(std::span<std::byte> into) override { return input.read(into); }
    /// Nothing is written yet, and so much is read.
    void begin(std::size_t read);
  };

  Session() = default;
  [[nodiscard]] Result<> start(const Setup& setup);
  [[nodiscard]] Result<> load_dll(const std::filesystem::path& file);
  [[nodiscard]] Result<> make_ready(const Setup& setup);
  /// Gives EAX.
  std::uint32_t call(GuestAddr function, const std::vector<Argument>& arguments);
  std::uint32_t call_system(const char* function, const std::vector<Argument>& arguments);
  /// The words that stand for a call's arguments.
  struct LaidOut {
    std::vector<std::uint32_t> registers;  ///< ECX, EDX
    std::vector<std::uint32_t> stack;
  };
  /// Bytes are put into memory.
  LaidOut lay_out(const std::vector<Argument>& arguments, Convention convention,
                  std::vector<GuestRange>* bytes);
  GuestRange place(const std::vector<std::byte>& bytes);
  /// The guest's registers when the function has returned.
  emu::GeneralRegisters enter(GuestAddr function, const LaidOut& arguments);
  /// Runs until the innermost call returns.
  emu::GeneralRegisters drive();
  /// Runs the program to its end.
  [[noreturn]] void run_out();
  /// The thread stands at a function that the test provides: it is called.
  bool serve();
  void step();
  void serve(const Replacement& replacement);
  [[nodiscard]] bool left(const Frame& frame) const;
  [[nodiscard]] std::uint32_t stack_base() const;
  [[noreturn]] void raise(const fault::Exception& exception);
  /// Ends the run.
  [[noreturn]] void not_modelled(std::string what);
  void set_stops();
  [[nodiscard]] double st0() const;
  void note_end(RunFacts& facts) const;
  /// Back to where calls are made from. Moments that were looked at are over.
  void begin_anew();
  /// A run that stands still when the process has retired so many instructions.
  [[nodiscard]] Result<std::shared_ptr<RunFacts>> run_until(const CallPlan& plan,
                                                            std::uint64_t instructions);

  std::filesystem::path image_file_;
  std::string image_;  ///< stem of the image under test
  bool dll_ = false;   ///< it is one, in a process of the lab's own program
  std::optional<process::Sandbox> files_;
  Console output_;
  Collector collector_;
  Relay relay_;
  std::unique_ptr<process::Process> process_;
  std::shared_ptr<process::Process> looked_at_;  ///< by moments, as long as it stands still
  StartingPoint start_;
  GuestAddr return_to_;
  bool serving_ = false;                ///< provided functions are in place
  std::size_t provided_functions_ = 0;  ///< that are running, one calling into the next
  std::vector<Frame> frames_;
  std::size_t outermost_ = 0;  ///< frames that belong to the run itself: its call, or none
  std::uint64_t limit_ = 0;    ///< instructions, of the process
  std::string unmodelled_;     ///< what the library itself does not do
  bool ran_ = false;           ///< the process may stand elsewhere than at the snapshot
};

}  // namespace sehlab
