#include "host/fuzz/places.hpp"

#include <fmt/format.h>

#include <optional>

#include "host/services/known_dlls.hpp"

namespace sehlab::fuzz {
namespace {

constexpr int kPlaces = 4;
constexpr int kFrames = 64;  // looked at

std::string name_of(process::Process& process, GuestAddr address) {
  std::string name = process.modules().symbolize(address);
  return name.empty() ? fmt::format("{:08x}", address.value) : name;
}

}  // namespace

std::string places_of(process::Process& process, const emu::GeneralRegisters& registers) {
  const emu::RawAccess& raw = process.machine().memory().raw();
  const GuestAddr eip{registers.eip};
  std::string text = name_of(process, eip);
  int told = 1;
  const auto tell = [&](std::optional<std::uint32_t> address) {
    const process::Module* in = address ? process.modules().at(GuestAddr{*address}) : nullptr;
    if (in == nullptr || services::is_windows_dll(in->name)) return;
    text += " < " + name_of(process, GuestAddr{*address});
    ++told;
  };
  if (process.modules().at(eip) == nullptr) tell(raw.get<std::uint32_t>(GuestAddr{registers.esp}));
  GuestAddr frame{registers.ebp};
  for (int looked = 0; looked < kFrames && told < kPlaces; ++looked) {
    tell(raw.get<std::uint32_t>(frame + 4));
    const auto outer = raw.get<std::uint32_t>(frame);
    if (!outer || *outer <= frame.value) break;  // callers' frames lie above
    frame = GuestAddr{*outer};
  }
  return text;
}

std::string function_of(process::Process& process, GuestAddr eip) {
  const GuestAddr start = process.modules().function(eip);
  return name_of(process, start == GuestAddr{} ? eip : start);
}

}  // namespace sehlab::fuzz
