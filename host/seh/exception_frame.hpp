// The frame that an exception is handed over in (facts 1.4): two pointers, the record with as many
// parameters as it has, the context; the classic placement, context first at (ESP & ~3) - 0x2CC.
#pragma once

#include "emu/guest_addr.hpp"
#include "host/seh/guest_words.hpp"
#include "host/seh/system.hpp"
#include "host/win32/context.hpp"
#include "host/win32/exception_record.hpp"

namespace sehlab::seh {

struct ExceptionFrame {
  GuestAddr stack;  ///< the two pointers: ESP for KiUserExceptionDispatcher
  GuestAddr record;
  GuestAddr context;
};

/// Lays the frame below `esp` in one write, whatever stack that is.
[[nodiscard]] MaybeFault lay_exception_frame(const Cpu& cpu, GuestAddr esp,
                                             const win32::ExceptionRecord& record,
                                             const win32::Context& context, ExceptionFrame& frame);

}  // namespace sehlab::seh
