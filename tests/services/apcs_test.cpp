// Asynchronous procedure calls, alerts and priorities as the services see them.
#include "host/services/nt_values.hpp"
#include "tests/services/caller.hpp"

namespace sehlab::services::test {

TEST_SUITE("services") {
  // Microsoft's documentation of SleepEx and WaitForSingleObjectEx.
  TEST_CASE("a call that is pending ends an alertable wait and no other") {
    Caller c;
    const GuestAddr interval = Caller::kScratch;
    c.put(interval, std::int64_t{-10'000});
    const Handle event = c.kernel.add(false);
    CHECK(std::get<Block>(c.call(gates::NtDelayExecution, 1, interval.value)).alertable);
    CHECK(c.status(gates::NtQueueApcThread, kCurrentThread, 0x401000, 1, 2, 3) == 0);
    REQUIRE(c.kernel.apcs.size() == 1);
    CHECK(c.kernel.apcs[0].argument == std::array<std::uint32_t, 3>{1, 2, 3});
    CHECK(std::get<DeliverApc>(c.call(gates::NtDelayExecution, 1, interval.value)).eax ==
          STATUS_USER_APC);
    CHECK(std::holds_alternative<Block>(c.call(gates::NtDelayExecution, 0, interval.value)));
    CHECK(std::holds_alternative<Block>(c.call(gates::NtWaitForSingleObject, event, 0, 0)));
    CHECK(std::get<DeliverApc>(c.call(gates::NtWaitForSingleObject, event, 1, 0)).eax ==
          STATUS_USER_APC);
    c.kernel.signalled[event] = true;
    CHECK(c.status(gates::NtWaitForSingleObject, event, 1, 0) == 0);
    CHECK(std::get<DeliverApc>(c.call(gates::NtTestAlert)).eax == 0);
  }

  TEST_CASE("a thread that has ended takes no call") {
    Caller c;
    const Handle ended = c.kernel.add(true);
    CHECK(c.status(gates::NtQueueApcThread, ended, 0, 0, 0, 0) == win32::STATUS_UNSUCCESSFUL);
    CHECK(c.status(gates::NtQueueApcThread, 0x999, 0, 0, 0, 0) == win32::STATUS_INVALID_HANDLE);
    CHECK(c.kernel.apcs.empty());
  }

  TEST_CASE("an alert ends one wait for it, before or after it begins") {
    Caller c;
    CHECK(std::get<Block>(c.call(gates::NtWaitForAlertByThreadId, 0, 0)).for_alert);
    CHECK(c.status(gates::NtAlertThreadByThreadId, 8) == 0);
    CHECK(c.status(gates::NtWaitForAlertByThreadId, 0, 0) == STATUS_ALERTED);
    CHECK(std::holds_alternative<Block>(c.call(gates::NtWaitForAlertByThreadId, 0, 0)));
    CHECK(c.status(gates::NtAlertThreadByThreadId, 444) == 0xC000000B);  // STATUS_INVALID_CID
  }

  // Microsoft's documentation of SignalObjectAndWait.
  TEST_CASE("what is signalled and waited for is signalled once") {
    Caller c;
    const Handle first = c.kernel.add(false), second = c.kernel.add(false);
    CHECK(std::holds_alternative<Block>(
        c.call(gates::NtSignalAndWaitForSingleObject, first, second, 0, 0)));
    CHECK(c.kernel.signalled[first]);
    c.kernel.signalled[first] = false;
    c.kernel.is_retry = true;
    c.kernel.signalled[second] = true;
    CHECK(c.status(gates::NtSignalAndWaitForSingleObject, first, second, 0, 0) == 0);
    CHECK_FALSE(c.kernel.signalled[first]);
    c.kernel.is_retry = false;
    CHECK(c.status(gates::NtSignalAndWaitForSingleObject, 0x999, second, 0, 0) ==
          win32::STATUS_INVALID_HANDLE);
    c.kernel.kind = ObjectKind::Thread;
    CHECK(c.status(gates::NtSignalAndWaitForSingleObject, first, second, 0, 0) ==
          win32::STATUS_OBJECT_TYPE_MISMATCH);
  }

  // THREAD_BASE_PRIORITY_MAX 2, _MIN -2, _LOWRT 15 + 1, _IDLE -15 - 1 (winnt.h).
  TEST_CASE("a thread keeps a priority that Windows allows") {
    Caller c;
    const GuestAddr value = Caller::kScratch;
    const auto set = [&](std::int32_t priority) {
      c.put(value, priority);
      return c.status(gates::NtSetInformationThread, kCurrentThread, 3, value.value, 4);
    };
    CHECK(set(-2) == 0);
    CHECK(c.kernel.thread_priority(kCurrentThread) == -2);
    CHECK(set(16) == 0);
    CHECK(set(3) == win32::STATUS_INVALID_PARAMETER);
    CHECK(set(15) == win32::STATUS_INVALID_PARAMETER);
    CHECK(c.kernel.thread_priority(kCurrentThread) == 16);
    CHECK(c.status(gates::NtSetInformationThread, kCurrentThread, 3, value.value, 2) ==
          win32::STATUS_INFO_LENGTH_MISMATCH);
    CHECK(std::holds_alternative<Unmodelled>(
        c.call(gates::NtSetInformationThread, kCurrentThread, 17, 0, 0)));
  }
}

}  // namespace sehlab::services::test
