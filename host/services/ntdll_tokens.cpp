// The process's access token: who it runs as. The lab's user is an ordinary one of the computer's
// own, with no rights of an administrator.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "host/services/gate_services.hpp"
#include "host/services/guest_memory.hpp"
#include "host/services/nt_values.hpp"
#include "host/win32/status.hpp"

namespace sehlab::services::gates {
namespace {

// TOKEN_INFORMATION_CLASS
constexpr std::uint32_t kUser = 1, kElevationType = 18, kElevation = 20, kIntegrityLevel = 25;
constexpr std::uint32_t kElevationTypeDefault = 1;
constexpr std::uint32_t kGroupIntegrity = 0x20;

/// A SID: revision, authority 5 (NT) or 16 (integrity labels), and what follows.
std::vector<std::uint32_t> sid(std::uint8_t authority, std::initializer_list<std::uint32_t> parts) {
  std::vector<std::uint32_t> words{1u | static_cast<std::uint32_t>(parts.size()) << 8,
                                   static_cast<std::uint32_t>(authority) << 24};
  words.insert(words.end(), parts);
  return words;
}

/// SID_AND_ATTRIBUTES, whose pointer leads behind it.
std::vector<std::uint32_t> with_sid(GuestAddr at, std::uint32_t attributes,
                                    std::vector<std::uint32_t> sid) {
  sid.insert(sid.begin(), {(at + 8).value, attributes});
  return sid;
}

}  // namespace

Outcome NtOpenProcessToken(GateCall& call) {
  if (auto fault = probe_write(call, pointer(call, 2), 4)) return returned(status_of_fault(*fault));
  if (call.argument[0] != kCurrentProcess) return returned(win32::STATUS_INVALID_HANDLE);
  write_probed(call, pointer(call, 2), call.kernel.create_token());
  return returned(win32::STATUS_SUCCESS);
}

Outcome NtQueryInformationToken(GateCall& call) {
  const auto kind = call.kernel.kind_of(call.argument[0]);
  if (!kind) return returned(win32::STATUS_INVALID_HANDLE);
  if (kind != ObjectKind::Token) return returned(win32::STATUS_OBJECT_TYPE_MISMATCH);
  const GuestAddr to = pointer(call, 2), needed = pointer(call, 4);
  std::vector<std::uint32_t> told;
  switch (call.argument[1]) {
    case kUser:  // S-1-5-21-…-1001
      told = with_sid(to, 0, sid(5, {21, 0x1ab0, 0x1ab1, 0x1ab2, 1001}));
      break;
    case kElevationType:
      told = {kElevationTypeDefault};
      break;
    case kElevation:
      told = {0};
      break;
    case kIntegrityLevel:  // S-1-16-8192: medium
      told = with_sid(to, kGroupIntegrity, sid(16, {0x2000}));
      break;
    default:
      return Unmodelled{"NtQueryInformationToken, class " + std::to_string(call.argument[1])};
  }
  const auto bytes = static_cast<std::uint32_t>(told.size() * sizeof(told[0]));
  if (auto fault = call.memory.write_object(needed, bytes)) {
    return returned(status_of_fault(*fault));
  }
  if (call.argument[3] < bytes) return returned(win32::STATUS_BUFFER_TOO_SMALL);
  if (auto fault = call.memory.write(to, std::as_bytes(std::span(told)))) {
    return returned(status_of_fault(*fault));
  }
  return returned(win32::STATUS_SUCCESS);
}

}  // namespace sehlab::services::gates
