// Building one guest: compiler and linker as child processes, with limits, since the source may be
// anybody's.
#include <chrono>
#include <system_error>

#include "host/lab/child.hpp"
#include "host/lab/learn/kit.hpp"
#include "host/lab/scratch_folder.hpp"
#include "host/trace/plain.hpp"

namespace sehlab::lab {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::chrono::seconds kMostTime{20};
constexpr std::size_t kMostLines = 200;
/// As `ulimit` takes them: KiB of memory, seconds of processor time, blocks of 512 bytes a file.
constexpr std::string_view kLimits =
    "ulimit -v 1000000 && ulimit -t 10 && ulimit -f 200000 || exit 126; exec \"$@\"";

/// Runs one of the two programs to its end; false when it failed.
Result<bool> finish(const std::vector<std::string>& words, std::vector<std::string>& said) {
  ChildCommand command{{"/bin/sh", "-c", std::string(kLimits), "sh"}, {{"LC_ALL", "C.UTF-8"}}};
  command.words.insert(command.words.end(), words.begin(), words.end());
  auto child = Child::start(command);
  if (!child) return tl::make_unexpected(child.error());
  bool cut = false;
  const auto take = [&](std::string_view line) {
    if (said.size() < kMostLines) {
      said.push_back(trace::harmless(line));
    } else if (!cut) {
      said.emplace_back("… and more");
      cut = true;
    }
  };
  const auto until = Clock::now() + kMostTime;
  while (!child->ended() && Clock::now() < until) child->read_lines(milliseconds(50), take);
  const auto status = child->ended();
  child->end(milliseconds(0), take);
  if (!status) said.push_back(words.front() + " took too long and was stopped");
  if (status == 127) {
    said.push_back(words.front() +
                   " is needed to build a lesson's program (Debian 12: clang-14, lld-14; "
                   "Debian 13: clang-19, lld-19)");
  }
  if (status && *status > 1000) said.push_back(words.front() + " was stopped: a limit was met");
  return status == 0;
}

}  // namespace

Result<Built> build_guest(const Kit& kit, const std::filesystem::path& source, bool safeseh,
                          const std::filesystem::path& image) {
  Built built;
  const auto scratch = ScratchFolder::make();
  if (!scratch) return tl::make_unexpected(scratch.error());
  const std::string object = (scratch->path() / "guest.obj").string();
  std::vector<std::string> words{kit.compiler};
  words.insert(words.end(), kit.compile.begin(), kit.compile.end());
  if (source.extension() == ".cpp") words.insert(words.end(), kit.cxx.begin(), kit.cxx.end());
  // Reports name the file as the student knows it, wherever the folder is.
  std::string folder = source.parent_path().string();
  if (!folder.empty()) words.push_back("-ffile-prefix-map=" + folder + "/=");
  words.insert(words.end(), {"-c", source.string(), "-o", object});
  const auto compiled = finish(words, built.said);
  if (!compiled) return tl::make_unexpected(compiled.error());
  if (!*compiled) return built;

  words = {kit.linker};
  words.insert(words.end(), kit.link.begin(), kit.link.end());
  words.emplace_back(safeseh ? "/safeseh" : "/safeseh:no");
  words.push_back("/out:" + image.string());
  words.push_back(object);
  if (safeseh) words.push_back(kit.safeseh);
  words.insert(words.end(), kit.libraries.begin(), kit.libraries.end());
  const auto linked = finish(words, built.said);
  if (!linked) return tl::make_unexpected(linked.error());
  built.ok = *linked;
  return built;
}

}  // namespace sehlab::lab
