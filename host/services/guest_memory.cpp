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

}  // namespace sehlab::services
