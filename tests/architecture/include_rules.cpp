#include "tests/architecture/include_rules.hpp"

#include <algorithm>
#include <array>

namespace sehlab::architecture {

namespace {

using Paths = std::string_view;

// ---- the machine -------------------------------------------------------------------------------

// emu/ knows no Windows and no SEH: it sees itself and the operating system.
constexpr std::array<Paths, 1> kEmu{"emu/os/"};
// What it and the lab ask of the operating system.
constexpr std::array<Paths, 1> kOs{"emu/result.hpp"};

// ---- layouts and the stream of events ----------------------------------------------------------

constexpr std::array<Paths, 2> kWin32{"emu/guest_addr.hpp", "guest/include/lab/"};
constexpr std::array<Paths, 4> kTrace{"emu/guest_addr.hpp", "emu/result.hpp", "host/win32/",
                                      "guest/include/lab/"};

// ---- the middle: guest memory and registers, never the processor --------------------------------

// Everything in this list is an interface or a value; what drives the processor (machine.hpp,
// stop.hpp) is not among them. Of the trace a producer sees the event and nothing that reads.
constexpr std::array<Paths, 9> kSeh{
    "emu/check.hpp",      "emu/fault.hpp",        "emu/guest_access.hpp",
    "emu/guest_addr.hpp", "emu/registers.hpp",    "emu/result.hpp",
    "host/win32/",        "host/trace/event.hpp", "guest/include/lab/"};
constexpr std::array<Paths, 10> kUpToMemory{
    "emu/address_space.hpp", "emu/check.hpp",     "emu/fault.hpp",  "emu/guest_access.hpp",
    "emu/guest_addr.hpp",    "emu/registers.hpp", "emu/result.hpp", "host/win32/",
    "host/trace/event.hpp",  "guest/include/lab/"};
constexpr auto kServices = kUpToMemory;
constexpr std::array<Paths, 11> kLoad{
    "emu/address_space.hpp", "emu/check.hpp",        "emu/fault.hpp",     "emu/guest_access.hpp",
    "emu/guest_addr.hpp",    "emu/registers.hpp",    "emu/result.hpp",    "emu/os/read_file.hpp",
    "host/win32/",           "host/trace/event.hpp", "guest/include/lab/"};
constexpr auto kFault = kSeh;
// The one part that reads the stream and adds to it.
constexpr std::array<Paths, 11> kWatch{"emu/check.hpp",
                                       "emu/fault.hpp",
                                       "emu/guest_access.hpp",
                                       "emu/guest_addr.hpp",
                                       "emu/registers.hpp",
                                       "emu/result.hpp",
                                       "host/win32/",
                                       "host/trace/event.hpp",
                                       "host/trace/listener.hpp",
                                       "host/trace/recorder.hpp",
                                       "guest/include/lab/"};

// ---- the process: the one that sees both the machine and Windows --------------------------------

constexpr std::array<Paths, 12> kProcess{"emu/",
                                         "host/load/",
                                         "host/services/",
                                         "host/fault/",
                                         "host/seh/",
                                         "host/watch/",
                                         "host/win32/",
                                         "host/trace/context.hpp",
                                         "host/trace/event.hpp",
                                         "host/trace/listener.hpp",
                                         "host/trace/recorder.hpp",
                                         "guest/include/lab/"};

// What steps into a process; the process knows it by an interface of its own only.
// A sweep hands the events of each run on to those who judge them.
constexpr std::array<Paths, 10> kInject{"emu/",
                                        "host/process/",
                                        "host/load/",
                                        "host/seh/",
                                        "host/fault/",
                                        "host/win32/",
                                        "host/trace/event.hpp",
                                        "host/trace/listener.hpp",
                                        "host/trace/near_miss.hpp",
                                        "host/trace/plain.hpp"};

// The oracle of sequences knows the rules of Windows and of Go, and nothing of the lab that it
// judges.
constexpr std::array<Paths, 3> kSequence{"emu/result.hpp", "host/win32/", "guest/include/lab/"};
// What runs a process again and again, and judges each run by its events.
constexpr std::array<Paths, 11> kFuzz{"emu/",
                                      "host/process/",
                                      "host/seh/profile.hpp",
                                      "host/services/known_dlls.hpp",
                                      "host/watch/",
                                      "host/win32/",
                                      "host/trace/event.hpp",
                                      "host/trace/listener.hpp",
                                      "host/trace/near_miss.hpp",
                                      "host/trace/plain.hpp",
                                      "guest/include/lab/"};

// ---- readers of a trace: they never see a machine, so a saved trace will do
// ----------------------

constexpr std::array<Paths, 4> kReport{"emu/guest_addr.hpp", "emu/result.hpp", "host/trace/",
                                       "host/win32/"};
constexpr std::array<Paths, 5> kScenario{"emu/guest_addr.hpp", "emu/result.hpp", "host/trace/",
                                         "host/win32/", "host/seh/profile.hpp"};

// The remote protocol of GDB: bytes, packets and an interface to what is debugged.
constexpr std::array<Paths, 3> kGdb{"emu/guest_addr.hpp", "emu/registers.hpp", "emu/result.hpp"};

// ---- the lab around it
// ---------------------------------------------------------------------------

constexpr std::array<Paths, 3> kLab{"emu/", "host/", "guest/include/lab/"};
// What other projects' tests use. Its own headers (sehlab/) see no machine: they are installed.
constexpr auto kLibrary = kLab;
constexpr std::array<Paths, 3> kPublic{"host/api/sehlab/", "emu/guest_addr.hpp",
                                       "host/trace/event.hpp"};
// The command line talks to the lab and shows what readers of a trace make of it.
constexpr std::array<Paths, 8> kCli{
    "emu/guest_addr.hpp", "emu/os/",        "emu/result.hpp", "host/lab/",
    "host/report/",       "host/scenario/", "host/trace/",    "host/seh/profile.hpp"};

// ---- the guest: shares guest/include/lab/ with the host and nothing else
// --------------------------

constexpr std::array<Paths, 0> kShared{};
constexpr std::array<Paths, 1> kGuest{"guest/"};

// ---- tests: what is tested, and what that may see. seh and services are tested without a
// processor.

constexpr std::array<Paths, 12> kSehTests{
    "emu/check.hpp",      "emu/fault.hpp",  "emu/guest_access.hpp", "emu/guest_addr.hpp",
    "emu/registers.hpp",  "emu/result.hpp", "host/win32/",          "host/trace/event.hpp",
    "guest/include/lab/", "host/seh/",      "host/fault/",          "tests/holds.hpp"};
constexpr std::array<Paths, 12> kServicesTests{
    "emu/address_space.hpp", "emu/check.hpp",      "emu/fault.hpp",  "emu/guest_access.hpp",
    "emu/guest_addr.hpp",    "emu/registers.hpp",  "emu/result.hpp", "host/win32/",
    "host/trace/event.hpp",  "guest/include/lab/", "host/services/", "host/load/"};
constexpr std::array<Paths, 2> kEmuTests{"emu/", "guest/include/lab/"};
constexpr std::array<Paths, 8> kReaderTests{
    "emu/guest_addr.hpp", "emu/result.hpp", "host/report/",         "host/scenario/",
    "host/trace/",        "host/win32/",    "host/seh/profile.hpp", "tests/"};
constexpr std::array<Paths, 5> kGdbTests{"emu/guest_addr.hpp", "emu/registers.hpp",
                                         "emu/result.hpp", "host/gdb/", "tests/"};
constexpr std::array<Paths, 4> kOtherTests{"emu/", "host/", "guest/include/lab/", "tests/"};

constexpr std::array kFolderRules{
    FolderRule{"emu", kEmu},
    FolderRule{"emu/os", kOs},
    FolderRule{"host/win32", kWin32},
    FolderRule{"host/trace", kTrace},
    FolderRule{"host/load", kLoad},
    FolderRule{"host/seh", kSeh},
    FolderRule{"host/fault", kFault},
    FolderRule{"host/services", kServices},
    FolderRule{"host/watch", kWatch},
    FolderRule{"host/process", kProcess},
    FolderRule{"host/inject", kInject},
    FolderRule{"host/fuzz/sequence", kSequence},
    FolderRule{"host/fuzz", kFuzz},
    FolderRule{"host/gdb", kGdb},
    FolderRule{"host/report", kReport},
    FolderRule{"host/scenario", kScenario},
    FolderRule{"host/lab", kLab},
    FolderRule{"host/api", kLibrary},
    FolderRule{"host/api/sehlab", kPublic},
    FolderRule{"host/cli", kCli},
    FolderRule{"guest/include/lab", kShared},
    FolderRule{"guest", kGuest},
    FolderRule{"tests/emu", kEmuTests},
    FolderRule{"tests/seh", kSehTests},
    FolderRule{"tests/services", kServicesTests},
    FolderRule{"tests/gdb", kGdbTests},
    FolderRule{"tests/report", kReaderTests},
    FolderRule{"tests/scenario", kReaderTests},
    FolderRule{"tests", kOtherTests},
};

// ---- libraries from outside
// ----------------------------------------------------------------------

constexpr std::array<Paths, 1> kInEmu{"emu/"};
constexpr std::array<Paths, 3> kAnywhere{"emu/", "host/", "tests/"};
constexpr std::array<Paths, 1> kResultOnly{"emu/result.hpp"};
constexpr std::array<Paths, 4> kJson{"host/trace/", "host/scenario/", "host/lab/", "tests/"};
constexpr std::array<Paths, 2> kToml{"host/scenario/", "tests/"};
constexpr std::array<Paths, 1> kCliOnly{"host/cli/"};
constexpr std::array<Paths, 1> kTestsOnly{"tests/"};
// Each framework for tests has a header for those who use it.
constexpr std::array<Paths, 2> kDoctest{"tests/", "host/api/sehlab/doctest.hpp"};
constexpr std::array<Paths, 1> kGtest{"host/api/sehlab/gtest.hpp"};
constexpr std::array<Paths, 1> kCatch2{"host/api/sehlab/catch2.hpp"};
// Projects of their own, which see what is installed.
constexpr std::array<Paths, 2> kConsumers{"tests/package/", "tests/api/examples/"};
constexpr std::array<Paths, 1> kBench{"tests/bench/"};
// What the lab is measured against.
constexpr std::array<Paths, 2> kBareEngine{"tests/bench/bare_engine.cpp",
                                           "tests/bench/bare_loop.cpp"};
// What asks the operating system itself, and tests that look what it did.
constexpr std::array<Paths, 2> kPosix{"emu/os/", "tests/"};
// The debugger's connection, and nothing else of any network.
constexpr std::array<Paths, 2> kSockets{"emu/os/loopback_socket.cpp",
                                        "tests/lab/debug/hostile_client_test.cpp"};
// C headers that need no C library: all that guest code may have.
constexpr std::array<Paths, 1> kFreestanding{"guest/"};
// A C header for every compiler.
constexpr std::array<Paths, 2> kFixedWidth{"guest/", "host/api/sehlab/sehlab.h"};
// Independent headers that layouts are compared with.
constexpr std::array<Paths, 1> kOracle{"tests/win32/"};

constexpr std::array kLibraryRules{
    LibraryRule{"unicorn/", kInEmu, true},
    LibraryRule{"unicorn/", kBareEngine},
    LibraryRule{"capstone/", kInEmu, true},
    LibraryRule{"tl/expected.hpp", kResultOnly},
    LibraryRule{"fmt/", kAnywhere},
    LibraryRule{"nlohmann/", kJson},
    LibraryRule{"toml++/", kToml},
    LibraryRule{"CLI/", kCliOnly},
    LibraryRule{"doctest/", kDoctest},
    LibraryRule{"gmock/", kGtest},
    LibraryRule{"gtest/", kGtest},
    LibraryRule{"catch2/", kCatch2},
    LibraryRule{"rapidcheck.h", kTestsOnly},
    LibraryRule{"benchmark/", kBench},
    LibraryRule{"sys/", kPosix},
    LibraryRule{"unistd.h", kPosix},
    LibraryRule{"fcntl.h", kPosix},
    LibraryRule{"spawn.h", kPosix},
    LibraryRule{"poll.h", kPosix},
    LibraryRule{"signal.h", kPosix},
    LibraryRule{"stddef.h", kFixedWidth},
    LibraryRule{"stdint.h", kFixedWidth},
    LibraryRule{"stdbool.h", kFreestanding},
    LibraryRule{"stdarg.h", kFreestanding},
    LibraryRule{"limits.h", kFreestanding},
    LibraryRule{"windows.h", kOracle},
    LibraryRule{"winternl.h", kOracle},
    LibraryRule{"ntstatus.h", kOracle},
    LibraryRule{"ntddk.h", kOracle},
    LibraryRule{"setjmp.h", kOracle},
    LibraryRule{"stddef.h", kOracle},
    LibraryRule{"dlfcn.h", kPosix},
    LibraryRule{"csignal", kPosix},
    LibraryRule{"arpa/", kSockets},
    LibraryRule{"netinet/", kSockets},
    LibraryRule{"sehlab/", kConsumers},
    LibraryRule{"stdio.h", kConsumers},
};

}  // namespace

std::span<const FolderRule> folder_rules() {
  return kFolderRules;
}
std::span<const LibraryRule> library_rules() {
  return kLibraryRules;
}

const FolderRule* rule_of(std::string_view path) {
  const FolderRule* best = nullptr;
  for (const FolderRule& rule : kFolderRules) {
    const bool holds = path.starts_with(rule.folder) && path.size() > rule.folder.size() &&
                       path[rule.folder.size()] == '/';
    if (holds && (best == nullptr || rule.folder.size() > best->folder.size())) best = &rule;
  }
  return best;
}

bool matches(std::string_view path, std::span<const std::string_view> entries) {
  return std::ranges::any_of(entries, [&](std::string_view entry) {
    return entry.ends_with('/') ? path.starts_with(entry) : path == entry;
  });
}

}  // namespace sehlab::architecture
