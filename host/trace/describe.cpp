// What happened, in words: a function a kind of event.
#include <fmt/format.h>

#include "host/trace/names.hpp"
#include "host/trace/plain.hpp"
#include "host/trace/text_writer.hpp"

namespace sehlab::trace {
namespace {

constexpr std::uint32_t kUnwinding = 0x6;  // EXCEPTION_UNWINDING | EXCEPTION_EXIT_UNWIND
constexpr std::uint32_t kExitUnwind = 0x4;
constexpr std::uint32_t kNested = 0x10;  // EXCEPTION_NESTED_CALL

std::string flags_words(std::uint32_t flags) {
  if (flags == 0) return {};
  std::string text = fmt::format(", flags {:x}", flags);
  if ((flags & kUnwinding) != 0) text += " (unwinding)";
  if ((flags & kNested) != 0) text += " (nested)";
  return text;
}

bool known(const Place& place) {
  return place.address != GuestAddr{} || !place.symbol.empty();
}

std::string by(const Place& place) {
  return known(place) ? " by " + show(place) : "";
}

/// "; left by return at image!function+0x1f".
std::string left_how(const std::string& left_by, const Place& at) {
  if (left_by.empty()) return {};
  return fmt::format("; left by {}{}", printable(left_by), known(at) ? " at " + show(at) : "");
}

std::string in_frame_of(const Place& owner) {
  return known(owner) ? " in the frame of " + show_function(owner) : "";
}

std::string words(const FaultRaised& e) {
  std::string text = (e.software ? "raised by software: " : "") + fault_words(e);
  return text + flags_words(e.flags);
}

std::string words(const DispatchBegun& e) {
  return fmt::format("{:08X}, record {}, context {}, on {}{}", e.code, hex(e.record),
                     hex(e.context), e.on_os_stack ? "the OS stack" : "a stack of the program's",
                     flags_words(e.flags));
}

std::string words(const RecordVisited& e) {
  return fmt::format("{} {{next {}, {}}}{}", hex(e.record), hex(e.next), show(e.handler),
                     e.unwinding ? ", unwinding" : "");
}

std::string words(const RecordRefused& e) {
  return fmt::format("{} {{{}}}: {}{}", hex(e.record), show(e.handler), refusal_words(e.why),
                     e.unwinding ? ", unwinding" : "");
}

std::string words(const HandlerEntered& e) {
  return fmt::format("{}, frame {}{}{}, for {:08X}{}", show(e.handler), hex(e.frame),
                     in_frame_of(e.owner),
                     e.pushed_by.address == GuestAddr{} ? "" : ", pushed" + by(e.pushed_by), e.code,
                     flags_words(e.flags));
}

std::string words(const Disposition& e) {
  const std::string_view name = disposition_name(e.value);
  return fmt::format("{} → {:x} {}, frame {}", show(e.handler), e.value,
                     name.empty() ? "(no disposition)" : name, hex(e.frame));
}

std::string words(const VectoredEntered& e) {
  return fmt::format("{}{}, for {:08X}{}", e.continuing ? "continue handler " : "", show(e.handler),
                     e.code, flags_words(e.flags));
}

std::string words(const VectoredReturned& e) {
  const bool execution = e.value == 0xffffffff;  // EXCEPTION_CONTINUE_EXECUTION
  return fmt::format("{}{} → {}", e.continuing ? "continue handler " : "", show(e.handler),
                     execution      ? "-1 CONTINUE_EXECUTION"
                     : e.value == 0 ? std::string("0 CONTINUE_SEARCH")
                                    : fmt::format("{:x} (as 0)", e.value));
}

std::string words(const DispatchContinued& e) {
  return fmt::format("on at {}, esp {}", show(e.to), hex(e.esp));
}

std::string words(const DispatchAbandoned& e) {
  return fmt::format(
      "nobody took it: unhandled {:08X}{}", e.code,
      e.stack_invalid ? "; the walk stopped at a refused record (STACK_INVALID)" : "");
}

std::string words(const UnwindBegun& e) {
  const std::string target =
      (e.flags & kExitUnwind) != 0 ? "everything (exit unwind)" : "to " + hex(e.target);
  return fmt::format("{}, for {:08X}{}", target, e.code, flags_words(e.flags));
}

std::string words(const RecordUnwound& e) {
  return hex(e.record) + " is off the chain";
}

std::string words(const UnwindEnded& e) {
  return fmt::format("at {}, on at {}", hex(e.target), show(e.to));
}

std::string words(const RecordPushed& e) {
  return fmt::format("fs:[0] ← {} {{next {}, {}}}{}{}", hex(e.record), hex(e.next), show(e.handler),
                     by(e.by), in_frame_of(e.owner));
}

std::string words(const RecordPopped& e) {
  return fmt::format("fs:[0] ← {}, {} is off{}", hex(e.head), hex(e.record), by(e.by));
}

std::string words(const RecordExposed& e) {
  return fmt::format("{} {{{}}} is below esp {}; pushed @{}{}{}{}", hex(e.record), show(e.handler),
                     hex(e.esp), grouped(e.pushed_at), by(e.pushed_by), in_frame_of(e.owner),
                     left_how(e.left_by, e.exposed_by));
}

std::string words(const ExposureEnded& e) {
  return fmt::format("{} unlinked after {} instructions{}", hex(e.record), grouped(e.lasted),
                     by(e.by));
}

std::string words(const ExposedRecordWritten& e) {
  return fmt::format("{}: {} → {} in the record {}{}", hex(e.word), hex(e.old_value),
                     hex(e.new_value), hex(e.record), by(e.by));
}

std::string words(const DefectFound& e) {
  std::string text = fmt::format("{}: {} {{{}}}, confirmed by {}{}", printable(e.defect),
                                 hex(e.record), show(e.handler), printable(e.confirmed_by),
                                 known(e.relied_on_by) ? " at " + show(e.relied_on_by) : "");
  if (e.pushed_at != 0) {
    text += fmt::format("; pushed @{}{}{}", grouped(e.pushed_at), by(e.pushed_by),
                        in_frame_of(e.owner));
  }
  if (e.exposed_at != 0) {
    text += "; exposed since @" + grouped(e.exposed_at) + left_how(e.left_by, e.since_by);
  } else if (e.since != 0) {
    text += fmt::format("; so since @{}{}", grouped(e.since), by(e.since_by));
  } else if (e.intact_at != 0) {
    text += "; intact until @" + grouped(e.intact_at);
  }
  if (e.written_at != 0 && e.written_at != e.since) {
    text += fmt::format("; written @{}{}", grouped(e.written_at), by(e.written_by));
  }
  if (e.handler_now.address != e.handler.address && known(e.handler_now)) {
    text += "; handler now " + show(e.handler_now);
  }
  if (e.copy_of != GuestAddr{}) text += "; a copy of " + hex(e.copy_of);
  if (!e.suppressed.empty()) text += "; suppressed: " + printable(e.suppressed);
  return text;
}

std::string words(const GateCalled& e) {
  return fmt::format("{}!{} called from {}", printable(e.dll, 200), printable(e.function, 200),
                     show(e.caller));
}

std::string words(const ThreadStarted& e) {
  return fmt::format("{} at {}, teb {}, stack {}..{}", e.id, show(e.entry), hex(e.teb),
                     hex(e.stack.begin), hex(e.stack.end));
}

std::string words(const ThreadSwitched& e) {
  return fmt::format("{} → {}", e.from, e.to);
}

std::string words(const ThreadEnded& e) {
  return fmt::format("{} with {:x}", e.id, e.code);
}

std::string words(const ImageMapped& e) {
  return fmt::format("{} at {}..{}", printable(e.name, 200), hex(e.range.begin), hex(e.range.end));
}

std::string words(const SymbolReached& e) {
  constexpr std::size_t kMostFrames = 6;
  std::string text = fmt::format("{}, visit {}", show(e.at), grouped(e.visit));
  for (std::size_t i = 0; i < e.frames.size(); ++i) {
    if (i == kMostFrames) return text + fmt::format(" < …{} more", e.frames.size() - i);
    text += (i == 0 ? ", in " : " < ") + show_short(e.frames[i].code);
  }
  return text;
}

std::string words(const OutputWritten& e) {
  return fmt::format("{} \"{}\"", e.error_stream ? "stderr" : "stdout", printable(e.text));
}

std::string words(const InjectionFired& e) {
  return fmt::format("#{} before {}, visit {}: {}", e.number, show(e.at), grouped(e.visit),
                     printable(e.spec, 400));
}

std::string words(const ProcessEnded& e) {
  switch (e.kind) {
    case EndKind::Exited:
      return fmt::format("exited with {}", e.code);
    case EndKind::UnhandledException:
      return fmt::format("unhandled {:08X}{}{}", e.code, status_words(e.code).empty() ? "" : " ",
                         status_words(e.code));
    case EndKind::BudgetSpent:
      return "the budget of instructions is spent";
    case EndKind::Unmodelled:
      return "not modelled: " + printable(e.detail);
    case EndKind::Stopped:
      return "stopped" + (e.detail.empty() ? "" : ": " + printable(e.detail));
  }
  return {};
}

}  // namespace

std::string describe(const Payload& payload) {
  return std::visit([](const auto& e) { return words(e); }, payload);
}

}  // namespace sehlab::trace
