#include "host/services/guest_memory.hpp"

#include <array>
#include <vector>

#include "host/win32/status.hpp"

namespace sehlab::services {

NtStatus status_of_fault(const emu::Fault& fault) {
  return fault.kind == emu::FaultKind::GuardPage ? win32::STATUS_GUARD_PAGE_VIOLATION
                                                 : win32::STATUS_ACCESS_VIOLATION;
}

std::optional<emu::Fault> probe_write(GateCall& call, GuestAddr at, std::size_t bytes) {
  std::array<std::byte, 256> small;
  std::vector<std::byte> large(bytes > small.size() ? bytes : 0);
  const auto part = large.empty() ? std::span(small).first(bytes) : std::span(large);
  if (auto fault = call.memory.read(at, part)) {
    fault->access = emu::Access::Write;
    return fault;
  }
  return call.memory.write(at, part);
}

ReadString read_string(GateCall& call, GuestAddr at, std::uint32_t bytes, std::uint32_t most) {
  ReadString result;
  if (bytes > most) {
    result.too_long = true;
    return result;
  }
  result.text.resize(bytes);
  result.fault = call.memory.read(at, std::as_writable_bytes(std::span(result.text)));
  return result;
}

std::uint32_t processor_mask(GateCall& call) {
  constexpr std::uint32_t kPebInTeb = 0x30, kNumberOfProcessors = 0x64;
  std::uint32_t peb = 0, count = 0;
  static_cast<void>(call.memory.read_object(call.kernel.current_teb() + kPebInTeb, peb));
  static_cast<void>(call.memory.read_object(GuestAddr{peb} + kNumberOfProcessors, count));
  return count == 0 || count > 32 ? 1 : ~0u >> (32 - count);
}

}  // namespace sehlab::services
