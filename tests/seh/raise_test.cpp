// RtlRaiseException, RtlRaiseStatus and NtRaiseException: facts 3.5.
#include <doctest/doctest.h>

#include "host/win32/exception_flags.hpp"
#include "host/win32/status.hpp"
#include "thread_rig.hpp"

namespace sehlab::seh {
namespace {

using namespace testing;

constexpr GuestAddr kFirst = kProgram + 0x100, kBack{0x00666000};
constexpr GuestAddr kRecord = kEsp + 0x400, kContext = kEsp + 0x500;

win32::ExceptionRecord program_record(std::uint32_t parameters = 2) {
  win32::ExceptionRecord record{};
  record.ExceptionCode = 0xe0000001;
  record.ExceptionAddress = 0x12345678;
  record.NumberParameters = parameters;
  record.ExceptionInformation = {0x11, 0x22, 0x33};
  return record;
}

TEST_CASE("the context of a raised exception is the caller's, after the call") {
  for (const std::string_view profile : {"windows-10", "windows-7", "windows-xp", "wine"}) {
    ThreadRig rig(profile);
    rig.memory.put(kRecord, program_record());
    rig.link(kEsp + 0x100, kFirst);
    rig.handler(kFirst, [&](ThreadRig& in) {
      const win32::Context context = in.context();
      CHECK(context.Eip == kBack.value);
      CHECK(context.Esp == kEsp.value);
      CHECK(context.Ebp == (kEsp + 0x40).value);
      CHECK(context.Ebx == 0xb0b0b0b0);
      CHECK(context.Esi == 0x51515151);
      const auto record = in.memory.get<win32::ExceptionRecord>(in.record_at());
      CHECK(record.ExceptionCode == 0xe0000001);
      CHECK(record.ExceptionAddress == kBack.value);  // overwritten although it was set
      CHECK(record.NumberParameters == 2);
      CHECK(record.ExceptionInformation[1] == 0x22);
      return 0u;
    });
    CAPTURE(profile);
    CHECK(arrived(rig.call(kRtlRaiseException, {kRecord.value}, kBack)) == kBack);
    CHECK(rig.general().esp == kEsp.value);  // back as from a stdcall
    CHECK(rig.memory.word(kRecord + 0xc) == kBack.value);
    const auto raised = rig.sink.all<trace::FaultRaised>();
    REQUIRE(raised.size() == 1);
    CHECK(raised[0].software);
    CHECK(raised[0].parameters == std::vector<std::uint32_t>{0x11, 0x22});
  }
}

TEST_CASE("since Vista handlers get a copy of the record, before that the caller's own") {
  for (const bool xp : {false, true}) {
    ThreadRig rig(xp ? "windows-xp" : "windows-10");
    rig.memory.put(kRecord, program_record());
    rig.link(kEsp + 0x100, kFirst);
    rig.handler(kFirst, [&](ThreadRig& in) {
      CHECK((in.record_at() == kRecord) == xp);
      CHECK(in.context().ContextFlags == (xp ? 0x00010007u : 0x0001003fu));  // FULL, ALL
      return 0u;
    });
    arrived(rig.call(kRtlRaiseException, {kRecord.value}, kBack));
  }
}

TEST_CASE("through the kernel, the frame lies right below the caller's ESP") {
  ThreadRig rig("windows-10");
  rig.memory.put(kRecord, program_record());
  rig.link(kEsp + 0x100, kFirst);
  rig.handler(kFirst, [](ThreadRig& in) {
    CHECK(in.context_at() == kEsp - 0x2cc);  // over RtlRaiseException's own frame
    CHECK(in.record_at() == kEsp - 0x2cc - 0x1c);
    return 0u;
  });
  arrived(rig.call(kRtlRaiseException, {kRecord.value}, kBack));
}

TEST_CASE("flags are passed as they are, and a noncontinuable one cannot be continued") {
  ThreadRig rig("windows-10");
  win32::ExceptionRecord record = program_record();
  record.ExceptionFlags = win32::EXCEPTION_NONCONTINUABLE | win32::EXCEPTION_SOFTWARE_ORIGINATE;
  rig.memory.put(kRecord, record);
  rig.link(kEsp + 0x100, kFirst);
  std::vector<std::uint32_t> codes;
  rig.handler(kFirst, [&](ThreadRig& in) {
    codes.push_back(in.record_code());
    if (codes.size() == 1) CHECK(in.record_flags() == record.ExceptionFlags);
    return codes.size() == 1 ? 0u : 1u;
  });
  died(rig.call(kRtlRaiseException, {kRecord.value}, kBack));
  CHECK(codes == std::vector<std::uint32_t>{0xe0000001, win32::STATUS_NONCONTINUABLE_EXCEPTION});
}

TEST_CASE("the kernel clears bit 28 of a program's code") {
  ThreadRig rig("windows-10");  // Microsoft's documentation of RaiseException
  win32::ExceptionRecord record = program_record();
  record.ExceptionCode = 0xffffffff;
  rig.memory.put(kRecord, record);
  CHECK(died(rig.call(kRtlRaiseException, {kRecord.value}, kBack)).record.ExceptionCode ==
        0xefffffff);
}

TEST_CASE("a record with sixteen parameters makes RtlRaiseException raise the kernel's status") {
  ThreadRig rig("windows-10");
  rig.memory.put(kRecord, program_record(16));
  const SecondChance chance = died(rig.call(kRtlRaiseException, {kRecord.value}, kBack));
  CHECK(chance.record.ExceptionCode == win32::STATUS_INVALID_PARAMETER);
  CHECK(chance.record.ExceptionFlags == win32::EXCEPTION_NONCONTINUABLE);
}

TEST_CASE("a record that is not there is an access violation at the gate") {
  ThreadRig rig("windows-10");
  rig.link(kEsp + 0x100, kFirst);
  rig.code(kFirst, [](ThreadRig& in) {
    CHECK(in.record_code() == win32::STATUS_ACCESS_VIOLATION);
    CHECK(in.context().Eip == kRtlRaiseException.value);
    CHECK(in.memory.word(in.record_at() + 0x14) == 1);  // it was to be written: ExceptionAddress
    CHECK(in.memory.word(in.record_at() + 0x18) == 0x1c);
    in.jump(kBack);
  });
  CHECK(arrived(rig.call(kRtlRaiseException, {0x10}, kBack)) == kBack);
}

TEST_CASE("RtlRaiseStatus raises a noncontinuable exception at its return address") {
  for (const std::string_view profile : {"windows-10", "windows-xp"}) {
    ThreadRig rig(profile);
    rig.link(kEsp + 0x100, kFirst);
    rig.handler(kFirst, [](ThreadRig& in) {
      const auto record = in.memory.get<win32::ExceptionRecord>(in.record_at());
      CHECK(record.ExceptionCode == 0xc0000123);
      CHECK(record.ExceptionFlags == win32::EXCEPTION_NONCONTINUABLE);
      CHECK(record.ExceptionRecord == 0);
      CHECK(record.ExceptionAddress == kBack.value);
      CHECK(record.NumberParameters == 0);
      CHECK(in.context().Esp == kEsp.value);
      return 1u;
    });
    died(rig.call(kRtlRaiseStatus, {0xc0000123}, kBack));
  }
}

TEST_CASE("NtRaiseException delivers a record with the context that it was given") {
  ThreadRig rig("windows-10");
  rig.memory.put(kRecord, program_record());
  win32::Context context{};
  context.ContextFlags = win32::CONTEXT_FULL;
  context.Eip = 0x00401234;
  context.Esp = (kEsp - 0x1000).value;
  context.Eax = 0x99;
  context.SegCs = 0x23;
  context.SegSs = context.SegDs = context.SegEs = context.SegGs = 0x2b;
  context.SegFs = 0x53;
  rig.memory.put(kContext, context);
  rig.link(kEsp + 0x100, kFirst);
  rig.handler(kFirst, [&](ThreadRig& in) {
    CHECK(in.context().Eip == 0x00401234);
    CHECK(in.context().Eax == 0x99);
    CHECK(in.context_at() == kEsp - 0x1000 - 0x2cc);
    // NtRaiseException leaves ExceptionAddress to its caller.
    CHECK(in.memory.word(in.record_at() + 0xc) == 0x12345678);
    return 0u;
  });
  CHECK(arrived(rig.call(kNtRaiseException, {kRecord.value, kContext.value, 1}, kBack)) ==
        GuestAddr{0x00401234});
}

TEST_CASE("NtRaiseException without a first chance asks no handler") {
  ThreadRig rig("windows-10");
  rig.memory.put(kRecord, program_record());
  win32::Context context{};
  context.ContextFlags = win32::CONTEXT_FULL;
  context.Eip = 0x00401234;
  rig.memory.put(kContext, context);
  rig.link(kEsp + 0x100, kFirst);
  bool called = false;
  rig.handler(kFirst, [&](ThreadRig&) {
    called = true;
    return 0u;
  });
  const SecondChance chance =
      died(rig.call(kNtRaiseException, {kRecord.value, kContext.value, 0}, kBack));
  CHECK_FALSE(called);
  CHECK(chance.record.ExceptionCode == 0xe0000001);
  CHECK(chance.record_address == kRecord);
  CHECK(chance.context.Eip == 0x00401234);
}

TEST_CASE("NtRaiseException returns a status for arguments that it cannot copy") {
  struct Row {
    GuestAddr record, context;
    std::uint32_t parameters, status;
  };
  const GuestAddr nowhere{0x10};
  for (const Row row : {Row{nowhere, kContext, 0, win32::STATUS_ACCESS_VIOLATION},
                        Row{kRecord, nowhere, 0, win32::STATUS_ACCESS_VIOLATION},
                        Row{kRecord + 1, kContext, 0, win32::STATUS_DATATYPE_MISALIGNMENT},
                        Row{kRecord, kContext + 2, 0, win32::STATUS_DATATYPE_MISALIGNMENT},
                        Row{kRecord, kContext, 16, win32::STATUS_INVALID_PARAMETER}}) {
    ThreadRig rig("windows-10");
    rig.memory.put(kRecord, program_record(row.parameters));
    CHECK(arrived(rig.call(kNtRaiseException, {row.record.value, row.context.value, 1}, kBack)) ==
          kBack);
    CHECK(rig.general().eax == row.status);
    CHECK(rig.general().esp == kEsp.value);
    CHECK(rig.general().ebx == 0xb0b0b0b0);
  }
}

}  // namespace
}  // namespace sehlab::seh
