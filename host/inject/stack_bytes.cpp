#include "host/inject/stack_bytes.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <unordered_set>
#include <vector>

#include "emu/decoder.hpp"
#include "emu/machine.hpp"
#include "host/inject/value.hpp"

namespace sehlab::inject {
namespace {

constexpr std::size_t kLongestInstruction = 15, kMostInstructions = 4096;

std::optional<emu::Instruction> decode_at(const emu::RawAccess& memory, GuestAddr at) {
  std::array<std::byte, kLongestInstruction> bytes{};
  for (std::size_t size = bytes.size(); size > 0; --size) {
    const auto front = std::span(bytes).first(size);
    if (memory.read(at, front)) return emu::decode(front, at);
  }
  return std::nullopt;
}

/// Follows a function's jumps to its returns.
class Returns {
 public:
  Returns(const emu::RawAccess& memory, bool past_calls)
      : memory_(memory), past_calls_(past_calls) {}

  /// What all returns that were found take off; nullopt: none was found, or they differ.
  std::optional<std::uint32_t> of(GuestAddr entry) {
    come_to(entry);
    while (!open_.empty() && seen_.size() < kMostInstructions) {
      const GuestAddr at = open_.back();
      open_.pop_back();
      take(at);
    }
    return differ_ ? std::nullopt : bytes_;
  }

 private:
  void come_to(GuestAddr at) {
    if (seen_.insert(at).second) open_.push_back(at);
  }

  void take(GuestAddr at) {
    const auto instruction = decode_at(memory_, at);
    if (!instruction) return;
    const std::string& name = instruction->mnemonic;
    const GuestAddr next = at + static_cast<std::uint32_t>(instruction->bytes.size());
    if (name == "ret" || name.ends_with(" ret")) return returned(instruction->operands);
    // These do not return to the one that called, or do not go on.
    if (name == "int3" || name == "ud2" || name == "hlt" || name == "iretd" || name == "retf")
      return;
    const bool jumps = name.starts_with('j') || name.starts_with("loop");
    if (jumps) jump(instruction->operands);
    if (name == "jmp" || name == "ljmp") return;
    if (name == "call" && !past_calls_) return;
    come_to(next);
  }

  void jump(std::string_view operand) {
    // Through a word of memory, as import stubs do.
    constexpr std::string_view kThrough = "dword ptr [";
    if (operand.starts_with(kThrough) && operand.ends_with(']')) {
      operand.remove_prefix(kThrough.size());
      operand.remove_suffix(1);
      const auto word = parse_number(operand);
      const auto target = word ? memory_.get<std::uint32_t>(GuestAddr{*word}) : std::nullopt;
      if (target) come_to(GuestAddr{*target});
    } else if (const auto target = parse_number(operand)) {
      come_to(GuestAddr{*target});
    }
  }

  void returned(std::string_view operand) {
    const auto bytes = operand.empty() ? std::optional(0u) : parse_number(operand);
    if (!bytes || (bytes_ && *bytes_ != *bytes)) differ_ = true;
    bytes_ = bytes;
  }

  const emu::RawAccess& memory_;
  bool past_calls_;
  std::unordered_set<GuestAddr> seen_;
  std::vector<GuestAddr> open_;
  std::optional<std::uint32_t> bytes_;
  bool differ_ = false;
};

}  // namespace

std::optional<std::uint32_t> stack_bytes(const process::Modules& modules,
                                         const emu::RawAccess& memory, GuestAddr entry) {
  if (const auto gate = modules.gates().find(entry); gate != modules.gates().end()) {
    if (gate->second.unbound != nullptr) return std::nullopt;
    // The gate's stub: the interrupt, then the return that its convention asks for.
    return Returns(memory, false).of(entry + emu::kGateLength);
  }
  const process::Module* module = modules.at(entry);
  if (module == nullptr || module->symbols == nullptr) return std::nullopt;
  if (const auto named = module->symbols->argument_bytes(entry)) return named;
  // What follows a call that never returns is another function's: asked only if nothing else tells.
  if (const auto without_calls = Returns(memory, false).of(entry)) return without_calls;
  return Returns(memory, true).of(entry);
}

}  // namespace sehlab::inject
