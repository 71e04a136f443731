#include "host/report/crash_scene.hpp"

#include <fmt/format.h>

#include "host/trace/plain.hpp"

namespace sehlab::report {
namespace {

constexpr std::size_t kRegistersALine = 5;

}  // namespace

std::string registers_text(const CrashScene& scene) {
  std::string text;
  for (std::size_t i = 0; i < scene.registers.size(); ++i) {
    const auto& [name, value] = scene.registers[i];
    text += "  " + name + ' ' + trace::hex(value);
    if (i % kRegistersALine == kRegistersALine - 1 || i + 1 == scene.registers.size()) text += '\n';
  }
  return text;
}

std::string code_text(const CrashScene& scene, std::optional<GuestAddr> here, Style style) {
  std::string text;
  for (const CrashScene::CodeLine& line : scene.code) {
    const bool marked = here == line.address;
    const std::string shown =
        fmt::format("{} {}  {} {}", marked ? "▶" : " ", trace::hex(line.address),
                    trace::padded(line.bytes, 20), trace::printable(line.text, 100));
    text += "  " + (marked ? style.bold(shown) : shown) + '\n';
  }
  return text;
}

}  // namespace sehlab::report
