// Making, setting, duplicating and closing objects: the documentation of CreateEvent,
// CreateSemaphore, CreateMutex, DuplicateHandle and CloseHandle, and of the Nt functions.
#include <doctest/doctest.h>

#include "host/services/nt_values.hpp"
#include "tests/services/caller.hpp"

using namespace sehlab;
using namespace sehlab::services;
using namespace sehlab::services::test;

namespace {
constexpr GuestAddr kOut = Caller::kScratch, kAttributes = Caller::kScratch + 0x20;
constexpr std::uint32_t kManual = 0, kAuto = 1;
}  // namespace

TEST_SUITE("services") {
  TEST_CASE("an event is made in the state that was asked for") {
    Caller c;
    CHECK(c.status(gates::NtCreateEvent, kOut.value, 0, 0, kManual, 1) == win32::STATUS_SUCCESS);
    CHECK(c.kernel.signalled.at(c.get(kOut)));
    // A BOOLEAN is a byte: what lies above it in the word says nothing.
    CHECK(c.status(gates::NtCreateEvent, kOut.value, 0, 0, kAuto, 0xffffff00) ==
          win32::STATUS_SUCCESS);
    CHECK_FALSE(c.kernel.signalled.at(c.get(kOut)));
  }

  TEST_CASE("an event of no known type is not made") {
    Caller c;
    CHECK(c.status(gates::NtCreateEvent, kOut.value, 0, 0, 2, 0) == STATUS_INVALID_PARAMETER_4);
    CHECK(c.kernel.signalled.empty());
  }

  TEST_CASE("no object is made when its handle has nowhere to go") {
    Caller c;
    CHECK(c.status(gates::NtCreateEvent, kNowhere.value, 0, 0, kManual, 0) ==
          win32::STATUS_ACCESS_VIOLATION);
    CHECK(c.status(gates::NtCreateSemaphore, kNowhere.value, 0, 0, 1, 1) ==
          win32::STATUS_ACCESS_VIOLATION);
    CHECK(c.status(gates::NtCreateMutant, kNowhere.value, 0, 0, 0) ==
          win32::STATUS_ACCESS_VIOLATION);
    CHECK(c.kernel.signalled.empty());
  }

  // Microsoft's documentation of CreateEvent: the name of an object that is there opens it.
  TEST_CASE("a name finds the object that has it, if it is of the kind") {
    Caller c;
    const GuestAddr string = kAttributes + 0x20, text = kAttributes + 0x40;
    c.put(kAttributes, std::array<std::uint32_t, 6>{0x18, 0, string.value, 0, 0, 0});
    c.put(string, std::array<std::uint32_t, 2>{0x000c000c, text.value});
    c.put(text, std::array<char16_t, 6>{u'L', u'o', u'c', u'a', u'l', u'\\'});
    // The prefix alone is no name.
    CHECK(c.status(gates::NtOpenEvent, kOut.value, 0, kAttributes.value) ==
          win32::STATUS_INVALID_PARAMETER);
    c.put(text, std::array<char16_t, 6>{u'l', u'o', u'c', u'a', u'l', u'x'});
    CHECK(c.status(gates::NtOpenEvent, kOut.value, 0, kAttributes.value) ==
          STATUS_OBJECT_NAME_NOT_FOUND);
    CHECK(c.status(gates::NtCreateEvent, kOut.value, 0, kAttributes.value, 0, 0) ==
          win32::STATUS_SUCCESS);
    CHECK(c.kernel.names.contains(u"localx"));
    CHECK(c.status(gates::NtCreateEvent, kOut.value, 0, kAttributes.value, 0, 0) ==
          STATUS_OBJECT_NAME_EXISTS);
    CHECK(c.status(gates::NtOpenEvent, kOut.value, 0, kAttributes.value) == win32::STATUS_SUCCESS);
    CHECK(c.status(gates::NtOpenMutant, kOut.value, 0, kAttributes.value) ==
          win32::STATUS_OBJECT_TYPE_MISMATCH);
    c.put(text, std::array<char16_t, 6>{u'o', u'c', u'a', u'l', u'\\', u'x'});
    CHECK(c.status(gates::NtOpenEvent, kOut.value, 0, kAttributes.value) ==
          STATUS_OBJECT_PATH_NOT_FOUND);
    CHECK(c.status(gates::NtOpenEvent, kOut.value, 0, kNowhere.value) ==
          win32::STATUS_ACCESS_VIOLATION);
  }

  TEST_CASE("a semaphore needs a limit that its count does not pass") {
    Caller c;
    CHECK(c.status(gates::NtCreateSemaphore, kOut.value, 0, 0, 2, 1) ==
          win32::STATUS_INVALID_PARAMETER);
    CHECK(c.status(gates::NtCreateSemaphore, kOut.value, 0, 0, 0, 0) ==
          win32::STATUS_INVALID_PARAMETER);
    CHECK(c.status(gates::NtCreateSemaphore, kOut.value, 0, 0, -1, 1) ==
          win32::STATUS_INVALID_PARAMETER);
    CHECK(c.status(gates::NtCreateSemaphore, kOut.value, 0, 0, 1, 1) == win32::STATUS_SUCCESS);
  }

  TEST_CASE("releasing a semaphore tells its count before, and needs a positive number") {
    Caller c;
    const Handle semaphore = c.kernel.add(false);
    CHECK(c.status(gates::NtReleaseSemaphore, semaphore, 1, kOut.value) == win32::STATUS_SUCCESS);
    CHECK(c.get(kOut) == 3);
    CHECK(c.status(gates::NtReleaseSemaphore, semaphore, 0, 0) == win32::STATUS_INVALID_PARAMETER);
    CHECK(c.status(gates::NtReleaseSemaphore, 0x999, 1, 0) == win32::STATUS_INVALID_HANDLE);
  }

  TEST_CASE("a failed release writes nothing") {
    Caller c;
    c.put(kOut, 0x55u);
    CHECK(c.status(gates::NtReleaseSemaphore, 0x999, 1, kOut.value) ==
          win32::STATUS_INVALID_HANDLE);
    CHECK(c.get(kOut) == 0x55);
  }

  TEST_CASE("setting and resetting an event act on it alone") {
    Caller c;
    const Handle event = c.kernel.add(false);
    CHECK(c.status(gates::NtSetEvent, event, 0) == win32::STATUS_SUCCESS);
    CHECK(c.kernel.signalled.at(event));
    CHECK(c.status(gates::NtResetEvent, event, 0) == win32::STATUS_SUCCESS);
    CHECK_FALSE(c.kernel.signalled.at(event));
    CHECK(c.status(gates::NtSetEvent, 0, 0) == win32::STATUS_INVALID_HANDLE);
    CHECK(std::holds_alternative<Unmodelled>(c.call(gates::NtSetEvent, event, kOut.value)));
  }

  TEST_CASE("a duplicate of the current thread's pseudo handle is a real handle") {
    Caller c;
    CHECK(c.status(gates::NtDuplicateObject, kCurrentProcess, kCurrentThread, kCurrentProcess,
                   kOut.value, 0, 0, 2) == win32::STATUS_SUCCESS);
    CHECK(c.kernel.signalled.contains(c.get(kOut)));
  }

  TEST_CASE("DUPLICATE_CLOSE_SOURCE closes the first handle") {
    Caller c;
    const Handle source = c.kernel.add(true);
    CHECK(c.status(gates::NtDuplicateObject, kCurrentProcess, source, kCurrentProcess, kOut.value,
                   0, 0, 3) == win32::STATUS_SUCCESS);
    CHECK(c.kernel.closed == std::vector<Handle>{source});
  }

  TEST_CASE("a bad handle or another process cannot be duplicated") {
    Caller c;
    CHECK(c.status(gates::NtDuplicateObject, kCurrentProcess, 0x999, kCurrentProcess, kOut.value, 0,
                   0, 2) == win32::STATUS_INVALID_HANDLE);
    CHECK(c.status(gates::NtDuplicateObject, 4, kCurrentThread, kCurrentProcess, kOut.value, 0, 0,
                   2) == win32::STATUS_INVALID_HANDLE);
  }

  TEST_CASE("a guest that makes handles without end meets a limit") {
    Caller c;
    for (Handle handle = 4; handle <= 4 * 0x100000; handle += 4) c.kernel.signalled[handle] = true;
    CHECK(c.status(gates::NtCreateEvent, kOut.value, 0, 0, kManual, 0) ==
          STATUS_INSUFFICIENT_RESOURCES);
    CHECK(c.kernel.signalled.size() == 0x100000);
  }

  TEST_CASE("closing a pseudo handle does nothing, closing twice is an error") {
    Caller c;
    CHECK(c.status(gates::NtClose, kCurrentThread) == win32::STATUS_SUCCESS);
    CHECK(c.kernel.closed.empty());
    const Handle event = c.kernel.add(true);
    CHECK(c.status(gates::NtClose, event) == win32::STATUS_SUCCESS);
    CHECK(c.status(gates::NtClose, event) == win32::STATUS_INVALID_HANDLE);
  }
}
