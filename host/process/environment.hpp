// The process's environment blocks as guest code finds them: the PEB with the program's name and
// command line, a TEB a thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "emu/address_space.hpp"
#include "emu/guest_addr.hpp"
#include "emu/result.hpp"
#include "host/process/stacks.hpp"
#include "host/seh/profile.hpp"

namespace sehlab::process {

/// Where programs and their allocations may lie: above the first 64 KiB, below the blocks.
inline constexpr GuestRange kUserSpace{GuestAddr{0x00010000}, GuestAddr{0x7ff00000}};
/// Where TEBs lie, a page each, from the top down.
inline constexpr GuestRange kTebs{GuestAddr{0x7ff00000}, GuestAddr{0x7ffdf000}};
inline constexpr std::uint32_t kAllocationGranularity = 0x10000;
/// What the guest is told: runtimes that start a thread a processor then have some to switch
/// between. One thread runs at a time all the same.
inline constexpr std::uint32_t kProcessors = 2;
inline constexpr std::uint32_t kProcessId = 0x0b5c;
inline constexpr std::uint32_t kFirstThreadId = 0x0b60;

struct PebFacts {
  GuestAddr image_base;
  std::string image_path;    ///< as the guest sees it, UTF-8: C:\lab\name.exe
  std::string command_line;  ///< Windows quoting, UTF-8
};

/// What a profile's system calls itself.
struct OsVersion {
  std::uint32_t major = 0, minor = 0;
  std::uint16_t build = 0;
};
[[nodiscard]] OsVersion os_version(const seh::Profile& profile);

/// Makes the PEB and what hangs on it (process parameters).
[[nodiscard]] Result<GuestAddr> make_peb(emu::AddressSpace& space, const PebFacts& facts,
                                         const seh::Profile& profile);

struct TebFacts {
  std::uint32_t thread_id = 0;
  GuestAddr peb;
  StackBounds stack;
};
/// Makes a thread's TEB, in the highest free page for one; fs:[0] is the end of the chain.
[[nodiscard]] Result<GuestAddr> make_teb(emu::AddressSpace& space, const TebFacts& facts);

/// An argument list as CommandLineToArgvW would take it apart again.
[[nodiscard]] std::string windows_command_line(std::string_view program,
                                               const std::vector<std::string>& arguments);

}  // namespace sehlab::process
