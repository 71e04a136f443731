#include "host/process/thread_memory.hpp"

namespace sehlab::process {

bool ThreadMemory::grew(emu::Fault& fault) {
  if (fault.kind != emu::FaultKind::GuardPage) return false;
  switch (grow_stack(space_, teb_, fault.address)) {
    case Growth::Grown:
      return true;
    case Growth::Overflow:
      fault.kind = emu::FaultKind::StackOverflow;
      return false;
    case Growth::NotStack:
      return false;
  }
  return false;
}

std::optional<emu::Fault> ThreadMemory::read(GuestAddr from, std::span<std::byte> to) {
  for (;;) {
    auto fault = inner_.read(from, to);
    if (!fault || !grew(*fault)) return fault;
  }
}

std::optional<emu::Fault> ThreadMemory::write(GuestAddr to, std::span<const std::byte> from) {
  for (;;) {
    auto fault = inner_.write(to, from);
    if (!fault || !grew(*fault)) return fault;
  }
}

}  // namespace sehlab::process
