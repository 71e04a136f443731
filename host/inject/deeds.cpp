#include "host/inject/deeds.hpp"

#include <fmt/format.h>

#include <cstddef>

#include "host/inject/places.hpp"
#include "host/inject/raise.hpp"
#include "host/inject/stack_bytes.hpp"
#include "host/win32/exception_registration.hpp"
#include "host/win32/teb.hpp"

namespace sehlab::inject {
namespace {

using process::Process;

GuestAddr teb_of(Process& process) {
  return process.scheduler().current().teb;
}

/// A value that need not be given.
Result<std::optional<std::uint32_t>> evaluate_if(const std::optional<Value>& value,
                                                 Process& process) {
  if (!value) return std::nullopt;
  const auto number = evaluate(*value, process);
  if (!number) return tl::make_unexpected(number.error());
  return *number;
}

Result<Deed> prepare_deed(const RaiseFault& raise, const Spec&, Process& process) {
  const auto exception = exception_of(raise, process);
  if (!exception) return tl::make_unexpected(exception.error());
  return [&process, raise, exception = *exception] {
    leave_evidence(raise, process.machine().registers());
    process.inject(exception);
  };
}

Result<Deed> prepare_deed(const FailCall& call, const Spec&, Process& process) {
  const emu::GeneralRegisters registers = process.machine().registers().general();
  const emu::RawAccess& memory = process.machine().memory().raw();
  const auto value = evaluate(call.value, process);
  if (!value) return tl::make_unexpected(value.error());
  const auto bytes = call.stack_bytes
                         ? call.stack_bytes
                         : stack_bytes(process.modules(), memory, GuestAddr{registers.eip});
  if (!bytes) {
    return fail("",
                "how many bytes of arguments the function takes off the stack cannot be "
                "known: say stack-bytes=N");
  }
  const auto back = memory.get<std::uint32_t>(GuestAddr{registers.esp});
  if (!back) return fail("", "no return address can be read at ESP");
  return [=, &process] {
    emu::GeneralRegisters after = registers;
    after.eax = *value;
    after.eip = *back;
    after.esp += 4 + *bytes;
    process.machine().registers().set_general(after);
    const GuestAddr last_error = teb_of(process) + offsetof(win32::Teb, LastErrorValue);
    if (call.error)
      static_cast<void>(process.machine().memory().raw().put(last_error, *call.error));
  };
}

/// Changes the rights of `pages` committed pages from the one that holds `address` on.
template <class Change>
Result<Deed> change_pages(Process& process, GuestAddr address, std::uint32_t pages, Change change) {
  emu::AddressSpace& space = process.machine().memory();
  const GuestAddr first = address.page();
  for (std::uint32_t i = 0; i < pages; ++i) {
    if (const GuestAddr page = first + i * kPageSize; !space.page(page)) {
      return fail("", fmt::format("the page at {:08x} is not committed", page.value));
    }
  }
  return [=, &space] {
    for (std::uint32_t i = 0; i < pages; ++i) {
      const GuestAddr page = first + i * kPageSize;
      static_cast<void>(space.protect(page, kPageSize, change(*space.page(page))));
    }
  };
}

Result<Deed> prepare_deed(const ProtectPages& protect, const Spec&, Process& process) {
  const auto page = evaluate(protect.page, process);
  if (!page) return tl::make_unexpected(page.error());
  return change_pages(process, GuestAddr{*page}, protect.pages,
                      [rights = protect.rights](emu::Protection) { return rights; });
}

Result<Deed> prepare_deed(const GuardPage& guard, const Spec&, Process& process) {
  const auto page = evaluate(guard.page, process);
  if (!page) return tl::make_unexpected(page.error());
  return change_pages(process, GuestAddr{*page}, 1, [](emu::Protection rights) {
    rights.guard = true;
    return rights;
  });
}

Result<Deed> prepare_deed(const SetRegisters& set, const Spec&, Process& process) {
  emu::GeneralRegisters registers = process.machine().registers().general();
  for (const auto& [which, wanted] : set.values) {
    const auto value = evaluate(wanted, process);
    if (!value) return tl::make_unexpected(value.error());
    in(registers, which) =
        which == Register::Eflags ? (*value & emu::kEflagsOfUser) | emu::kEflagsFixed : *value;
  }
  return [=, &process] { process.machine().registers().set_general(registers); };
}

Result<Deed> prepare_deed(const OverwriteRecord& overwrite, const Spec&, Process& process) {
  emu::RawAccess& memory = process.machine().memory().raw();
  GuestAddr at{memory.get<std::uint32_t>(teb_of(process)).value_or(win32::kChainEnd)};
  for (std::uint32_t number = 1; at.value != win32::kChainEnd; ++number) {
    auto record = memory.get<win32::ExceptionRegistrationRecord>(at);
    if (!record) return fail("", fmt::format("no record can be read at {:08x}", at.value));
    if (number < overwrite.record) {
      at = GuestAddr{record->Next};
      continue;
    }
    const auto next = evaluate_if(overwrite.next, process);
    const auto handler = evaluate_if(overwrite.handler, process);
    if (!next) return tl::make_unexpected(next.error());
    if (!handler) return tl::make_unexpected(handler.error());
    record->Next = next->value_or(record->Next);
    record->Handler = handler->value_or(record->Handler);
    return [at, record = *record, &memory] { static_cast<void>(memory.put(at, record)); };
  }
  return fail("", fmt::format("the chain has no record {}", overwrite.record));
}

Result<Deed> prepare_deed(const MoveLimits& move, const Spec&, Process& process) {
  const auto limit = evaluate_if(move.limit, process), base = evaluate_if(move.base, process);
  if (!limit) return tl::make_unexpected(limit.error());
  if (!base) return tl::make_unexpected(base.error());
  return [limit = *limit, base = *base, &process] {
    emu::RawAccess& memory = process.machine().memory().raw();
    const GuestAddr teb = teb_of(process);
    if (limit) static_cast<void>(memory.put(teb + offsetof(win32::NtTib, StackLimit), *limit));
    if (base) static_cast<void>(memory.put(teb + offsetof(win32::NtTib, StackBase), *base));
  };
}

}  // namespace

Result<Deed> prepare(const Spec& spec, Process& process) {
  return std::visit([&](const auto& what) { return prepare_deed(what, spec, process); }, spec.what);
}

}  // namespace sehlab::inject
