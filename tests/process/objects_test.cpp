// The handle table. Sources: Microsoft's documentation of CreateEvent, CreateSemaphore,
// CreateMutex, ReleaseSemaphore, ReleaseMutex, CloseHandle and WaitForMultipleObjects.
#include "host/process/objects.hpp"

#include <doctest/doctest.h>

#include <array>

#include "host/services/system_time.hpp"
#include "host/win32/status.hpp"

using namespace sehlab::process;
using namespace sehlab::win32;
using namespace sehlab;

namespace {
constexpr std::uint32_t kMe = 4, kOther = 8;

std::optional<std::uint32_t> wait(Objects& objects, Handle handle, std::uint32_t thread = kMe) {
  NtStatus status = 0;
  const std::array handles{handle};
  return objects.try_wait(handles, false, thread, status);
}
}  // namespace

TEST_SUITE("process") {
  TEST_CASE("an auto-reset event satisfies one wait, a manual-reset event every one") {
    Objects objects;
    const Handle once = objects.add(Event{false, true});
    CHECK(wait(objects, once) == 0);
    CHECK(wait(objects, once) == std::nullopt);
    const Handle always = objects.add(Event{true, true});
    CHECK(wait(objects, always) == 0);
    CHECK(wait(objects, always) == 0);
    CHECK(objects.set_event(always, false) == STATUS_SUCCESS);
    CHECK(wait(objects, always) == std::nullopt);
  }

  TEST_CASE("a semaphore satisfies as many waits as its count, and never exceeds its limit") {
    Objects objects;
    const Handle semaphore = objects.add(Semaphore{1, 2});
    CHECK(wait(objects, semaphore) == 0);
    CHECK(wait(objects, semaphore) == std::nullopt);
    std::int32_t previous = -1;
    CHECK(objects.release_semaphore(semaphore, 2, previous) == STATUS_SUCCESS);
    CHECK(previous == 0);
    CHECK(objects.release_semaphore(semaphore, 1, previous) == STATUS_SEMAPHORE_LIMIT_EXCEEDED);
    CHECK(objects.release_semaphore(semaphore, 0x7fffffff, previous) ==
          STATUS_SEMAPHORE_LIMIT_EXCEEDED);
    CHECK(objects.release_semaphore(semaphore, 0, previous) == STATUS_INVALID_PARAMETER);
  }

  TEST_CASE("a mutex may be taken again by its owner only, and is free after as many releases") {
    Objects objects;
    const Handle mutex = objects.add(Mutex{});
    CHECK(wait(objects, mutex) == 0);
    CHECK(wait(objects, mutex) == 0);
    CHECK(wait(objects, mutex, kOther) == std::nullopt);
    CHECK(objects.release_mutex(mutex, kOther) == STATUS_MUTANT_NOT_OWNED);
    CHECK(objects.release_mutex(mutex, kMe) == STATUS_SUCCESS);
    CHECK(wait(objects, mutex, kOther) == std::nullopt);
    CHECK(objects.release_mutex(mutex, kMe) == STATUS_SUCCESS);
    CHECK(wait(objects, mutex, kOther) == 0);
  }

  TEST_CASE("waiting for all takes nothing until all are signalled") {
    Objects objects;
    const Handle first = objects.add(Event{false, true});
    const Handle second = objects.add(Event{false, false});
    const std::array both{first, second};
    NtStatus status = 0;
    CHECK(objects.try_wait(both, true, kMe, status) == std::nullopt);
    CHECK(wait(objects, first) == 0);
    objects.set_event(first, true);
    objects.set_event(second, true);
    CHECK(objects.try_wait(both, true, kMe, status) == 0);
    CHECK(wait(objects, first) == std::nullopt);
    CHECK(wait(objects, second) == std::nullopt);
  }

  TEST_CASE("waiting for any gives the lowest signalled index") {
    Objects objects;
    const std::array handles{objects.add(Event{false, false}), objects.add(Event{false, true}),
                             objects.add(Event{false, true})};
    NtStatus status = 0;
    CHECK(objects.try_wait(handles, false, kMe, status) == 1);
    CHECK(wait(objects, handles[2]) == 0);
  }

  TEST_CASE("a closed, odd or made-up handle is invalid, and its slot is used again") {
    Objects objects;
    const Handle event = objects.add(Event{});
    CHECK(objects.close(event) == STATUS_SUCCESS);
    CHECK(objects.close(event) == STATUS_INVALID_HANDLE);
    CHECK(objects.find(event + 1) == nullptr);
    CHECK(objects.find(0) == nullptr);
    CHECK(objects.find(0xfffffffc) == nullptr);
    NtStatus status = 0;
    const std::array handles{event};
    CHECK(objects.try_wait(handles, false, kMe, status) == std::nullopt);
    CHECK(status == STATUS_INVALID_HANDLE);
    CHECK(objects.add(Event{}) == event);
  }

  TEST_CASE("a duplicated handle keeps the object alive after the first is closed") {
    Objects objects;
    const Handle event = objects.add(Event{true, false});
    const auto copy = objects.duplicate(event);
    REQUIRE(copy);
    objects.close(event);
    CHECK(objects.set_event(*copy, true) == STATUS_SUCCESS);
    CHECK(wait(objects, *copy) == 0);
  }

  TEST_CASE("a thread's handle is signalled by its end and keeps its exit code") {
    Objects objects;
    const Handle thread = objects.add(ThreadObject{0x0b64});
    CHECK(wait(objects, thread) == std::nullopt);
    objects.thread_ended(0x0b64, 7);
    CHECK(wait(objects, thread) == 0);
    CHECK(std::get<ThreadObject>(*objects.find(thread)).exit_code == 7);
  }

  // Microsoft's documentation of CreateEvent and CloseHandle: the object goes with its last handle.
  TEST_CASE("a name finds an object as long as it has a handle, and as it is spelt") {
    Objects objects;
    const Handle event = objects.add(Event{true, true});
    objects.name(event, u"one");
    CHECK_FALSE(objects.open_named(u"ONE"));
    const auto opened = objects.open_named(u"one");
    REQUIRE(opened);
    CHECK(objects.find(*opened) == objects.find(event));
    CHECK(objects.close(event) == STATUS_SUCCESS);
    CHECK(objects.close(objects.open_named(u"one").value_or(0)) == STATUS_SUCCESS);
    CHECK(objects.close(*opened) == STATUS_SUCCESS);
    CHECK_FALSE(objects.open_named(u"one"));
  }

  TEST_CASE("a timer is signalled when it is due, and a wait takes that back unless it is manual") {
    Objects objects;
    bool before = false;
    const Handle once = objects.add(Timer{.due = {}});
    CHECK(objects.set_timer(once, 500, 0, std::nullopt, before) == STATUS_SUCCESS);
    objects.pass_time(499);
    CHECK(wait(objects, once) == std::nullopt);
    objects.pass_time(500);
    CHECK(wait(objects, once) == 0);
    CHECK(wait(objects, once) == std::nullopt);
    const Handle manual = objects.add(Timer{.manual_reset = true, .due = {}});
    CHECK(objects.set_timer(manual, 500, 0, std::nullopt, before) == STATUS_SUCCESS);
    objects.pass_time(600);
    CHECK(wait(objects, manual) == 0);
    CHECK(wait(objects, manual) == 0);
    CHECK(objects.set_timer(manual, 700, 0, std::nullopt, before) == STATUS_SUCCESS);
    CHECK(before);
    CHECK(wait(objects, manual) == std::nullopt);
  }

  TEST_CASE("a periodic timer keeps its phase, however late it is looked at") {
    Objects objects;
    bool before = false;
    const Handle timer = objects.add(Timer{.due = {}});
    const std::array handles{timer};
    CHECK(objects.set_timer(timer, 100, 40, std::nullopt, before) == STATUS_SUCCESS);
    for (const std::uint64_t due : {100u, 140u, 180u}) {
      CHECK(objects.satisfied_at(handles, false, kMe) == due);
      objects.pass_time(due);
      CHECK(wait(objects, timer) == 0);
    }
    objects.pass_time(305);
    CHECK(wait(objects, timer) == 0);
    CHECK(objects.satisfied_at(handles, false, kMe) == 340);
  }

  TEST_CASE("a timer that calls tells whom, when and with which time") {
    Objects objects;
    bool before = false;
    const Handle timer = objects.add(Timer{});
    const TimerCall call{8, {GuestAddr{0x401000}, {77, 0, 0}, 0}};
    CHECK(objects.set_timer(timer, 100, 0, call, before) == STATUS_SUCCESS);
    CHECK(objects.next_call(8) == 100);
    CHECK_FALSE(objects.next_call(12));
    CHECK(objects.pass_time(99).empty());
    const auto calls = objects.pass_time(130);
    REQUIRE(calls.size() == 1);
    CHECK(calls[0].thread_id == 8);
    CHECK(calls[0].apc.timer == objects.timer_setting(timer));
    CHECK(calls[0].apc.argument[0] == 77);
    CHECK(calls[0].apc.argument[1] == static_cast<std::uint32_t>(services::kStartTime + 100));
    CHECK(objects.pass_time(200).empty());
  }

  TEST_CASE("a timer that was cancelled or closed is never due") {
    Objects objects;
    bool before = false;
    const Handle timer = objects.add(Timer{.due = {}}), closed = objects.add(Timer{.due = {}});
    CHECK(objects.set_timer(timer, 100, 0, std::nullopt, before) == STATUS_SUCCESS);
    CHECK(objects.set_timer(closed, 100, 0, std::nullopt, before) == STATUS_SUCCESS);
    CHECK(objects.cancel_timer(timer, before) == STATUS_SUCCESS);
    CHECK(objects.close(closed) == STATUS_SUCCESS);
    objects.pass_time(200);
    CHECK(wait(objects, timer) == std::nullopt);
    const std::array handles{timer};
    CHECK(objects.satisfied_at(handles, false, kMe) == std::nullopt);
    const Handle event = objects.add(Event{});
    CHECK(objects.set_timer(event, 1, 0, std::nullopt, before) == STATUS_OBJECT_TYPE_MISMATCH);
  }

  TEST_CASE("a wait for all is over with the last timer, a wait for any with the first") {
    Objects objects;
    bool before = false;
    const std::array handles{objects.add(Timer{.due = {}}), objects.add(Timer{.due = {}})};
    CHECK(objects.set_timer(handles[0], 300, 0, std::nullopt, before) == STATUS_SUCCESS);
    CHECK(objects.set_timer(handles[1], 200, 0, std::nullopt, before) == STATUS_SUCCESS);
    CHECK(objects.satisfied_at(handles, true, kMe) == 300);
    CHECK(objects.satisfied_at(handles, false, kMe) == 200);
    const std::array with_event{handles[0], objects.add(Event{})};
    CHECK(objects.satisfied_at(with_event, true, kMe) == std::nullopt);
    CHECK(objects.satisfied_at(with_event, false, kMe) == 300);
  }

  TEST_CASE("a completion port is signalled while it holds something, and a wait takes nothing") {
    Objects objects;
    const Handle port = objects.add(CompletionPort{});
    sehlab::services::Completion completion;
    CHECK(wait(objects, port) == std::nullopt);
    CHECK(objects.take_completion(port, completion) == STATUS_TIMEOUT);
    CHECK(objects.post_completion(port, {.key = 5}) == STATUS_SUCCESS);
    CHECK(wait(objects, port) == 0);
    CHECK(wait(objects, port) == 0);
    CHECK(objects.take_completion(port, completion) == STATUS_SUCCESS);
    CHECK(completion.key == 5);
    CHECK(wait(objects, port) == std::nullopt);
    CHECK(objects.post_completion(port + 4, {}) == STATUS_INVALID_HANDLE);
  }
}
