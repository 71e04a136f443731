// What a process does when the processor cannot go on: grow a stack, or hand the fault to
// exception dispatch; and what becomes of an exception that nobody handles.
#include <array>
#include <cstddef>
#include <span>
#include <utility>

#include "emu/decoder.hpp"
#include "host/fault/translate.hpp"
#include "host/process/process.hpp"
#include "host/seh/delivery.hpp"
#include "host/win32/context.hpp"
#include "host/win32/exception_record.hpp"

namespace sehlab::process {
namespace {

constexpr std::uint32_t kLongestInstruction = 15;  // bytes
constexpr int kInstructionsBehind = 2, kInstructionsAhead = 2;

/// Instructions around `eip`: those before it are found by decoding from some bytes earlier and
/// keeping a run that arrives exactly at `eip`.
std::vector<emu::Instruction> around(const emu::RawAccess& raw, GuestAddr eip) {
  const auto decode_at = [&](GuestAddr at) -> std::optional<emu::Instruction> {
    std::array<std::byte, kLongestInstruction> bytes{};
    for (std::size_t size = bytes.size(); size > 0; --size) {
      if (raw.read(at, std::span(bytes).first(size))) {
        return emu::decode(std::span(bytes).first(size), at);
      }
    }
    return std::nullopt;
  };
  std::vector<emu::Instruction> result;
  for (std::uint32_t back = 24; back > 0 && result.empty(); --back) {
    std::vector<emu::Instruction> run;
    for (GuestAddr at = eip - back; at.value < eip.value;) {
      auto one = decode_at(at);
      if (!one) break;
      at += static_cast<std::uint32_t>(one->bytes.size());
      run.push_back(std::move(*one));
      if (at == eip) result = std::move(run);
    }
  }
  if (result.size() > kInstructionsBehind) {
    result.erase(result.begin(), result.end() - kInstructionsBehind);
  }
  GuestAddr at = eip;
  for (int i = 0; i <= kInstructionsAhead; ++i) {
    auto one = decode_at(at);
    if (!one) break;
    at += static_cast<std::uint32_t>(one->bytes.size());
    result.push_back(std::move(*one));
  }
  return result;
}

emu::GeneralRegisters registers_of(const win32::Context& context) {
  emu::GeneralRegisters r;
  r.eax = context.Eax;
  r.ecx = context.Ecx;
  r.edx = context.Edx;
  r.ebx = context.Ebx;
  r.esp = context.Esp;
  r.ebp = context.Ebp;
  r.esi = context.Esi;
  r.edi = context.Edi;
  r.eip = context.Eip;
  r.eflags = context.EFlags;
  return r;
}

}  // namespace
}  // namespace sehlab::process
