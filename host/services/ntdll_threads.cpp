// Threads that one thread makes, suspends and resumes.
#include <array>
#include <cstdint>
#include <optional>

#include "host/services/gate_services.hpp"
#include "host/services/guest_memory.hpp"
#include "host/services/nt_values.hpp"
#include "host/win32/status.hpp"

namespace sehlab::services::gates {
namespace {

constexpr std::uint32_t kCreateSuspended = 1;  // THREAD_CREATE_FLAGS_CREATE_SUSPENDED
constexpr std::uint32_t kAttributeClientId = 0x00010003, kAttributeTeb = 0x00010004;
constexpr std::uint32_t kMostAttributes = 16;
// No stack of this size fits into two gigabytes beside anything else.
constexpr std::uint32_t kLargestStack = 0x60000000;

/// PS_ATTRIBUTE of a 32-bit process.
struct Attribute {
  std::uint32_t attribute, size, value, return_length;
};

constexpr auto kAttributeBytes = static_cast<std::uint32_t>(sizeof(Attribute));

/// Where the caller wants the new thread's CLIENT_ID; 0: nowhere.
struct AttributeList {
  GuestAddr client_id;
  std::optional<Outcome> refused;
};

AttributeList read_attributes(GateCall& call, GuestAddr list) {
  AttributeList result;
  if (list == GuestAddr{}) return result;
  std::uint32_t total = 0;
  if (auto fault = call.memory.read_object(list, total)) {
    result.refused = returned(status_of_fault(*fault));
    return result;
  }
  const std::uint32_t count = total < 4 ? 0 : (total - 4) / kAttributeBytes;
  if (total < 4 || (total - 4) % kAttributeBytes != 0 || count > kMostAttributes) {
    result.refused = returned(win32::STATUS_INVALID_PARAMETER);
    return result;
  }
  for (std::uint32_t i = 0; i < count; ++i) {
    Attribute entry{};
    const GuestAddr at = list + 4 + i * kAttributeBytes;
    if (auto fault = call.memory.read_object(at, entry)) {
      result.refused = returned(status_of_fault(*fault));
    } else if (entry.attribute != kAttributeClientId) {
      result.refused = Unmodelled{entry.attribute == kAttributeTeb
                                      ? "NtCreateThreadEx asked for the new thread's TEB"
                                      : "an attribute of NtCreateThreadEx"};
    } else if (entry.size != 8) {
      result.refused = returned(win32::STATUS_INFO_LENGTH_MISMATCH);
    } else if (auto bad = probe_write(call, GuestAddr{entry.value}, 8)) {
      result.refused = returned(status_of_fault(*bad));
    } else {
      result.client_id = GuestAddr{entry.value};
    }
    if (result.refused) break;
  }
  return result;
}

Outcome change_suspension(GateCall& call, std::optional<std::uint32_t> (Kernel::*change)(Handle)) {
  const GuestAddr previous = pointer(call, 1);
  if (previous != GuestAddr{}) {
    if (auto fault = probe_write(call, previous, 4)) return returned(status_of_fault(*fault));
  }
  const auto count = (call.kernel.*change)(call.argument[0]);
  if (!count) return returned(win32::STATUS_INVALID_HANDLE);
  if (previous != GuestAddr{}) write_probed(call, previous, *count);
  return returned(win32::STATUS_SUCCESS);
}

}  // namespace

Outcome NtCreateThreadEx(GateCall& call) {
  const auto& a = call.argument;
  const GuestAddr handle_out = pointer(call, 0), start = pointer(call, 4);
  const std::uint32_t parameter = a[5], flags = a[6], commit = a[8], reserve = a[9];
  if (auto fault = probe_write(call, handle_out, 4)) return returned(status_of_fault(*fault));
  if (a[3] != kCurrentProcess) return returned(win32::STATUS_INVALID_HANDLE);
  if ((flags & ~kCreateSuspended) != 0) return Unmodelled{"flags of NtCreateThreadEx"};
  const AttributeList attributes = read_attributes(call, pointer(call, 10));
  if (attributes.refused) return *attributes.refused;
  // A commit larger than the reserve makes the reserve follow, rounded to a megabyte.
  std::uint32_t stack = reserve;
  if (commit > kLargestStack || reserve > kLargestStack) return returned(win32::STATUS_NO_MEMORY);
  if (commit > stack) stack = (commit + 0xfffff) & ~0xfffffu;
  std::uint32_t id = 0;
  const auto thread =
      call.kernel.create_thread(start, parameter, stack, (flags & kCreateSuspended) != 0, id);
  if (!thread) return returned(win32::STATUS_NO_MEMORY);
  write_probed(call, handle_out, *thread);
  if (attributes.client_id != GuestAddr{}) {
    // TEB.ClientId.UniqueProcess is the caller's own.
    std::uint32_t process = 0;
    static_cast<void>(call.memory.read_object(call.kernel.current_teb() + 0x20, process));
    write_probed(call, attributes.client_id, std::array<std::uint32_t, 2>{process, id});
  }
  return returned(win32::STATUS_SUCCESS);
}

Outcome NtSuspendThread(GateCall& call) {
  return change_suspension(call, &Kernel::suspend_thread);
}

Outcome NtResumeThread(GateCall& call) {
  return change_suspension(call, &Kernel::resume_thread);
}

}  // namespace sehlab::services::gates
