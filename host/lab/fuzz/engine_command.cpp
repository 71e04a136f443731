#include "host/lab/fuzz/engine_command.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <system_error>

#include "emu/os/host_name.hpp"
#include "emu/os/system.hpp"
#include "lab/sequence.h"

namespace sehlab::lab {
namespace {

namespace fs = std::filesystem;

// Seconds and milliseconds that one input may take: a thousand times what any needs, so that a
// busy machine makes no findings. How many instructions a guest may take is the target's affair.
constexpr int kSecondsAnInput = 25, kMillisecondsAnInput = 10'000;
constexpr std::size_t kMostSequenceBytes = LAB_SEQ_MOST_OPS * LAB_SEQ_OP_BYTES;

/// What the target is told by its environment (tests/fuzz/sequence_fuzzer.cpp, dll_fuzzer.cpp).
std::vector<std::pair<std::string, std::string>> target_environment(const FuzzRun& run) {
  std::vector<std::pair<std::string, std::string>> variables;
  if (is_dll(run.guest)) {
    std::error_code error;
    variables.emplace_back("SEHLAB_FUZZ_GUEST", fs::absolute(run.guest, error).string());
  }
  if (run.ending_only) variables.emplace_back("SEHLAB_FUZZ_ORACLE", "ending");
  return variables;
}

std::string target_name(const std::string& guest) {
  return is_dll(guest) ? "dll_fuzzer" : guest;
}

}  // namespace

fs::path corpus_folder(const FuzzRun& run) {
  return run.out / "corpus";
}
fs::path artifact_folder(const FuzzRun& run) {
  return run.out / "artifacts";
}
fs::path afl_folder(const FuzzRun& run) {
  return run.out / "afl";
}
fs::path afl_seed_folder(const FuzzRun& run) {
  return run.out / "afl-seeds";
}

bool is_dll(const std::string& guest) {
  return guest.ends_with(".dll") || guest.ends_with(".DLL");
}

fs::path engine_folder() {
  if (const char* folder = std::getenv("SEHLAB_FUZZ_DIR"); folder != nullptr && *folder != '\0') {
    return folder;
  }
  const fs::path self = os::own_program();
  if (self.empty()) return "fuzz";
  std::error_code error;
  const fs::path built = self.parent_path() / "fuzz";
  const fs::path installed = self.parent_path().parent_path() / "libexec" / "sehlab" / "fuzz";
  return fs::is_directory(built, error) || !fs::is_directory(installed, error) ? built : installed;
}

Result<fs::path> engine_program(const std::string& guest, Engine engine) {
  const bool afl = engine == Engine::Afl;
  const std::string leaf = target_name(guest) + (afl ? "-afl" : "");
  // A target with a bug planted in it is among the tests of the fuzzers themselves.
  for (const fs::path& folder : {engine_folder(), fs::path(engine_folder() += "-self-test")}) {
    std::error_code error;
    if (fs::is_regular_file(folder / leaf, error)) return fs::absolute(folder / leaf, error);
  }
  return fail((engine_folder() / leaf).string(),
              fmt::format("there is no such fuzzer; {} is needed, then: ninja -C build "
                          "fuzz_targets",
                          afl ? "the package afl++"
                              : "clang with its libFuzzer (clang-14, "
                                "libclang-rt-14-dev)"));
}

ChildCommand libfuzzer_command(const FuzzRun& run, const fs::path& program) {
  ChildCommand command{{program.string()}, target_environment(run)};
  auto& words = command.words;
  if (run.jobs > 1 || run.keep_going) words.push_back(fmt::format("-fork={}", run.jobs));
  if (run.keep_going) words.emplace_back("-ignore_crashes=1");
  if (run.seconds != 0) words.push_back(fmt::format("-max_total_time={}", run.seconds));
  if (run.seed != 0) words.push_back(fmt::format("-seed={}", run.seed));
  if (!is_dll(run.guest)) words.push_back(fmt::format("-max_len={}", kMostSequenceBytes));
  words.push_back(fmt::format("-timeout={}", kSecondsAnInput));
  words.emplace_back("-print_final_stats=1");
  words.push_back("-artifact_prefix=" + artifact_folder(run).string() + "/");
  words.push_back(corpus_folder(run).string());
  for (const fs::path& corpus : run.corpora) words.push_back(corpus.string());
  return command;
}

std::string afl_instance_name(unsigned instance) {
  std::string name = instance == 0 ? "main-" + os::host_name() : os::host_name();
  if (instance != 0) name += fmt::format("-{}", instance + 1);
  for (char& c : name) {
    const bool allowed = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                         (c >= 'A' && c <= 'Z') || c == '-';  // afl-fuzz takes these and '_'
    if (!allowed) c = '_';
  }
  return name.substr(0, 24);  // afl-fuzz takes 32 characters at most
}

ChildCommand afl_command(const FuzzRun& run, const fs::path& program, unsigned instance) {
  ChildCommand command{{"afl-fuzz"}, target_environment(run)};
  auto& variables = command.environment;
  // No screen of its own, and no advice about the machine: neither cores to bind to nor settings
  // of the kernel's are there in a container.
  for (const char* name : {"AFL_NO_UI", "AFL_SKIP_CPUFREQ", "AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES",
                           "AFL_NO_AFFINITY", "AFL_AUTORESUME", "AFL_IMPORT_FIRST"}) {
    variables.emplace_back(name, "1");
  }
  std::error_code error;
  const fs::path mutator = engine_folder() / "libsehlab-mutator.so";
  if (!is_dll(run.guest) && fs::is_regular_file(mutator, error)) {
    variables.emplace_back("AFL_CUSTOM_MUTATOR_LIBRARY", fs::absolute(mutator, error).string());
  }
  auto& words = command.words;
  words.insert(words.end(), {instance == 0 ? "-M" : "-S", afl_instance_name(instance)});
  words.insert(words.end(), {"-i", afl_seed_folder(run).string(), "-o", afl_folder(run).string()});
  if (instance == 0) words.insert(words.end(), {"-F", corpus_folder(run).string()});
  words.insert(words.end(), {"-m", "none", "-t", std::to_string(kMillisecondsAnInput)});
  if (!is_dll(run.guest)) words.insert(words.end(), {"-G", std::to_string(kMostSequenceBytes)});
  if (run.seconds != 0) words.insert(words.end(), {"-V", std::to_string(run.seconds)});
  if (run.seed != 0) words.insert(words.end(), {"-s", std::to_string(run.seed + instance)});
  words.insert(words.end(), {"--", program.string()});
  return command;
}

ChildCommand merge_command(const FuzzRun& run, const fs::path& program, const fs::path& into,
                           const std::vector<fs::path>& from) {
  ChildCommand command{{program.string(), "-merge=1"}, target_environment(run)};
  if (!is_dll(run.guest)) command.words.push_back(fmt::format("-max_len={}", kMostSequenceBytes));
  command.words.push_back(fmt::format("-timeout={}", kSecondsAnInput));
  command.words.push_back("-artifact_prefix=" + artifact_folder(run).string() + "/");
  command.words.push_back(into.string());
  for (const fs::path& folder : from) command.words.push_back(folder.string());
  return command;
}

}  // namespace sehlab::lab
