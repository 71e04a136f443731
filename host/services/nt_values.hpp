// Values of the kernel's interface that only services use: memory, waits, information classes.
// Public SDK values under Windows' own names; statuses that host/win32/status.hpp does not have.
#pragma once

#include <cstdint>

namespace sehlab::services {

inline constexpr std::uint32_t STATUS_USER_APC = 0x000000C0;
inline constexpr std::uint32_t STATUS_ALERTED = 0x00000101;
inline constexpr std::uint32_t STATUS_OBJECT_NAME_EXISTS = 0x40000000;
inline constexpr std::uint32_t STATUS_OBJECT_NAME_INVALID = 0xC0000033;
inline constexpr std::uint32_t STATUS_OBJECT_NAME_NOT_FOUND = 0xC0000034;
inline constexpr std::uint32_t STATUS_OBJECT_PATH_NOT_FOUND = 0xC000003A;
inline constexpr std::uint32_t STATUS_NO_MORE_ENTRIES = 0x8000001A;
inline constexpr std::uint32_t STATUS_NO_YIELD_PERFORMED = 0x40000024;
inline constexpr std::uint32_t STATUS_END_OF_FILE = 0xC0000011;
inline constexpr std::uint32_t STATUS_UNABLE_TO_FREE_VM = 0xC000001A;
inline constexpr std::uint32_t STATUS_NOT_COMMITTED = 0xC000002D;
inline constexpr std::uint32_t STATUS_INVALID_PARAMETER_MIX = 0xC0000030;
inline constexpr std::uint32_t STATUS_INSUFFICIENT_RESOURCES = 0xC000009A;
inline constexpr std::uint32_t STATUS_FREE_VM_NOT_AT_BASE = 0xC000009F;
inline constexpr std::uint32_t STATUS_MEMORY_NOT_ALLOCATED = 0xC00000A0;
inline constexpr std::uint32_t STATUS_INVALID_PARAMETER_1 = 0xC00000EF;
inline constexpr std::uint32_t STATUS_INVALID_PARAMETER_2 = 0xC00000F0;
inline constexpr std::uint32_t STATUS_INVALID_PARAMETER_3 = 0xC00000F1;
inline constexpr std::uint32_t STATUS_INVALID_PARAMETER_4 = 0xC00000F2;
inline constexpr std::uint32_t STATUS_INVALID_PARAMETER_5 = 0xC00000F3;
inline constexpr std::uint32_t STATUS_INVALID_PARAMETER_6 = 0xC00000F4;
inline constexpr std::uint32_t STATUS_HANDLE_NOT_CLOSABLE = 0xC0000235;
inline constexpr std::uint32_t STATUS_COMMITMENT_LIMIT = 0xC000012D;

inline constexpr std::uint32_t MEM_COMMIT = 0x1000;
inline constexpr std::uint32_t MEM_RESERVE = 0x2000;
inline constexpr std::uint32_t MEM_DECOMMIT = 0x4000;
inline constexpr std::uint32_t MEM_RELEASE = 0x8000;
inline constexpr std::uint32_t MEM_FREE = 0x10000;
inline constexpr std::uint32_t MEM_PRIVATE = 0x20000;
inline constexpr std::uint32_t MEM_MAPPED = 0x40000;
inline constexpr std::uint32_t MEM_RESET = 0x80000;
inline constexpr std::uint32_t MEM_TOP_DOWN = 0x100000;
inline constexpr std::uint32_t MEM_IMAGE = 0x1000000;

inline constexpr std::uint32_t PAGE_NOACCESS = 0x01;
inline constexpr std::uint32_t PAGE_READONLY = 0x02;
inline constexpr std::uint32_t PAGE_READWRITE = 0x04;
inline constexpr std::uint32_t PAGE_WRITECOPY = 0x08;
inline constexpr std::uint32_t PAGE_EXECUTE = 0x10;
inline constexpr std::uint32_t PAGE_EXECUTE_READ = 0x20;
inline constexpr std::uint32_t PAGE_EXECUTE_READWRITE = 0x40;
inline constexpr std::uint32_t PAGE_EXECUTE_WRITECOPY = 0x80;
inline constexpr std::uint32_t PAGE_GUARD = 0x100;
inline constexpr std::uint32_t PAGE_NOCACHE = 0x200;
inline constexpr std::uint32_t PAGE_WRITECOMBINE = 0x400;

}  // namespace sehlab::services
