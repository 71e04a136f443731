// The command lines of fuzzing engines: what `sehlab fuzz run` and `merge` prepare, for people to
// take over. Options are those of libFuzzer (LLVM 14) and of afl-fuzz (AFL++ 4).
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "emu/result.hpp"
#include "host/lab/child.hpp"

namespace sehlab::lab {

enum class Engine : std::uint8_t { LibFuzzer, Afl };

/// A campaign, as the command line asks for it.
struct FuzzRun {
  std::string guest = "sequences";  ///< a name, or FILE.dll
  Engine engine = Engine::LibFuzzer;
  unsigned jobs = 1;
  std::uint64_t seconds = 0;                   ///< 0: no bound
  std::uint64_t seed = 0;                      ///< 0: the engine's own choice
  bool ending_only = false;                    ///< only how the process ends counts
  bool keep_going = false;                     ///< findings do not end it
  std::vector<std::filesystem::path> corpora;  ///< read, never written
  std::filesystem::path out;                   ///< an absolute path
};

/// Folders below FuzzRun::out.
[[nodiscard]] std::filesystem::path corpus_folder(const FuzzRun& run);
[[nodiscard]] std::filesystem::path artifact_folder(const FuzzRun& run);  ///< of libFuzzer
[[nodiscard]] std::filesystem::path afl_folder(const FuzzRun& run);       ///< of all instances
[[nodiscard]] std::filesystem::path afl_seed_folder(const FuzzRun& run);

/// Is the guest a DLL of the user's?
[[nodiscard]] bool is_dll(const std::string& guest);

/// Where engines' executables are: SEHLAB_FUZZ_DIR; or, seen from the program that runs, the folder
/// fuzz beside it (of a build) or ../libexec/sehlab/fuzz (of what is installed).
[[nodiscard]] std::filesystem::path engine_folder();
/// The executable that has this engine and this guest's target. An Error says what to build.
[[nodiscard]] Result<std::filesystem::path> engine_program(const std::string& guest, Engine engine);

/// libFuzzer for all jobs: one process, or -fork when there are several or findings do not end it.
[[nodiscard]] ChildCommand libfuzzer_command(const FuzzRun& run,
                                             const std::filesystem::path& program);
/// One of the instances of afl-fuzz, the first (0) being the main one, which is named after the
/// host: instances on several hosts can share what they find.
[[nodiscard]] ChildCommand afl_command(const FuzzRun& run, const std::filesystem::path& program,
                                       unsigned instance);
/// Adds to `into` those inputs of `from` that reach what `into` does not.
[[nodiscard]] ChildCommand merge_command(const FuzzRun& run, const std::filesystem::path& program,
                                         const std::filesystem::path& into,
                                         const std::vector<std::filesystem::path>& from);
/// The name of an instance of afl-fuzz: "main-HOST", "HOST-2".
[[nodiscard]] std::string afl_instance_name(unsigned instance);

}  // namespace sehlab::lab
