#include "host/lab/demo_claims.hpp"

#include <algorithm>

#include "host/win32/status.hpp"

namespace sehlab::lab {
namespace {

bool linked(const trace::ChainPicture& chain, GuestAddr record) {
  return std::ranges::any_of(chain.links,
                             [record](const auto& link) { return link.record == record; });
}

/// A function of C's whose frame lies on the OS stack, among the calls that led to the panic.
bool c_frame_on_stack(const Story& story, std::string_view function) {
  return std::ranges::any_of(story.panic.what->frames, [&](const trace::CallFrame& frame) {
    return function_name(frame.code.symbol) == function && story.stack.contains(frame.frame);
  });
}

void claim_before(const Story& s, std::vector<Claim>& out) {
  const auto add = [&](std::string sentence, bool holds) {
    out.push_back({1, s.image + ": " + sentence, holds});
  };
  add("mstart links a record of its own on the thread's stack, with sigtramp as handler",
      s.thread_record && s.stack.contains(s.thread_record.what->record) &&
          function_name(s.thread_record.what->handler.symbol) == "sigtramp");
  add("C calls back, and callbackasm1 links a second record, below mstart's",
      s.thread_record && s.callback_record &&
          s.callback_record.what->record < s.thread_record.what->record &&
          s.stack.contains(s.callback_record.what->record));
  add("when the inner Go panics, fs:[0] names callbackasm1's record and mstart's is behind it",
      s.panic && s.callback_record && s.thread_record &&
          s.panic.event->chain.head == s.callback_record.what->record &&
          linked(s.panic.event->chain, s.thread_record.what->record));
  add("Go runs on a stack of its own, outside the thread's",
      s.panic && !s.stack.contains(s.panic.event->esp));
  add("EnumWindows, which is C, has its frame on the thread's stack, between the two records",
      s.panic && c_frame_on_stack(s, "EnumWindows"));
}

void claim_break(const Story& s, const Story& fixed, std::vector<Claim>& out) {
  const auto add = [&](std::string sentence, bool holds) { out.push_back({2, sentence, holds}); };
  add(s.image + ": after the panic an instruction runs on the thread's stack above the record",
      s.exposed && s.panic && s.exposed.event > s.panic.event &&
          s.exposed.what->esp > s.exposed.what->record);
  add(s.image + ": the outer Go recovers",
      s.recovery && s.exposed && s.recovery.event > s.panic.event);
  add(s.image + ": nobody unlinks the record before the next fault",
      s.exposed && s.fault && (!s.restored || s.restored.event > s.fault.event));
  add(fixed.image + ": the same record is exposed too, and endcgo unlinks it again",
      fixed.exposed && fixed.restored && fixed.restored.what->lasted > 0 &&
          function_name(fixed.restored.what->by.symbol) == "setseh");
}

void claim_crash(const Story& s, std::vector<Claim>& out) {
  const auto add = [&](std::string sentence, bool holds) {
    out.push_back({3, s.image + ": " + sentence, holds});
  };
  add("the dead record is overwritten before the fault",
      s.written && s.fault && s.written.event < s.fault.event);
  add("the fault is a read near address 0",
      s.fault && s.fault.what->code == win32::STATUS_ACCESS_VIOLATION &&
          s.fault.what->parameters.size() == 2 && s.fault.what->parameters[0] == 0 &&
          s.fault.what->parameters[1] < 0x1000);
  add("dispatch meets the dead record first, and mstart's is never asked",
      s.callback_record && s.thread_record && !s.visits.empty() &&
          s.visits.front().what->record == s.callback_record.what->record &&
          std::ranges::none_of(s.visits, [&](const auto& visit) {
            return visit.what->record == s.thread_record.what->record;
          }));
  add("no handler takes the fault, and the process dies of it",
      s.fault && !s.continued && s.end.kind == trace::EndKind::UnhandledException &&
          s.end.code == win32::STATUS_ACCESS_VIOLATION);
  add("the watch names the record, dangling and overwritten",
      s.defect && s.callback_record && s.defect.what->defect == "overwritten" &&
          s.defect.what->record == s.callback_record.what->record);
}

void claim_fix(const Story& buggy, const Story& s, std::vector<Claim>& out) {
  const auto add = [&](std::string sentence, bool holds) {
    out.push_back({4, s.image + ": " + sentence, holds});
  };
  add("the same instruction faults",
      s.fault && buggy.fault &&
          function_name(s.fault.what->at.symbol) == function_name(buggy.fault.what->at.symbol));
  add("dispatch reaches sigtramp, through mstart's record",
      s.handler && s.thread_record && function_name(s.handler.what->handler.symbol) == "sigtramp" &&
          s.handler.what->frame == s.thread_record.what->record);
  add("the thread goes on in sigpanic: the fault has become a Go panic",
      s.continued && s.sigpanic && function_name(s.continued.what->to.symbol) == "sigpanic");
  add("the panic is recovered, and the program ends well",
      s.end.kind == trace::EndKind::Exited && s.end.code == 0);
  add("the watch reports nothing", s.end.defects == 0);
}

}  // namespace

std::vector<Claim> claims(const Story& buggy, const Story& fixed) {
  std::vector<Claim> all;
  claim_before(buggy, all);
  claim_break(buggy, fixed, all);
  claim_crash(buggy, all);
  claim_fix(buggy, fixed, all);
  return all;
}

}  // namespace sehlab::lab
