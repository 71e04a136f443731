/* The offsets of host/win32/user_shared_data.hpp as mingw-w64's driver kit has them. Compiled with
 * -fsyntax-only: the assertions are the test. */
#include <ntddk.h>
#include <stddef.h>

#define FIELD(field, offset) \
  _Static_assert(offsetof(KUSER_SHARED_DATA, field) == (offset), "KUSER_SHARED_DATA." #field);
FIELD(TickCountMultiplier, 0x4)
FIELD(InterruptTime, 0x8)
FIELD(SystemTime, 0x14)
FIELD(TimeZoneBias, 0x20)
FIELD(ImageNumberLow, 0x2c)
FIELD(NtSystemRoot, 0x30)
FIELD(NtProductType, 0x264)
FIELD(ProductTypeIsValid, 0x268)
FIELD(NtMajorVersion, 0x26c)
FIELD(NtMinorVersion, 0x270)
FIELD(ProcessorFeatures, 0x274)
FIELD(AlternativeArchitecture, 0x2c0)
FIELD(SystemExpirationDate, 0x2c8)
FIELD(SuiteMask, 0x2d0)
FIELD(KdDebuggerEnabled, 0x2d4)
FIELD(NXSupportPolicy, 0x2d5)
FIELD(ActiveConsoleId, 0x2d8)
FIELD(NumberOfPhysicalPages, 0x2e8)
FIELD(TestRetInstruction, 0x2f8)
FIELD(SystemCall, 0x300)
FIELD(TickCount, 0x320)
