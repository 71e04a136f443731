#include "host/report/crash_report.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "host/report/walk_report.hpp"
#include "host/report/wrap.hpp"
#include "host/trace/names.hpp"
#include "host/trace/plain.hpp"

namespace sehlab::report {
namespace {

constexpr std::size_t kMostNested = 4;
constexpr int kUnhandledExit = 139;  // docs/cli.md

std::string code_words(std::uint32_t code) {
  const std::string_view words = trace::status_words(code);
  return fmt::format("{:08X}{}{}", code, words.empty() ? "" : " ", words);
}

/// "C0000005 access violation: read of 00000000".
std::string what(const DispatchStory& story) {
  if (!story.fault) return code_words(story.code);
  const std::string access = trace::access_words(*story.fault);
  return code_words(story.code) + (access.empty() ? "" : ": " + access);
}

/// Without a fault, as of an exception raised for its second chance, what EIP was.
std::string where(const DispatchStory& story, const CrashScene* scene) {
  if (!story.fault && scene != nullptr) {
    const auto eip = std::ranges::find(scene->registers, "eip", &CrashScene::Register::name);
    if (eip != scene->registers.end()) return trace::hex(GuestAddr{eip->value});
  }
  if (!story.fault) return "an unknown place";
  const bool has_source = scene != nullptr && !scene->source.empty();
  return trace::show(story.fault->at) + (has_source ? " (" + scene->source + ")" : "");
}

/// The exceptions whose handlers were running, innermost first. Of a long row, which is one handler
/// that faults over and over, the newest and the one that it began with.
std::string nested_in(const std::vector<DispatchStory>& around) {
  const auto line = [](const DispatchStory& outer) {
    return indented(
        fmt::format("raised while a handler ran for {} at {}, instruction {}", what(outer),
                    where(outer, nullptr), trace::grouped(outer.instruction)),
        2, kColumns);
  };
  const bool all = around.size() <= kMostNested;
  const std::size_t newest = all ? around.size() : kMostNested - 1;
  std::string text;
  for (std::size_t i = 0; i < newest; ++i) text += line(around[around.size() - 1 - i]);
  if (!all) {
    text += fmt::format("  … and so on, {} in all; the first of them:\n",
                        trace::grouped(around.size()));
    text += line(around.front());
  }
  return text;
}

std::string heading(const CrashStory& story, const CrashScene* scene, Style style) {
  const DispatchStory& fatal = story.fatal();
  std::string text = style.bold("unhandled exception " + what(fatal)) + '\n';
  text += indented(fmt::format("at {}, thread {}, instruction {}", where(fatal, scene),
                               fatal.thread, trace::grouped(fatal.instruction)),
                   2, kColumns);
  if (!fatal.injected.empty()) {
    text += indented("injected by " + trace::printable(fatal.injected, 400), 2, kColumns);
  }
  return text + nested_in(story.around());
}

}  // namespace

std::string crash_report(const CrashStory& story, const std::optional<CrashScene>& scene,
                         Style style) {
  std::string text = heading(story, scene ? &*scene : nullptr, style);
  text += "\n  who was asked\n" + walk_report(story, style);
  if (scene && !scene->registers.empty()) text += '\n' + registers_text(*scene);
  if (scene && !scene->code.empty()) {
    const auto& fault = story.fatal().fault;
    text +=
        '\n' + code_text(*scene, fault ? std::optional(fault->at.address) : std::nullopt, style);
  }
  text += fmt::format("\n  the process ends with {:08X} (sehlab exits {})\n", story.end().code,
                      kUnhandledExit);
  return text;
}

}  // namespace sehlab::report
