// Lab: a 32-bit image under test. Its functions are called, disturbed and watched, each call from
// the same moment: the image mapped, its initialisation done.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "host/api/sehlab/error.hpp"
#include "host/api/sehlab/guest.hpp"
#include "host/api/sehlab/injection.hpp"
#include "host/api/sehlab/moment.hpp"
#include "host/api/sehlab/printing.hpp"
#include "host/api/sehlab/run.hpp"

namespace sehlab {

/// What is made of defects in the chain of handlers (docs/defects).
enum class Watch : std::uint8_t { Off, Report, Strict, Stop };

/// How arguments are passed. Of `Standard` (cdecl and stdcall) all are on the stack, and either
/// side may take them off.
enum class Convention : std::uint8_t {
  Standard,
  Fastcall,  ///< the first two arguments that are integers or addresses of a word in ECX and EDX
  Thiscall   ///< the first such argument in ECX
};

struct LabOptions {
  std::string profile;  ///< "windows-7", …; empty: the default one
  Watch watch = Watch::Report;
  /// Instructions of one run, and of all that comes before: loading, and the way to `calls_from`.
  std::uint64_t budget = 100'000'000;
  std::uint64_t seed = 0;                          ///< of clocks, random numbers and the schedule
  bool sehop = false;                              ///< SEHOP is on for this process
  std::vector<std::filesystem::path> dll_folders;  ///< searched after the image's own
  /// The lab's own DLLs. Empty: $SEHLAB_GUEST_DIR, else where sehlab was built or installed.
  std::filesystem::path system_folder;
  /// Of a program: calls are made when it comes to this function for the first time, `main` say,
  /// after the C runtime is ready. Empty: its entry point. A DLL's calls come after DllMain.
  std::string calls_from;
  std::vector<std::string> arguments;  ///< of a program, behind its name
  std::string input;                   ///< standard input, from where each run begins
  /// A folder of which the guest has a copy as C:\\lab; Run::files() is what it is after a run.
  std::filesystem::path files;
  /// A file of suppressions (docs/cli.md): defects that do not count.
  std::filesystem::path suppressions;
};

/// Names of the systems that the lab can be, the default one first.
[[nodiscard]] std::vector<std::string> profiles();

/// A function that a test provides in place of one of the guest's: gives EAX.
using Provided = std::function<std::uint32_t(Guest&)>;

class Lab;
struct LabState;
struct CallPlan;

/// From where a lab's calls are made, and which functions are provided. Cheap to copy.
class Snapshot {
 public:
  struct State;
  explicit Snapshot(std::shared_ptr<const State> state) : state_(std::move(state)) {}
  [[nodiscard]] const State& state() const { return *state_; }

 private:
  std::shared_ptr<const State> state_;
};

/// One call, to be described and run. Belongs to its Lab, which must live, and may be moved.
class Call {
 public:
  /// Throws LabError when the name is empty.
  Call(Lab& lab, std::string function, std::vector<Argument> arguments = {});
  /// The program as a whole.
  explicit Call(Lab& lab);

  /// One more, behind those that there are.
  Call& argument(Argument argument);
  Call& convention(Convention convention);
  /// Disturbs the run; may be said several times. Run::never_fired tells of one that did not.
  Call& inject(const At& where, const Disturbance& what);
  /// As `sehlab run --inject` takes it.
  Call& inject(const std::string& specification);
  Call& profile(const std::string& name);
  Call& watch(Watch watch);
  Call& budget(std::uint64_t instructions);

  /// Throws LabError when the function, or what an injection asks for, is not there.
  [[nodiscard]] Run run();
  /// A run for each instruction that an undisturbed one retires, disturbed before that instruction:
  /// as many as it has instructions, so for short calls. `each` is told of them in order: how many
  /// instructions of the run came before, and the run. Gives the undisturbed one. Throws LabError
  /// when that does not end within its budget.
  Run sweep(const Disturbance& what,
            const std::function<void(std::uint64_t position, const Run& run)>& each);
  /// A run whose effects last: from now on the lab's calls are made from where this one returned.
  /// Throws LabError when it does not return.
  Run keep();
  /// Runs as far as a place and shows what is there: "fault", "defect#2", "event:45" (of
  /// Run::events, from 1), "start", "end", or an instruction as Event::instruction counts them. A
  /// place that is an event is found by a run of its own before: provided functions are called in
  /// both. An instruction beyond the run's end is its end, as is one beyond its budget.
  [[nodiscard]] Moment go_to(const std::string& place);
  /// Runs a whole program and writes what it takes to run it again: for Replay, and for
  /// `sehlab replay`. Throws LabError for a call, and for a program that has functions of the test
  /// or calls kept, which a file cannot hold.
  void record(const std::filesystem::path& file);

 private:
  [[nodiscard]] CallPlan plan() const;
  [[nodiscard]] Session& session() const;
  LabState* lab_;         // stays where it is when the lab is moved
  std::string function_;  // empty: the program as a whole
  std::vector<Argument> arguments_;
  Convention convention_ = Convention::Standard;
  std::vector<std::string> injections_;
  std::string profile_;
  std::optional<Watch> watch_;
  std::optional<std::uint64_t> budget_;
};

/// Not for several threads at once. Several labs are independent of each other, but for time and
/// memory on other processors than x86 (docs/platforms.md).
class Lab {
 public:
  /// A DLL or a program. Throws LabError when it does not load.
  explicit Lab(const std::filesystem::path& image, LabOptions options = {});
  Lab(Lab&&) noexcept;
  Lab& operator=(Lab&&) noexcept;
  ~Lab();

  /// An export or a symbol of the image ("Parse"), of another ("kernel32!lstrlenA"), or a place in
  /// it ("image+0x1000").
  template <typename... Arguments>
  [[nodiscard]] Call call(const std::string& function, const Arguments&... arguments) {
    return Call(*this, function, std::vector<Argument>{Argument(arguments)...});
  }

  /// The program as a whole, from its entry point (or `calls_from`) to its end. Of a DLL, its run
  /// throws LabError.
  [[nodiscard]] Call program() { return Call(*this); }

  /// From the next run on, calls of that function reach `function` instead, whoever makes them;
  /// also when no DLL has it. It takes `words` words of arguments off the stack (stdcall); 0: none
  /// (cdecl). Throws LabError when the image and the loaded DLLs know no such function; of a DLL
  /// that nobody has, any name is one, since GetProcAddress may ask for it.
  void provide(const std::string& dll, const std::string& name, std::size_t words,
               Provided function);

  /// Where a function is.
  [[nodiscard]] GuestAddr address(const std::string& function);

  /// To be gone back to with restore(), after Call::keep() or provide(). Only of this lab:
  /// restore() throws LabError for another's.
  [[nodiscard]] Snapshot snapshot() const;
  void restore(const Snapshot& snapshot);

 private:
  friend class Call;
  std::unique_ptr<LabState> state_;
};

}  // namespace sehlab
