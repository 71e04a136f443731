// DebuggerProcess: GDB as a child that has the terminal, set up for a run in the lab.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emu/os/process.hpp"
#include "emu/result.hpp"

namespace sehlab::lab {

struct DebuggerStart {
  std::string debugger = "gdb";       ///< found by PATH without a '/'
  std::string program;                ///< the guest's image, for its symbols
  std::string address;                ///< where the lab listens
  std::string source;                 ///< a folder with the guest's sources; empty: none
  std::vector<std::string> commands;  ///< after connecting
  bool batch = false;                 ///< ends after them
};

class DebuggerProcess {
 public:
  /// Standard input, output and error are ours. From here on SIGINT is the debugger's alone.
  [[nodiscard]] static Result<DebuggerProcess> start(const DebuggerStart& what);
  /// Its exit code once it has ended, 1 when a signal ended it; nullopt: it runs.
  [[nodiscard]] std::optional<int> ended();
  [[nodiscard]] int wait();

 private:
  explicit DebuggerProcess(os::ProcessId id) : id_(id) {}
  void take(int ending);

  os::ProcessId id_;
  std::optional<int> code_;
};

/// The words of its command line; `script` is the file that holds debugger_script().
[[nodiscard]] std::vector<std::string> debugger_words(const DebuggerStart& what,
                                                      const std::string& script);
/// Commands of GDB's own that lead to `monitor`: goto, back, push, chain, dispatch.
[[nodiscard]] std::string debugger_script();

}  // namespace sehlab::lab
