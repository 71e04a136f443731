// Spec: one injection as it was asked for: where, on which thread, at which visit, and what. One
// grammar for the command line ("at=go_fixed!probe fault=read address=0") and for the tables
// [[inject]] of scenarios; docs/injection.md describes it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "emu/address_space.hpp"
#include "emu/fault.hpp"
#include "emu/result.hpp"
#include "host/inject/fault_word.hpp"
#include "host/inject/value.hpp"

namespace sehlab::inject {

// ---- where ---------------------------------------------------------------------------------

/// Before the instruction at a place: `at=go_fixed!probe+4`, `at=user32+0x1000`, `at=0x401000`.
struct AtPlace {
  Value place;
};
/// Before each instruction that a statement of a line begins with: `at=faults.c:12`,
/// `at=user32!windows.c:30`.
struct AtLine {
  std::string image;  ///< empty: every image that has such a file
  std::string file;   ///< a path, or its last components
  std::uint32_t line = 0;
};
/// As many instructions are retired: `at=instruction:12345`.
struct AtInstruction {
  std::uint64_t count = 0;
};
/// The same, drawn from the seed: `at=random:1000..2000`, both included.
struct AtRandom {
  std::uint64_t from = 0, to = 0;
};
/// A call of an export from another image: `at=call:kernel32!CreateFileA`.
struct AtCall {
  std::string image, function;
};
enum class Moment : std::uint8_t {
  HandlerEntry,
  HandlerReturn,
  UnwindEntry,
  UnwindReturn,
  VectoredEntry,
  VectoredReturn,
  FilterEntry,
  FilterReturn
};
/// A handler or a filter is called or has returned: `at=handler-entry`,
/// `at=handler-return:go_fixed!sigtramp`.
struct AtMoment {
  Moment moment = Moment::HandlerEntry;
  std::optional<Value> which;  ///< the handler; empty: any
};
using Where = std::variant<AtPlace, AtLine, AtInstruction, AtRandom, AtCall, AtMoment>;

// ---- what ----------------------------------------------------------------------------------

/// `fault=WORD`, or `fault=0xCODE`.
struct RaiseFault {
  FaultWord word = FaultWord::Read;
  std::uint32_t code = 0;                        ///< FaultWord::Code
  std::optional<Value> address;                  ///< of the access
  std::optional<emu::Access> access;             ///< of guard, in-page and stack-overflow
  std::optional<std::uint32_t> status;           ///< of in-page: why
  std::optional<std::vector<Value>> parameters;  ///< in place of what the fault has
  std::optional<std::uint32_t> flags;
};
/// `fail=VALUE error=N`: the function returns at once.
struct FailCall {
  Value value;
  std::optional<std::uint32_t> error;        ///< GetLastError
  std::optional<std::uint32_t> stack_bytes;  ///< that it takes off the stack
};
/// `protect=rx page=VALUE pages=N`.
struct ProtectPages {
  emu::Protection rights;
  Value page;
  std::uint32_t pages = 1;
};
/// `guard=VALUE`.
struct GuardPage {
  Value page;
};
/// `set=eax:1,ecx:esp-8`.
struct SetRegisters {
  std::vector<std::pair<Register, Value>> values;
};
/// `overwrite=head next=VALUE handler=VALUE`.
struct OverwriteRecord {
  std::uint32_t record = 1;  ///< 1: the head of the chain, 2: the next one outwards, …
  std::optional<Value> next, handler;
};
/// `limit=VALUE base=VALUE`: the TEB's bounds of the stack.
struct MoveLimits {
  std::optional<Value> limit, base;
};
using What = std::variant<RaiseFault, FailCall, ProtectPages, GuardPage, SetRegisters,
                          OverwriteRecord, MoveLimits>;

// ---- the whole -----------------------------------------------------------------------------

/// `times=all`.
inline constexpr std::uint64_t kAlways = UINT64_MAX;

struct Spec {
  Where where;
  std::uint64_t visit = 1;              ///< the first visit at which it fires
  std::uint64_t times = 1;              ///< at how many visits from there on
  std::optional<std::uint32_t> thread;  ///< the lab's number; visits of others do not count
  std::string caller;                   ///< of AtCall: only calls from this image; empty: any
  What what;
  std::string source;  ///< of errors and reports: `--inject "…"`, "scenario a.toml:12"
  std::string text;    ///< as given, in one line: "at=go_fixed!probe fault=read"
};

/// One key of a specification as it was given.
struct Member {
  std::string key, value;
  int line = 0;  ///< of the scenario file; 0: of none
};

/// Splits `key=value key="va lue" …`.
[[nodiscard]] Result<std::vector<Member>> split_members(std::string_view text);
/// Members as they would stand on a command line.
[[nodiscard]] std::string join_members(std::span<const Member> members);

/// `source` is what errors name; a member's line is put behind it ("scenario a.toml:12").
[[nodiscard]] Result<Spec> parse_members(std::span<const Member> members,
                                         const std::string& source);
/// An argument of `--inject`.
[[nodiscard]] Result<Spec> parse_spec(std::string_view text);

/// The value of `at`; the Error has no `where`.
[[nodiscard]] Result<Where> parse_where(std::string_view text);

}  // namespace sehlab::inject
