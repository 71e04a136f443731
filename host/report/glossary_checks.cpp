// Why dispatch and unwinding refuse a record, and what the chain watch finds.
#include "host/report/glossary.hpp"

namespace sehlab::report {
namespace {

constexpr WordKind kCheck = WordKind::Check, kDefect = WordKind::Defect;
constexpr std::string_view kPlace = "docs/facts/seh-x86.md 3.2 E1";
constexpr std::string_view kHandler = "docs/facts/seh-x86.md 3.2 E2";
constexpr std::string_view kValid = "docs/facts/seh-x86.md 3.3";

constexpr GlossaryEntry kEntries[] = {
    {kCheck,
     "outside-stack",
     {},
     "The record does not lie between StackLimit and StackBase of the thread's TEB. It is not even "
     "read: STACK_INVALID, and the search ends. Only records are asked this, not ESP: a fault on "
     "another stack finds records on the thread's own.",
     kPlace},
    {kCheck, "misaligned", {}, "The record's address is no multiple of 4: STACK_INVALID.", kPlace},
    {kCheck,
     "handler-on-stack",
     {},
     "The handler lies within the thread's stack, where an overflowing buffer would have put it. "
     "Checked since Windows XP SP2; see the profile field handler_on_stack_check.",
     kHandler},
    {kCheck,
     "handler-not-executable",
     {},
     "The handler is in no image and in a page that may not be executed. The write-ups differ on "
     "what "
     "Windows does; see the profile field bad_handler_page.",
     kValid},
    {kCheck,
     "not-in-safeseh-table",
     {},
     "The handler's image has a table of its handlers (SafeSEH), and this address is not in it. "
     "Decisive: no other flag saves it.",
     kValid},
    {kCheck,
     "image-has-no-seh",
     {},
     "The handler's image says in its header that it has no handlers (NO_SEH).",
     kValid},
    {kCheck,
     "handler-outside-images",
     {},
     "The handler can be executed but is in no image, and the process does not allow that "
     "(ImageDispatchEnable, 0x20 of its execute flags, is clear).",
     kValid},
    {kCheck,
     "sehop-broken",
     {},
     "SEHOP walks the whole chain before anything is called: each record inside the stack, aligned "
     "and "
     "above the one before, its handler not on the stack, and the last one ntdll's final handler. "
     "One "
     "of these does not hold. Off on clients unless asked for: sehlab run --sehop.",
     "docs/facts/seh-x86.md 3.2 D"},
    {kCheck, "unreadable", {}, "The record's memory cannot be read.", kPlace},
    {kDefect,
     "dangling",
     {},
     "A record below ESP, whose frame is gone, was relied on: dispatch or unwinding visited it, a "
     "new record was linked on top of it, or the thread ended with it as head of the chain. It "
     "still holds its bytes, and then all seems well.",
     "docs/defects/dangling.md"},
    {kDefect,
     "overwritten",
     {},
     "As dangling, and its words were written after the frame was left: the handler is now "
     "whatever the stack was used for since.",
     "docs/defects/overwritten.md"},
    {kDefect,
     "patched",
     {},
     "A record whose frame still lives has another handler than when it was linked, and the "
     "function that owns it did not change it: a buffer that overflowed, or somebody who wanted to "
     "be asked in its place.",
     "docs/defects/patched.md"},
    {kDefect,
     "off-stack",
     {},
     "A linked record does not lie between StackLimit and StackBase of the thread's TEB, and "
     "something relied on it. Dispatch refuses it without reading it. Also what fs:[0] is called "
     "when it was set to something that never was a record.",
     "docs/defects/off-stack.md"},
    {kDefect,
     "misaligned",
     {},
     "A linked record's address is no multiple of 4, and something relied on it. Dispatch refuses "
     "it.",
     "docs/defects/misaligned.md"},
    {kDefect,
     "not-ascending",
     {},
     "A record's link leads to a lower address, and something relied on the record. Older frames "
     "lie higher, so the chain must ascend; dispatch itself does not ask (SEHOP does).",
     "docs/defects/not-ascending.md"},
    {kDefect,
     "cycle",
     {},
     "The chain leads back to a record that it has passed, and something relied on it. A search "
     "through it never ends.",
     "docs/defects/cycle.md"},
    {kDefect,
     "handler-on-stack",
     {},
     "A linked record's handler lies on the thread's stack, and something relied on the record. "
     "Since Windows XP SP2 dispatch refuses it; where the profile does not, it is no defect.",
     "docs/defects/handler-on-stack.md"},
    {kDefect,
     "handler-not-executable",
     {},
     "A linked record's handler is in a page that may not be executed, and dispatch would not call "
     "it under the profile and the process's execute flags; something relied on the record.",
     "docs/defects/handler-not-executable.md"},
};

}  // namespace

std::span<const GlossaryEntry> check_entries() {
  return kEntries;
}

}  // namespace sehlab::report
