#include "host/process/shared_user_data.hpp"

#include <array>
#include <cstddef>
#include <string_view>

#include "host/services/system_time.hpp"
#include "host/win32/user_shared_data.hpp"

namespace sehlab::process {
namespace {

constexpr std::uint64_t kTick = 156'250;               // 100 ns: 64 ticks a second
constexpr std::uint32_t kTickMultiplier = 0x0fa00000;  // 15.625 in units of 2^-24
constexpr std::uint16_t kImageFileMachineI386 = 0x14c;
constexpr std::uint32_t kWorkstation = 1;
constexpr std::u16string_view kSystemRoot = u"C:\\Windows";

win32::KSystemTime split(std::uint64_t time) {
  const auto high = static_cast<std::int32_t>(time >> 32);
  return {static_cast<std::uint32_t>(time), high, high};
}

}  // namespace

Result<> SharedUserData::make(emu::AddressSpace& space, const OsVersion& version) {
  if (auto done = space.reserve(kSharedUserData, kPageSize); !done) return done;
  if (auto done = space.commit(kSharedUserData, kPageSize, emu::kReadOnly); !done) return done;
  win32::KUserSharedData data{};
  data.TickCountMultiplier = kTickMultiplier;
  data.ImageNumberLow = data.ImageNumberHigh = kImageFileMachineI386;
  kSystemRoot.copy(data.NtSystemRoot.data(), data.NtSystemRoot.size() - 1);
  data.NtProductType = kWorkstation;
  data.ProductTypeIsValid = 1;
  data.NtMajorVersion = version.major;
  data.NtMinorVersion = version.minor;
  for (const std::uint32_t feature :
       {win32::PF_COMPARE_EXCHANGE_DOUBLE, win32::PF_MMX_INSTRUCTIONS_AVAILABLE,
        win32::PF_XMMI_INSTRUCTIONS_AVAILABLE, win32::PF_RDTSC_INSTRUCTION_AVAILABLE,
        win32::PF_XMMI64_INSTRUCTIONS_AVAILABLE, win32::PF_NX_ENABLED}) {
    data.ProcessorFeatures[feature] = 1;
  }
  if (!space.raw().put(kSharedUserData, data)) return fail("", "the shared page does not fit");
  SharedUserData(space).tell(0);
  return {};
}

void SharedUserData::tell(std::uint64_t now) {
  if (now == state_.told) return;
  state_.told = now;
  emu::RawAccess& raw = space_.raw();
  // InterruptTime and SystemTime lie side by side.
  const std::array times{split(now), split(services::kStartTime + now)};
  static_assert(offsetof(win32::KUserSharedData, SystemTime) ==
                offsetof(win32::KUserSharedData, InterruptTime) + sizeof(win32::KSystemTime));
  static_cast<void>(
      raw.put(kSharedUserData + offsetof(win32::KUserSharedData, InterruptTime), times));
  const std::uint64_t ticks = now / kTick;
  if (ticks == state_.ticks_told) return;
  state_.ticks_told = ticks;
  static_cast<void>(
      raw.put(kSharedUserData + offsetof(win32::KUserSharedData, TickCount), split(ticks)));
  static_cast<void>(raw.put(kSharedUserData, static_cast<std::uint32_t>(ticks)));
}

}  // namespace sehlab::process
