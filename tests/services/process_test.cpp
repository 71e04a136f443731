// The process, its threads, its clocks. Results: the documentation of ExitProcess, CreateThread,
// GetExitCodeThread, SuspendThread and QueryPerformanceCounter, and of the Nt functions.
#include <doctest/doctest.h>

#include "host/services/nt_values.hpp"
#include "host/services/system_time.hpp"
#include "tests/services/caller.hpp"

using namespace sehlab;
using namespace sehlab::services;
using namespace sehlab::services::test;

namespace {

constexpr GuestAddr kOut = Caller::kScratch, kId = Caller::kScratch + 0x10;
constexpr GuestAddr kAttributes = Caller::kScratch + 0x40;

struct Threads : Caller {
  Threads() {
    REQUIRE(kernel.space.reserve(GuestAddr{0x10000}, kPageSize));  // the TEB
    REQUIRE(kernel.space.commit(GuestAddr{0x10000}, kPageSize, emu::kReadWrite));
    put(GuestAddr{0x10020}, 0x70u);  // ClientId.UniqueProcess
  }
  Outcome create(std::uint32_t commit, std::uint32_t reserve, GuestAddr attributes = {},
                 std::uint32_t flags = 0) {
    return call(gates::NtCreateThreadEx, kOut.value, 0, 0, kCurrentProcess, 0x401000, 0, flags, 0,
                commit, reserve, attributes.value);
  }
};

}  // namespace

TEST_SUITE("services") {
  TEST_CASE("process 0 stands for every thread but the caller") {
    Caller c;
    CHECK(c.status(gates::NtTerminateProcess, 0, 5) == win32::STATUS_SUCCESS);
    CHECK(c.kernel.others_ended == 5);
    const Outcome outcome = c.call(gates::NtTerminateProcess, kCurrentProcess, 6);
    REQUIRE(std::holds_alternative<EndProcess>(outcome));
    CHECK(std::get<EndProcess>(outcome).code == 6);
    CHECK(c.status(gates::NtTerminateProcess, 0x44, 5) == win32::STATUS_INVALID_HANDLE);
  }

  TEST_CASE("a thread can end itself and another one") {
    Caller c;
    const Outcome self = c.call(gates::NtTerminateThread, kCurrentThread, 9);
    REQUIRE(std::holds_alternative<EndThread>(self));
    CHECK(std::get<EndThread>(self).code == 9);
    const Handle other = c.kernel.add(false);
    CHECK(c.status(gates::NtTerminateThread, other, 9) == win32::STATUS_SUCCESS);
    CHECK(c.kernel.threads_ended.at(other) == 9);
    CHECK(c.status(gates::NtTerminateThread, 0x999, 9) == win32::STATUS_INVALID_HANDLE);
  }

  // facts: ProcessExecuteFlags; the documentation of NtQueryInformationProcess.
  TEST_CASE("a process tells its execute flags, and whether it is a guest of 64-bit Windows") {
    Threads t;
    t.put(GuestAddr{0x10030}, 0x7ffd0000u);  // ProcessEnvironmentBlock
    const auto query = [&](std::uint32_t information_class) {
      REQUIRE(t.status(gates::NtQueryInformationProcess, kCurrentProcess, information_class,
                       kOut.value, 4, kId.value) == win32::STATUS_SUCCESS);
      CHECK(t.get(kId) == 4);
      return t.get(kOut);
    };
    CHECK(query(34) == 0x32);
    CHECK(query(26) == 0x7ffd0000);
    t.kernel.is_wow64 = false;
    CHECK(query(26) == 0);
    CHECK(query(7) == 0);
    CHECK(query(31) == 1);
    CHECK(t.status(gates::NtQueryInformationProcess, kCurrentProcess, 34, kOut.value, 8, 0) ==
          win32::STATUS_INFO_LENGTH_MISMATCH);
    t.put(kOut, 0x0du);
    CHECK(t.status(gates::NtSetInformationProcess, kCurrentProcess, 34, kOut.value, 4) ==
          win32::STATUS_SUCCESS);
    CHECK(query(34) == 0x0d);
    CHECK(t.status(gates::NtSetInformationProcess, kCurrentProcess, 34, kOut.value, 2) ==
          win32::STATUS_INFO_LENGTH_MISMATCH);
    CHECK(t.status(gates::NtSetInformationProcess, kCurrentProcess, 34, 0, 4) ==
          win32::STATUS_ACCESS_VIOLATION);
  }

  TEST_CASE("a new thread's handle and client id are written where the caller wants them") {
    Threads t;
    t.put(kAttributes, std::array<std::uint32_t, 5>{20, 0x00010003, 8, kId.value, 0});
    const Outcome outcome = t.create(0, 0x20000, kAttributes);
    REQUIRE(std::holds_alternative<Return>(outcome));
    CHECK(std::get<Return>(outcome).eax == win32::STATUS_SUCCESS);
    CHECK(t.kernel.signalled.contains(t.get(kOut)));
    CHECK(t.get<std::array<std::uint32_t, 2>>(kId) == std::array<std::uint32_t, 2>{0x70, 12});
    CHECK(t.kernel.stack_asked_for == 0x20000);
  }

  TEST_CASE("no thread is made when anything about it is wrong") {
    Threads t;
    const auto refuses = [&](const Outcome& outcome, NtStatus status) {
      REQUIRE(std::holds_alternative<Return>(outcome));
      CHECK(std::get<Return>(outcome).eax == status);
      CHECK_FALSE(t.kernel.stack_asked_for);
    };
    refuses(t.create(0, 0x70000000), win32::STATUS_NO_MEMORY);
    refuses(t.create(0, 0, kNowhere), win32::STATUS_ACCESS_VIOLATION);
    t.put(kAttributes, std::array<std::uint32_t, 5>{20, 0x00010003, 8, kNowhere.value, 0});
    refuses(t.create(0, 0, kAttributes), win32::STATUS_ACCESS_VIOLATION);
    t.put(kAttributes, std::array<std::uint32_t, 5>{21, 0x00010003, 8, kId.value, 0});
    refuses(t.create(0, 0, kAttributes), win32::STATUS_INVALID_PARAMETER);
    t.put(kAttributes, std::array<std::uint32_t, 5>{0xfffffff4, 0x00010003, 8, kId.value, 0});
    refuses(t.create(0, 0, kAttributes), win32::STATUS_INVALID_PARAMETER);
    CHECK(std::holds_alternative<Unmodelled>(t.create(0, 0, {}, 0x80)));
  }

  TEST_CASE("a thread's exit code, TEB and ids come with its basic information") {
    Threads t;
    const Handle thread = t.kernel.add(true);
    CHECK(t.status(gates::NtQueryInformationThread, thread, 0, kOut.value, 0x1c, 0) ==
          win32::STATUS_SUCCESS);
    const auto basic = t.get<std::array<std::uint32_t, 7>>(kOut);
    CHECK(basic[0] == 77);
    CHECK(basic[1] == 0);
    CHECK(basic[2] == 0x70);
    CHECK(basic[3] == 12);
    CHECK(t.status(gates::NtQueryInformationThread, thread, 0, kOut.value, 0x1b, 0) ==
          win32::STATUS_INFO_LENGTH_MISMATCH);
    CHECK(t.status(gates::NtQueryInformationThread, 0x999, 0, kOut.value, 0x1c, 0) ==
          win32::STATUS_INVALID_HANDLE);
  }

  TEST_CASE("only the last thread is the last thread") {
    Caller c;
    c.kernel.threads_alive = 2;
    CHECK(c.status(gates::NtQueryInformationThread, kCurrentThread, 12, kOut.value, 4, 0) ==
          win32::STATUS_SUCCESS);
    CHECK(c.get(kOut) == 0);
    c.kernel.threads_alive = 1;
    CHECK(c.status(gates::NtQueryInformationThread, kCurrentThread, 12, kOut.value, 4, 0) ==
          win32::STATUS_SUCCESS);
    CHECK(c.get(kOut) == 1);
  }

  TEST_CASE("information that is not modelled names its class") {
    Caller c;
    const Outcome thread =
        c.call(gates::NtQueryInformationThread, kCurrentThread, 99, kOut.value, 4, 0);
    REQUIRE(std::holds_alternative<Unmodelled>(thread));
    CHECK(std::get<Unmodelled>(thread).what == "NtQueryInformationThread, class 99");
  }

  TEST_CASE("suspending tells the count before; a bad pointer suspends nobody") {
    Caller c;
    CHECK(c.status(gates::NtSuspendThread, kCurrentThread, kOut.value) == win32::STATUS_SUCCESS);
    CHECK(c.get(kOut) == 2);
    CHECK(c.status(gates::NtResumeThread, 0x999, 0) == win32::STATUS_INVALID_HANDLE);
    CHECK(c.status(gates::NtResumeThread, kCurrentThread, kNowhere.value) ==
          win32::STATUS_ACCESS_VIOLATION);
  }

  TEST_CASE("the clocks are guest time and nothing else") {
    Caller c;
    c.kernel.time = 12'345'678;
    CHECK(c.status(gates::NtQueryPerformanceCounter, kOut.value, kId.value) ==
          win32::STATUS_SUCCESS);
    CHECK(c.get<std::uint64_t>(kOut) == 12'345'678);
    CHECK(c.get<std::uint64_t>(kId) == 10'000'000);
    CHECK(c.status(gates::NtGetTickCount) == 1234);
    CHECK(c.status(gates::NtQuerySystemTime, kOut.value) == win32::STATUS_SUCCESS);
    // 2014-03-04 17:00:00 UTC as a FILETIME: 1393952400 s since 1970, which is 11644473600 s
    // after 1601.
    CHECK(c.get<std::uint64_t>(kOut) == 130384260000000000ull + 12'345'678);
  }

  TEST_CASE("an unhandled exception is reported with its pointers") {
    Caller c;
    const Outcome outcome = c.call(gates::LabReportUnhandled, 0x12345678);
    REQUIRE(std::holds_alternative<UnhandledReported>(outcome));
    CHECK(std::get<UnhandledReported>(outcome).pointers == GuestAddr{0x12345678});
  }
}
