// What a sweep injects, from a word or a specification.
#include <utility>
#include <variant>

#include "host/inject/raise.hpp"
#include "host/inject/spec.hpp"
#include "host/inject/sweep.hpp"

namespace sehlab::inject {

Result<SweepFault> sweep_fault(const std::string& text) {
  const bool word = text.find('=') == std::string::npos;
  // Where is the sweep's to say; a specification has to have a place.
  auto spec = parse_spec("at=instruction:1 " + (word ? "fault=" + text : text));
  if (!spec) return fail("", spec.error().what);
  const auto* raise = std::get_if<RaiseFault>(&spec->what);
  if (raise == nullptr) return fail("", "a sweep injects exceptions, nothing else");
  return SweepFault{text, [raise = *raise](process::Process& process) {
                      auto exception = exception_of(raise, process);
                      if (exception) leave_evidence(raise, process.machine().registers());
                      return exception;
                    }};
}

}  // namespace sehlab::inject
