// Sequences written as operations, and logs as what was met, for the tests of the oracle.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

#include "host/fuzz/sequence/model.hpp"
#include "host/fuzz/sequence/prediction.hpp"
#include "host/win32/exception_flags.hpp"
#include "host/win32/status.hpp"
#include "lab/sequence.h"

namespace sehlab::fuzz::sequence {

struct Op {
  int op, a = 0, b = 0, c = 0;
};

inline constexpr Op kEnd{LAB_OP_END};
inline constexpr Op kRead{LAB_OP_FAULT, LAB_FAULT_READ};
inline constexpr Op kNop{LAB_OP_NOP};

constexpr Op record(int handle, int b = 0, int unwind = LAB_UNWIND_SEARCH) {
  return {LAB_OP_RECORD, handle, b, unwind};
}
constexpr Op try_except(int filter, bool steps = false) {
  return {LAB_OP_TRY_EXCEPT, filter, 0, steps ? 1 : 0};
}
constexpr Op try_finally(int block) {
  return {LAB_OP_TRY_FINALLY, block};
}
constexpr Op try_both(int filter, int block, bool steps = false) {
  return {LAB_OP_TRY_BOTH, filter, block, steps ? 1 : 0};
}
constexpr Op fault(int which) {
  return {LAB_OP_FAULT, which};
}
/// The code's number in LAB_SEQ_CODES; 0 is E0000001.
constexpr Op raise(int code, bool noncontinuable = false) {
  return {LAB_OP_RAISE, code, noncontinuable ? 1 : 0};
}

inline constexpr Op kCgocall{LAB_OP_CGOCALL};
inline constexpr Op kCallback{LAB_OP_CALLBACK};
inline constexpr Op kGocall{LAB_OP_GOCALL};
constexpr Op defer(int policy) {
  return {LAB_OP_DEFER, policy};
}
constexpr Op panic(int value) {
  return {LAB_OP_PANIC, value};
}
constexpr Op cxx_try(int which, bool steps = false) {
  return {LAB_OP_CXX_TRY, which, 0, steps ? 1 : 0};
}
constexpr Op cxx_object(int block) {
  return {LAB_OP_CXX_OBJECT, block};
}
constexpr Op throws(int value) {
  return {LAB_OP_THROW, value};
}

std::vector<std::byte> bytes_of(const std::vector<Op>& ops);
Prediction predict(const std::vector<Op>& ops, Program program = Program::C,
                   Detail detail = Detail::Log);

// Words of the log.
constexpr std::uint32_t word(int kind, int id, std::uint32_t x = 0, std::uint32_t y = 0) {
  return static_cast<std::uint32_t>(kind) | static_cast<std::uint32_t>(id) << 8 | x << 16 | y << 24;
}
/// "an exception code's lowest byte xor its highest"
constexpr std::uint32_t code8(std::uint32_t code) {
  return (code & 0xff) ^ code >> 24;
}
constexpr std::uint32_t handler(int id, std::uint32_t flags, std::uint32_t code) {
  return word(LAB_LOG_HANDLER, id, flags, code8(code));
}
constexpr std::uint32_t filter(int id, std::uint32_t flags, std::uint32_t code) {
  return word(LAB_LOG_FILTER, id, flags, code8(code));
}
constexpr std::uint32_t vectored(int id, std::uint32_t flags, std::uint32_t code) {
  return word(LAB_LOG_VECTORED, id, flags, code8(code));
}
constexpr std::uint32_t continued(int id, std::uint32_t flags, std::uint32_t code) {
  return word(LAB_LOG_CONTINUED, id, flags, code8(code));
}
constexpr std::uint32_t except(int id) {
  return word(LAB_LOG_EXCEPT, id);
}
constexpr std::uint32_t finally(int id, bool abnormal) {
  return word(LAB_LOG_FINALLY, id, abnormal ? 1 : 0);
}
constexpr std::uint32_t landed(int id) {
  return word(LAB_LOG_LANDED, id);
}
constexpr std::uint32_t resumed(int id) {
  return word(LAB_LOG_RESUMED, id);
}
constexpr std::uint32_t caught(int id, std::uint32_t value) {
  return word(LAB_LOG_CATCH, id, value);
}
constexpr std::uint32_t destroyed(int id) {
  return word(LAB_LOG_DESTROYED, id);
}
constexpr std::uint32_t deferred(int id) {
  return word(LAB_LOG_DEFERRED, id);
}
/// `what`: 0 nil, LAB_VALUE_*, or a panic's value | 0x80.
constexpr std::uint32_t recovered(int id, std::uint32_t what) {
  return word(LAB_LOG_RECOVERED, id, what);
}

// Short names of flags and codes.
inline constexpr std::uint32_t kNone = 0;
inline constexpr std::uint32_t kFixed = win32::EXCEPTION_NONCONTINUABLE;
inline constexpr std::uint32_t kUnwind = win32::EXCEPTION_UNWINDING;
inline constexpr std::uint32_t kNested = win32::EXCEPTION_NESTED_CALL;
inline constexpr std::uint32_t kViolation = win32::STATUS_ACCESS_VIOLATION;
inline constexpr std::uint32_t kDivide = win32::STATUS_INTEGER_DIVIDE_BY_ZERO;
inline constexpr std::uint32_t kBreakpoint = win32::STATUS_BREAKPOINT;
inline constexpr std::uint32_t kCxx = 0xE06D7363;
inline constexpr std::uint32_t kOwn = 0xE0000001;
inline constexpr std::uint32_t kUnwindCode = win32::STATUS_UNWIND;
inline constexpr std::uint32_t kDisposition = win32::STATUS_INVALID_DISPOSITION;
inline constexpr std::uint32_t kNoncontinuable = win32::STATUS_NONCONTINUABLE_EXCEPTION;
inline constexpr std::uint32_t kBadTarget = win32::STATUS_INVALID_UNWIND_TARGET;
inline constexpr std::uint32_t kBadStack = win32::STATUS_BAD_STACK;

inline constexpr Ending kRanToEnd{Ending::Kind::Exited, 0};
inline constexpr Ending kGoDied{Ending::Kind::Exited, 2};
constexpr Ending unhandled(std::uint32_t code) {
  return {Ending::Kind::Unhandled, code};
}

/// What happened, one thing a line: the words of the log, then the ending.
std::string text(const std::vector<std::uint32_t>& log, const Ending& ending);

/// Checks the log, the ending, and that everything is modelled.
void check(const std::vector<Op>& ops, const std::vector<std::uint32_t>& log, const Ending& ending,
           Program program = Program::C);
/// The same of the program of C and Go.
inline void go(const std::vector<Op>& ops, const std::vector<std::uint32_t>& log,
               const Ending& ending) {
  check(ops, log, ending, Program::Go);
}

}  // namespace sehlab::fuzz::sequence
