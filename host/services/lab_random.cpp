// Random numbers: the process's one stream, which --seed decides.
#include <algorithm>
#include <array>
#include <cstring>
#include <span>

#include "host/services/gate_services.hpp"
#include "host/services/guest_memory.hpp"

namespace sehlab::services::gates {

Outcome LabFillRandom(GateCall& call) {
  const GuestAddr buffer = pointer(call, 0);
  const std::uint32_t bytes = call.argument[1];
  std::array<std::byte, 256> block{};
  // All of it or nothing: a call that faults may be made again.
  for (GuestAddr at = buffer; at - buffer < bytes; at = at.page() + kPageSize) {
    if (auto fault = probe_write(call, at, 1)) return faulted(*fault);
  }
  for (std::uint32_t done = 0; done < bytes;) {
    const std::uint32_t size = std::min<std::uint32_t>(bytes - done, block.size());
    for (std::uint32_t at = 0; at < size; at += 4) {
      const std::uint32_t word = call.kernel.random();
      std::memcpy(block.data() + at, &word, sizeof(word));
    }
    if (auto fault = call.memory.write(buffer + done, std::span(block).first(size))) {
      return faulted(*fault);
    }
    done += size;
  }
  return returned(1);
}

}  // namespace sehlab::services::gates
