#include "host/seh/vectored.hpp"

#include <cstdio>
#include <string>

#include "host/seh/continuation.hpp"

namespace sehlab::seh {
namespace {

constexpr std::uint32_t kContinueExecution = 0xffffffff;  // EXCEPTION_CONTINUE_EXECUTION, -1

/// What the handler leaves on the guest's stack; ESP points here again when it has returned.
struct KeptFrame {
  win32::Pointer32 Self;
  win32::ExceptionPointers Pointers;
  win32::Pointer32 Entry;
  std::uint32_t List;
  win32::Pointer32 SavedEbp;
};

/// What lies there while it runs (vectored.hpp).
struct VectoredFrame {
  win32::Pointer32 ReturnAddress;
  win32::Pointer32 Argument;
  KeptFrame Kept;
};
static_assert(sizeof(VectoredFrame) == 0x20);

GuestAddr head_of(const Cpu& cpu, VectoredList list) {
  return cpu.system.ntdll().vectored_lists +
         static_cast<std::uint32_t>(list) * std::uint32_t{sizeof(ListEntry)};
}

/// Calls the handler of the entry at `at`; nullopt: that is the list's head, no entry.
std::optional<Outcome> call_entry(const Cpu& cpu, emu::GeneralRegisters general,
                                  const Search& search, const RecordHead& head, VectoredList list,
                                  GuestAddr at) {
  // A list that ntdll has not made yet is one of zeros.
  if (at == head_of(cpu, list) || at == GuestAddr{}) return std::nullopt;
  VectoredEntry entry{};
  if (auto fault = cpu.memory.read_object(at, entry)) return at_gate(*fault, general.eip);
  const GuestAddr frame_at = search.stack - sizeof(VectoredFrame);
  const GuestAddr kept_at = frame_at + offsetof(VectoredFrame, Kept);
  VectoredFrame frame{};
  frame.ReturnAddress = cpu.system.ntdll().vectored_handler_returned.value;
  frame.Argument = (kept_at + offsetof(KeptFrame, Pointers)).value;
  frame.Kept = {kept_at.value,
                {search.record.value, search.context.value},
                at.value,
                static_cast<std::uint32_t>(list),
                general.ebp};
  if (auto fault = cpu.memory.write_object(frame_at, frame)) return at_gate(*fault, general.eip);
  ++entry.Running;
  if (auto fault = cpu.memory.write_object(at, entry)) return at_gate(*fault, general.eip);

  if (cpu.sink != nullptr) {
    cpu.sink->emit(trace::VectoredEntered{
        {GuestAddr{entry.Handler}, {}}, list == VectoredList::Continue, head.code, head.flags});
  }
  general.eip = entry.Handler;
  general.esp = frame_at.value;
  cpu.registers.set_general(general);
  return Run{};
}

/// Unlinks an entry and keeps it for the next handler that is added.
MaybeFault retire(const Cpu& cpu, GuestAddr at, VectoredEntry entry) {
  const GuestAddr retired_at = cpu.system.ntdll().vectored_lists + offsetof(VectoredLists, Retired);
  constexpr std::uint32_t kBlink = offsetof(ListEntry, Blink);
  win32::Pointer32 retired = 0;
  if (auto fault = cpu.memory.read_object(retired_at, retired)) return fault;
  const GuestAddr before{entry.Links.Blink}, after{entry.Links.Flink};
  if (auto fault = cpu.memory.write_object(before, after.value)) return fault;
  if (auto fault = cpu.memory.write_object(after + kBlink, before.value)) return fault;
  entry = {};
  entry.Links.Flink = retired;
  if (auto fault = cpu.memory.write_object(at, entry)) return fault;
  return cpu.memory.write_object(retired_at, at.value);
}

/// The handler of the entry at `at` has returned: it may go now if it was removed meanwhile.
MaybeFault release(const Cpu& cpu, GuestAddr at) {
  VectoredEntry entry{};
  if (auto fault = cpu.memory.read_object(at, entry)) return fault;
  if (entry.Running != 0) --entry.Running;
  if (entry.Removed != 0 && entry.Running == 0) return retire(cpu, at, entry);
  return cpu.memory.write_object(at, entry);
}

Unmodelled astray(std::uint32_t esp) {
  char text[200];
  std::snprintf(
      text, sizeof(text),
      "a vectored handler returned with esp = %08x, which is not where a stdcall function "
      "of one argument leaves it; Windows would go on with a wrong stack pointer",
      esp);
  return {text};
}

Unmodelled no_such_list() {
  return {"ntdll's gates for vectored handlers were called with a list that is none of its two"};
}

}  // namespace

std::optional<Outcome> call_vectored_handlers(const Cpu& cpu, const emu::GeneralRegisters& general,
                                              const Search& search, const RecordHead& head,
                                              VectoredList list) {
  win32::Pointer32 first = 0;
  if (auto fault = cpu.memory.read_object(head_of(cpu, list), first)) {
    return at_gate(*fault, general.eip);
  }
  return call_entry(cpu, general, search, head, list, GuestAddr{first});
}

Outcome vectored_handler_returned(const Cpu& cpu) {
  emu::GeneralRegisters general = cpu.registers.general();
  const std::uint32_t answer = general.eax;
  KeptFrame frame{};
  if (cpu.memory.read_object(GuestAddr{general.esp}, frame) || frame.Self != general.esp ||
      frame.List > static_cast<std::uint32_t>(VectoredList::Continue)) {
    return astray(general.esp);
  }
  const GuestAddr at{frame.Entry};
  const auto list = static_cast<VectoredList>(frame.List);
  Search search;
  search.record = GuestAddr{frame.Pointers.ExceptionRecord};
  search.context = GuestAddr{frame.Pointers.ContextRecord};
  search.stack = GuestAddr{general.esp} + sizeof(KeptFrame);
  VectoredEntry entry{};
  if (auto fault = cpu.memory.read_object(at, entry)) return at_gate(*fault, general.eip);
  RecordHead head;
  if (auto fault = cpu.memory.read_object(search.record, head)) return at_gate(*fault, general.eip);
  if (cpu.sink != nullptr) {
    cpu.sink->emit(trace::VectoredReturned{
        {GuestAddr{entry.Handler}, {}}, list == VectoredList::Continue, answer});
  }
  if (auto fault = release(cpu, at)) return at_gate(*fault, general.eip);
  general.ebp = frame.SavedEbp;

  // Anything but -1: the next one, by the link as the handler left it.
  if (answer != kContinueExecution) {
    auto called = call_entry(cpu, general, search, head, list, GuestAddr{entry.Links.Flink});
    if (called) return std::move(*called);
  }
  if (list == VectoredList::Continue) {
    return continue_dispatched(cpu, general, search.stack, search.record, search.context);
  }
  return answer == kContinueExecution ? go_on(cpu, general, search, head)
                                      : search_frames(cpu, general, search, head);
}

Outcome insert_vectored_handler(const Cpu& cpu) {
  const emu::GeneralRegisters general = cpu.registers.general();
  GateFrame<4> call{};
  if (auto fault = cpu.memory.read_object(GuestAddr{general.esp}, call)) {
    return at_gate(*fault, general.eip);
  }
  if (call.argument[0] > static_cast<std::uint32_t>(VectoredList::Continue)) return no_such_list();
  const auto back = [&](GuestAddr entry) {
    return return_from_gate(cpu, general, call.return_address, sizeof(call.argument), entry.value);
  };
  const GuestAddr lists_at = cpu.system.ntdll().vectored_lists;
  const GuestAddr head_at = head_of(cpu, static_cast<VectoredList>(call.argument[0]));
  VectoredLists lists{};
  if (auto fault = cpu.memory.read_object(lists_at, lists)) return at_gate(*fault, general.eip);
  const ListEntry& head = lists.Heads[call.argument[0]];

  GuestAddr at{call.argument[1]};
  if (at == GuestAddr{}) {
    at = GuestAddr{lists.Retired};
    if (at == GuestAddr{}) return back({});
    win32::Pointer32 next = 0;
    if (auto fault = cpu.memory.read_object(at, next)) return at_gate(*fault, general.eip);
    if (auto fault = cpu.memory.write_object(lists_at + offsetof(VectoredLists, Retired), next)) {
      return at_gate(*fault, general.eip);
    }
  }
  const bool first = call.argument[2] != 0;
  const bool empty = head.Flink == 0 || head.Flink == head_at.value;
  const GuestAddr before = first || empty ? head_at : GuestAddr{head.Blink};
  const GuestAddr after = first && !empty ? GuestAddr{head.Flink} : head_at;
  const VectoredEntry entry{{after.value, before.value}, 0, 0, call.argument[3]};
  if (auto fault = cpu.memory.write_object(at, entry)) return at_gate(*fault, general.eip);
  if (auto fault = cpu.memory.write_object(before, at.value)) return at_gate(*fault, general.eip);
  if (auto fault = cpu.memory.write_object(after + offsetof(ListEntry, Blink), at.value)) {
    return at_gate(*fault, general.eip);
  }
  return back(at);
}

Outcome remove_vectored_handler(const Cpu& cpu) {
  const emu::GeneralRegisters general = cpu.registers.general();
  GateFrame<2> call{};
  if (auto fault = cpu.memory.read_object(GuestAddr{general.esp}, call)) {
    return at_gate(*fault, general.eip);
  }
  if (call.argument[0] > static_cast<std::uint32_t>(VectoredList::Continue)) return no_such_list();
  const auto back = [&](bool removed) {
    return return_from_gate(cpu, general, call.return_address, sizeof(call.argument),
                            removed ? 1 : 0);
  };
  const GuestAddr wanted{call.argument[1]};
  const GuestAddr head_at = head_of(cpu, static_cast<VectoredList>(call.argument[0]));
  constexpr unsigned kMostEntries = 1U << 16;
  GuestAddr at = head_at;
  for (unsigned i = 0; i < kMostEntries; ++i) {
    win32::Pointer32 next = 0;
    if (auto fault = cpu.memory.read_object(at, next)) return at_gate(*fault, general.eip);
    at = GuestAddr{next};
    if (at == head_at || at == GuestAddr{}) return back(false);
    if (at != wanted) continue;
    VectoredEntry entry{};
    if (auto fault = cpu.memory.read_object(at, entry)) return at_gate(*fault, general.eip);
    if (entry.Removed != 0) return back(false);
    entry.Removed = 1;
    const auto fault =
        entry.Running == 0 ? retire(cpu, at, entry) : cpu.memory.write_object(at, entry);
    if (fault) return at_gate(*fault, general.eip);
    return back(true);
  }
  return Unmodelled{"the list of vectored handlers has no end: the program has written over it"};
}

}  // namespace sehlab::seh
