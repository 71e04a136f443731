// Options and End: what a process is started with and what became of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "emu/decoder.hpp"
#include "emu/registers.hpp"
#include "host/seh/profile.hpp"
#include "host/trace/event.hpp"
#include "host/watch/chain_watch.hpp"
#include "host/win32/exception_record.hpp"

namespace sehlab::process {

class Intervention;
class Sandbox;

/// Where the guest's standard output and error go, and its standard input comes from.
class Output {
 public:
  virtual ~Output() = default;
  virtual void write(int stream, std::span<const std::byte> bytes) = 0;  ///< 1: out, 2: error
  /// As many bytes of standard input as there are just now, one at least; 0 at its end.
  virtual std::size_t read(std::span<std::byte> /*into*/) { return 0; }
};

struct Options {
  std::filesystem::path program;
  std::vector<std::string> arguments;
  std::filesystem::path system_folder;   ///< the lab's own DLLs
  std::filesystem::path program_folder;  ///< where it is taken to lie; empty: where it does
  std::vector<std::filesystem::path> dll_folders;  ///< searched after the program's own
  /// A DLL that an image imports and nobody has is no error: it is made of gates that say their
  /// names when they are called.
  bool stand_ins = false;
  const seh::Profile* profile = nullptr;  ///< null: the default one
  Sandbox* sandbox = nullptr;             ///< what C:\lab holds, and goes back to; null: nothing
  bool sehop = false;  ///< the program or an administrator has asked for SEHOP (facts 3.2 D)
  std::uint64_t seed = 0;
  std::uint64_t budget = 0;  ///< instructions; 0: no bound
  watch::Mode watch = watch::Mode::Off;
  std::vector<watch::Suppression> suppressions;  ///< defects that do not count
  Intervention* intervention = nullptr;          ///< who may step in; null: nobody, at no cost
  bool trace_gates = false;                      ///< each call of a gate is an event
  /// Edges into the program's code and into that of images that are none of Windows' own, or into
  /// that of all, are counted, where Machine::set_edge_counters says.
  enum class Edges : std::uint8_t { None, Program, All };
  Edges count_edges = Edges::None;
  bool explain_crashes = true;        ///< crashes come with instructions and source
  std::vector<std::string> observed;  ///< symbols whose being reached is an event: "image!symbol"
  bool observed_must_exist = true;    ///< one that its loaded image does not have is an error
};

/// What a crash report shows beside the trace.
struct Crash {
  win32::ExceptionRecord record;
  emu::GeneralRegisters registers;             ///< as in the context at the fault
  std::vector<emu::Instruction> instructions;  ///< around the fault, in order
  std::string source;                          ///< "faults.c:12"; empty when unknown
};

struct End {
  trace::EndKind kind = trace::EndKind::Exited;
  std::uint32_t code = 0;  ///< exit code, or exception code
  std::string detail;      ///< Unmodelled: what, where
  std::optional<Crash> crash;
  std::uint64_t instructions = 0;
  std::size_t defects = 0;                      ///< that the watch found, without the suppressed
  std::vector<std::uint64_t> suppression_uses;  ///< of each of Options::suppressions
};

}  // namespace sehlab::process
