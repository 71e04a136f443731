// What the system tells of itself: NtQuerySystemInformation, and how much memory there is.
#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "host/services/gate_services.hpp"
#include "host/services/guest_memory.hpp"
#include "host/services/nt_values.hpp"
#include "host/services/reservation.hpp"
#include "host/services/system_time.hpp"
#include "host/win32/status.hpp"

namespace sehlab::services::gates {
namespace {

// SYSTEM_INFORMATION_CLASS
constexpr std::uint32_t kBasic = 0, kProcessor = 1, kTimeOfDay = 3;

struct SystemBasicInformation {
  std::uint32_t reserved, timer_resolution, page_size, physical_pages, lowest_page, highest_page;
  std::uint32_t allocation_granularity, minimum_address, maximum_address, processors_mask;
  std::uint32_t processors;  ///< CCHAR, padded
};
static_assert(sizeof(SystemBasicInformation) == 44);

struct SystemProcessorInformation {
  std::uint16_t architecture, level, revision, maximum_processors;
  std::uint32_t features;
};
static_assert(sizeof(SystemProcessorInformation) == 12);

struct SystemTimeOfDayInformation {
  std::uint64_t boot_time, current_time, time_zone_bias;
  std::uint32_t time_zone_id, reserved;
  std::uint64_t boot_time_bias, sleep_time_bias;
};
static_assert(sizeof(SystemTimeOfDayInformation) == 48);

Outcome give(GateCall& call, std::span<const std::byte> information, bool may_be_cut) {
  const std::uint32_t bytes = call.argument[2];
  const auto whole = static_cast<std::uint32_t>(information.size());
  if (pointer(call, 3) != GuestAddr{}) {
    const std::uint32_t written = may_be_cut ? std::min(bytes, whole) : whole;
    if (auto fault = call.memory.write_object(pointer(call, 3), written)) {
      return returned(status_of_fault(*fault));
    }
  }
  if (may_be_cut ? bytes > whole : bytes < whole) {
    return returned(win32::STATUS_INFO_LENGTH_MISMATCH);
  }
  if (auto fault = call.memory.write(pointer(call, 1), information.first(std::min(bytes, whole)))) {
    return returned(status_of_fault(*fault));
  }
  return returned(win32::STATUS_SUCCESS);
}

template <typename T>
Outcome give_object(GateCall& call, const T& value, bool may_be_cut = false) {
  return give(call, std::as_bytes(std::span(&value, 1)), may_be_cut);
}

}  // namespace

Outcome NtQuerySystemInformation(GateCall& call) {
  switch (call.argument[0]) {
    case kBasic: {
      constexpr std::uint32_t kTimerResolution = 156'250, kHighestAddress = 0x7ffeffff;
      const std::uint32_t mask = processor_mask(call);
      return give_object(
          call, SystemBasicInformation{0, kTimerResolution, kPageSize, kCommitLimitPages, 1,
                                       kCommitLimitPages, kAllocationUnit,
                                       kUserAddresses.begin.value, kHighestAddress, mask,
                                       static_cast<std::uint32_t>(std::popcount(mask))});
    }
    case kProcessor: {
      // What CPUID tells (emu/cpuid.cpp): family, model and stepping; the kernel's flags for TSC,
      // CMOV, CMPXCHG8B, MMX, FXSR, SSE and SSE2.
      constexpr std::uint32_t kFeatures = 0x2 | 0x8 | 0x80 | 0x100 | 0x800 | 0x2000 | 0x10000;
      return give_object(call, SystemProcessorInformation{0, 15, 0x0209, 0, kFeatures});
    }
    case kTimeOfDay: {
      SystemTimeOfDayInformation time{};
      time.boot_time = kStartTime;
      time.current_time = kStartTime + call.kernel.now();
      return give_object(call, time, true);
    }
    default:
      break;
  }
  return Unmodelled{"NtQuerySystemInformation, class " + std::to_string(call.argument[0])};
}

Outcome LabQueryMemory(GateCall& call) {
  const std::array<std::uint32_t, 2> pages{kCommitLimitPages,
                                           call.kernel.address_space().committed_pages()};
  if (auto fault = call.memory.write_object(pointer(call, 0), pages)) return faulted(*fault);
  return returned(win32::STATUS_SUCCESS);
}

}  // namespace sehlab::services::gates
