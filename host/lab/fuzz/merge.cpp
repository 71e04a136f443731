#include "host/lab/fuzz/merge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <string_view>
#include <system_error>

#include "host/lab/fuzz/engine_command.hpp"
#include "host/lab/fuzz/input_files.hpp"
#include "host/lab/scratch_folder.hpp"

namespace sehlab::lab {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds kTick{200};
constexpr std::size_t kLastLines = 12;

}  // namespace

Result<MergeAnswer> merge_corpora(const MergeRequest& request) {
  const auto program = engine_program(request.guest, Engine::LibFuzzer);
  if (!program) return tl::make_unexpected(program.error());
  MergeAnswer answer;
  std::error_code error;
  for (const fs::path& folder : request.from) {
    if (!fs::is_directory(folder, error)) return fail(folder.string(), "there is no such folder");
    const auto files = input_files(folder);
    if (!files) return tl::make_unexpected(files.error());
    answer.looked_at += files->size();
  }
  if (auto made = make_folder(request.into); !made) return tl::make_unexpected(made.error());
  const auto before = input_files(request.into);
  if (!before) return tl::make_unexpected(before.error());

  // Inputs that crash are left out of a corpus; libFuzzer writes them here.
  const auto scratch = ScratchFolder::make();
  if (!scratch) return tl::make_unexpected(scratch.error());
  FuzzRun run;
  run.guest = request.guest;
  run.out = scratch->path();
  if (auto made = make_folder(artifact_folder(run)); !made) {
    return tl::make_unexpected(made.error());
  }
  const ChildCommand command = merge_command(run, *program, request.into, request.from);
  if (request.command) request.command(shell_line(command));
  auto child = Child::start(command);
  if (!child) return tl::make_unexpected(child.error());
  std::deque<std::string> last;
  const auto take = [&](std::string_view line) {
    last.emplace_back(line.substr(0, 400));
    if (last.size() > kLastLines) last.pop_front();
    if (request.said) request.said(last.back());
  };
  while (!child->ended()) {
    child->read_lines(kTick, take);
    if (request.stopped && request.stopped()) break;
  }
  child->end(kTick, take);
  if (const int code = child->ended().value_or(0); code != 0) {
    answer.failure = code >= 1000 ? fmt::format("  ended by signal {}\n", code - 1000)
                                  : fmt::format("  ended with exit code {}\n", code);
    for (const std::string& line : last) answer.failure += "  " + line + "\n";
  }
  const auto crashed = input_files(artifact_folder(run));
  answer.crashed = crashed ? crashed->size() : 0;
  const auto after = input_files(request.into);
  if (!after) return tl::make_unexpected(after.error());
  answer.inputs = after->size();
  answer.added = answer.inputs - std::min(answer.inputs, before->size());
  return answer;
}

}  // namespace sehlab::lab
