#include "host/inject/sweep.hpp"

namespace sehlab::inject {
Result<SweepFault> sweep_fault(const std::string& text) {
  if (text != "read") return fail("", "no such fault");
  return SweepFault{text, [](process::Process& process) -> Result<fault::Exception> {
                      const std::uint32_t eip = process.machine().registers().general().eip;
                      fault::Exception e;
                      e.record.ExceptionCode = 0xc0000005;
                      e.record.ExceptionAddress = eip;
                      e.record.NumberParameters = 2;
                      e.eip = GuestAddr{eip};
                      e.resume_flag = true;
                      return e;
                    }};
}
}  // namespace sehlab::inject
