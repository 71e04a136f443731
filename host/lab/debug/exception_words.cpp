#include "host/lab/debug/exception_words.hpp"

#include <fmt/format.h>

#include "host/trace/plain.hpp"
#include "host/trace/text_writer.hpp"
#include "host/win32/status.hpp"

namespace sehlab::lab {

gdb::Signal signal_of(std::uint32_t code) {
  using gdb::Signal;
  switch (code) {
    case win32::STATUS_ACCESS_VIOLATION:
    case win32::STATUS_GUARD_PAGE_VIOLATION:
    case win32::STATUS_STACK_OVERFLOW:
      return Signal::Segment;
    case win32::STATUS_DATATYPE_MISALIGNMENT:
    case win32::STATUS_IN_PAGE_ERROR:
      return Signal::Bus;
    case win32::STATUS_ARRAY_BOUNDS_EXCEEDED:
    case win32::STATUS_INTEGER_DIVIDE_BY_ZERO:
    case win32::STATUS_INTEGER_OVERFLOW:
    case win32::STATUS_FLOAT_DENORMAL_OPERAND:
    case win32::STATUS_FLOAT_DIVIDE_BY_ZERO:
    case win32::STATUS_FLOAT_INEXACT_RESULT:
    case win32::STATUS_FLOAT_INVALID_OPERATION:
    case win32::STATUS_FLOAT_OVERFLOW:
    case win32::STATUS_FLOAT_STACK_CHECK:
    case win32::STATUS_FLOAT_UNDERFLOW:
    case win32::STATUS_FLOAT_MULTIPLE_FAULTS:
    case win32::STATUS_FLOAT_MULTIPLE_TRAPS:
      return Signal::Arithmetic;
    case win32::STATUS_ILLEGAL_INSTRUCTION:
    case win32::STATUS_INVALID_LOCK_SEQUENCE:
    case win32::STATUS_PRIVILEGED_INSTRUCTION:
    case win32::STATUS_NONCONTINUABLE_EXCEPTION:
      return Signal::Illegal;
    case win32::STATUS_BREAKPOINT:
    case win32::STATUS_SINGLE_STEP:
      return Signal::Trap;
    case win32::STATUS_ASSERTION_FAILURE:
    case win32::STATUS_STACK_BUFFER_OVERRUN:
      return Signal::Abort;
    case win32::DBG_CONTROL_C:
      return Signal::Interrupt;
    default:
      return Signal::User1;
  }
}

std::string first_chance_text(const trace::Event& fault) {
  return fmt::format("sehlab: @ {}  first chance: {}\n", trace::grouped(fault.instruction),
                     trace::describe(fault.payload));
}

}  // namespace sehlab::lab
