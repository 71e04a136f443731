#include "host/inject/filters.hpp"

#include <array>
#include <cstddef>
#include <span>

#include "emu/decoder.hpp"

namespace sehlab::inject {
namespace {

constexpr std::size_t kLongestInstruction = 15, kMostInstructions = 80;

/// The first call through a register in the function at `start`.
std::optional<FilterCall> call_in(const emu::RawAccess& memory, GuestAddr start) {
  GuestAddr at = start;
  for (std::size_t i = 0; i < kMostInstructions; ++i) {
    std::array<std::byte, kLongestInstruction> bytes{};
    if (!memory.read(at, bytes)) return std::nullopt;
    const auto instruction = emu::decode(bytes, at);
    if (!instruction) return std::nullopt;
    const GuestAddr next = at + static_cast<std::uint32_t>(instruction->bytes.size());
    if (instruction->mnemonic == "call") {
      if (const auto target = find_register(instruction->operands)) {
        return FilterCall{at, next, *target};
      }
    }
    at = next;
  }
  return std::nullopt;
}

}  // namespace

std::vector<FilterCall> filter_calls(const process::Modules& modules,
                                     const emu::RawAccess& memory) {
  std::vector<FilterCall> calls;
  for (const process::Module& module : modules.all()) {
    for (const char* name : {"_except_handler3", "_EH4_CallFilterFunc"}) {
      const auto start = modules.find_symbol(module, name);
      const auto call = start ? call_in(memory, *start) : std::nullopt;
      if (call) calls.push_back(*call);
    }
  }
  return calls;
}

}  // namespace sehlab::inject
