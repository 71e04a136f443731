# Mutants of the dispatcher (facts 3.2 to 3.6 tell what is right).
host_mutant(collided_searches_on FILE host/seh/search.cpp
  FROM "default:  // CollidedUnwind, too: it belongs to unwinding"
  TO "case win32::ExceptionCollidedUnwind: break; default:"
  WHAT "a handler that answers 3 to an exception is taken to search on")
host_mutant(nested_call_stays FILE host/seh/search.cpp
  FROM "head.flags &= ~EXCEPTION_NESTED_CALL;"
  TO ""
  WHAT "NESTED_CALL is not cleared behind the frame whose handler was running")
host_mutant(innermost_nested_frame FILE host/seh/search.cpp
  FROM "search.nested_frame = std::max(search.nested_frame, nested);"
  TO "search.nested_frame = nested;"
  WHAT "of several handlers that were running the last one met counts, not the outermost")
host_mutant(noncontinuable_continues FILE host/seh/search.cpp
  FROM "if ((head.flags & EXCEPTION_NONCONTINUABLE) != 0) {"
  TO "if (head.code == win32::STATUS_NONCONTINUABLE_EXCEPTION) {"
  WHAT "an exception that is not continuable is continued")
host_mutant(continue_handlers_forgotten FILE host/seh/search.cpp
  FROM "if (cpu.system.profile().calls_continue_handlers) {"
  TO "if (!cpu.system.profile().calls_continue_handlers) {"
  WHAT "continue handlers are not called")
host_mutant(unwound_stays_linked FILE host/seh/unwind.cpp
  FROM "if (auto fault = set_chain_head(cpu, GuestAddr{next})) return at_gate(*fault, general.eip);"
  TO ""
  WHAT "RtlUnwind leaves the records linked that it has unwound")
host_mutant(target_popped FILE host/seh/unwind.cpp
  FROM "if (frame == unwinding.target) return finish(cpu, general, unwinding);"
  TO "if (frame == unwinding.target) { win32::Pointer32 next = 0; static_cast<void>(cpu.memory.read_object(frame, next)); static_cast<void>(set_chain_head(cpu, GuestAddr{next})); return finish(cpu, general, unwinding); }"
  WHAT "RtlUnwind takes its target off the chain as well")
host_mutant(target_not_checked FILE host/seh/unwind.cpp
  FROM "if (unwinding.target != GuestAddr{} && unwinding.target < frame) {"
  TO "if (unwinding.target != GuestAddr{} && frame.value == 4) {"
  WHAT "a target that is no record is passed without a word")
host_mutant(collision_not_seen FILE host/seh/protectors.cpp
  FROM "return protect(cpu, true, win32::ExceptionCollidedUnwind);"
  TO "return protect(cpu, true, win32::ExceptionContinueSearch);"
  WHAT "an unwind that runs into an older one unwinds its frames a second time")
host_mutant(esi_lost FILE host/seh/thread_context.cpp
  FROM "general.esi = context.Esi;"
  TO "general.esi = 0;"
  WHAT "a context that goes on has lost a callee-saved register")
host_mutant(vectored_always_last FILE host/seh/vectored.cpp
  FROM "const bool first = call.argument[2] != 0;"
  TO "const bool first = false;"
  WHAT "a vectored handler that asks to be first is put last")
host_mutant(stack_one_byte_long FILE host/seh/chain_rules.hpp SOURCES host/seh/search.cpp host/seh/unwind.cpp
  FROM "end > tib.StackBase"
  TO "end - 1 > tib.StackBase"
  WHAT "a record may lie beyond the end of the stack with its last byte")
host_mutant(stack_one_byte_short FILE host/seh/chain_rules.hpp SOURCES host/seh/search.cpp host/seh/unwind.cpp
  FROM "end > tib.StackBase"
  TO "end >= tib.StackBase"
  WHAT "a record that ends where the stack ends is refused")
