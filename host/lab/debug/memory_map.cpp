#include "host/lab/debug/memory_map.hpp"

#include <fmt/format.h>

#include "host/process/shared_user_data.hpp"
#include "host/trace/plain.hpp"
#include "host/trace/text_writer.hpp"
#include "host/win32/peb.hpp"
#include "host/win32/teb.hpp"

namespace sehlab::lab {
namespace {

constexpr std::size_t kMostRegions = 1000;

std::string rights_of(const emu::RegionInfo& region) {
  if (region.state == emu::PageState::Reserved) return "reserved";
  const emu::Protection& rights = region.protection;
  return fmt::format("{}{}{}{}", rights.read ? 'r' : '-', rights.write ? 'w' : '-',
                     rights.execute ? 'x' : '-', rights.guard ? " guard" : "");
}

/// "kernel32.dll .text": the section that a region begins in, with a note when there are more in
/// it.
std::string part_of(const process::Module& module, GuestAddr at, std::uint32_t size) {
  std::string text = trace::harmless(module.name);
  if (!module.image) return text;
  const std::uint32_t rva = at - module.base;
  std::string_view part = rva < kPageSize ? "headers" : "";
  bool more = false;
  for (const load::Section& section : module.image->sections) {
    if (section.contains(rva)) part = section.name;
    more = more || (section.rva > rva && section.rva - rva < size);
  }
  if (part.empty()) return text;
  return text + ' ' + trace::harmless(part) + (more ? ", …" : "");
}

/// What a process has by names of its own. The words of PEB and TEB are the guest's, and are
/// believed.
class Landmarks {
 public:
  explicit Landmarks(process::Process& process) : process_(process) {
    const emu::RawAccess& memory = process.machine().memory().raw();
    const auto teb = memory.get<win32::Teb>(process.scheduler().current().teb);
    if (teb) peb_at_ = GuestAddr{teb->ProcessEnvironmentBlock};
    peb_ = memory.get<win32::Peb>(peb_at_).value_or(win32::Peb{});
  }

  [[nodiscard]] std::string name_of(const emu::RegionInfo& region) const {
    if (const process::Module* module = process_.modules().at(region.base)) {
      return part_of(*module, region.base, region.size);
    }
    std::string text;
    for (const auto& thread : process_.scheduler().threads()) {
      if (thread->state == process::ThreadState::Ended) continue;
      if (thread->reservation.contains(region.base)) {
        add(text, fmt::format("stack of thread {}", thread->number));
      }
      if (holds(region, thread->teb)) add(text, fmt::format("TEB of thread {}", thread->number));
    }
    if (holds(region, peb_at_)) add(text, "PEB");
    if (holds(region, GuestAddr{peb_.ProcessParameters})) add(text, "parameters, environment");
    if (holds(region, GuestAddr{peb_.ProcessHeap})) add(text, "process heap");
    if (holds(region, process::kSharedUserData)) add(text, "KUSER_SHARED_DATA");
    return text;
  }

 private:
  static bool holds(const emu::RegionInfo& region, GuestAddr address) {
    return address.value != 0 && address - region.base < region.size;
  }
  static void add(std::string& text, const std::string& name) {
    text += (text.empty() ? "" : ", ") + name;
  }

  process::Process& process_;
  GuestAddr peb_at_;
  win32::Peb peb_{};
};

}  // namespace

std::string memory_map(process::Process& process) {
  const emu::AddressSpace& space = process.machine().memory();
  const Landmarks landmarks(process);
  std::string text;
  std::size_t lines = 0;
  for (std::uint64_t at = 0; at < UINT32_MAX;) {
    const emu::RegionInfo region = space.query(GuestAddr{static_cast<std::uint32_t>(at)});
    if (region.size == 0) break;
    at += region.size;
    if (region.state == emu::PageState::Free) continue;
    if (lines++ == kMostRegions) return text + "…\n";
    std::string line = fmt::format("{}-{}  {:<10}  {}", trace::hex(region.base),
                                   trace::hex(region.base + region.size), rights_of(region),
                                   landmarks.name_of(region));
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + '\n';
  }
  return text;
}

}  // namespace sehlab::lab
