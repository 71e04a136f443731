#include "host/lab/crash.hpp"

#include <fmt/core.h>

#include "host/lab/dropped_output.hpp"
#include "host/lab/result_file.hpp"

namespace sehlab::lab {

report::CrashScene crash_scene(const process::Crash& crash) {
  const emu::GeneralRegisters& r = crash.registers;
  report::CrashScene scene;
  scene.registers = {{"eax", r.eax}, {"ebx", r.ebx},      {"ecx", r.ecx}, {"edx", r.edx},
                     {"esi", r.esi}, {"edi", r.edi},      {"ebp", r.ebp}, {"esp", r.esp},
                     {"eip", r.eip}, {"eflags", r.eflags}};
  for (const emu::Instruction& instruction : crash.instructions) {
    std::string bytes;
    for (const std::byte byte : instruction.bytes) {
      bytes += fmt::format("{}{:02x}", bytes.empty() ? "" : " ", std::to_integer<unsigned>(byte));
    }
    scene.code.push_back(
        {instruction.address, std::move(bytes),
         instruction.mnemonic + (instruction.operands.empty() ? "" : " ") + instruction.operands});
  }
  scene.source = crash.source;
  return scene;
}

std::string crash_text(const process::End& end, const report::CrashStory& story,
                       report::Style style) {
  if (!story.crashed()) return {};
  std::optional<report::CrashScene> scene;
  if (end.crash) scene = crash_scene(*end.crash);
  return report::crash_report(story, scene, style);
}

std::string last_words(const process::End& end, const report::CrashStory& story,
                       report::Style style) {
  switch (end.kind) {
    case trace::EndKind::Exited:
      return {};
    case trace::EndKind::UnhandledException:
      return crash_text(end, story, style);
    case trace::EndKind::BudgetSpent:
    case trace::EndKind::Unmodelled:
    case trace::EndKind::Stopped:
      return fmt::format("sehlab: {} (exit {})\n", end.detail, exit_code(end));
  }
  return {};
}

void retell(process::Options options, const std::vector<std::string>& input,
            report::CrashStory& story) {
  DroppedOutput dropped(input);
  options.watch = watch::Mode::Report;
  repeat(options, dropped, {&story});
}

}  // namespace sehlab::lab
