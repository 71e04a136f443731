#include "thread_rig.hpp"

#include <doctest/doctest.h>

#include <string_view>
#include <utility>

#include "host/seh/continuation.hpp"
#include "host/seh/dispatch.hpp"
#include "host/seh/protectors.hpp"
#include "host/seh/raise.hpp"
#include "host/seh/unwind.hpp"
#include "host/seh/vectored.hpp"
#include "host/win32/status.hpp"

namespace sehlab::seh::testing {

// Selectors of 32-bit Windows and of WOW64; the null selector in data segments.
bool FakeRegisters::set_general(const emu::GeneralRegisters& values) {
  const auto good_code = [](std::uint16_t s) { return s == 0x1b || s == 0x23; };
  const auto good_stack = [](std::uint16_t s) { return s == 0x23 || s == 0x2b; };
  const auto good_data = [&](std::uint16_t s) {
    return s == 0 || s == 0x1b || s == 0x3b || s == 0x53 || good_stack(s);
  };
  const bool good = good_code(values.cs) && good_stack(values.ss) && good_data(values.ds) &&
                    good_data(values.es) && good_data(values.fs) && good_data(values.gs);
  const emu::GeneralRegisters before = general_;
  general_ = values;
  if (!good) {
    general_.cs = before.cs;
    general_.ss = before.ss;
    general_.ds = before.ds;
    general_.es = before.es;
    general_.fs = before.fs;
    general_.gs = before.gs;
  }
  return good;
}

FakeSystem::FakeSystem() {
  addresses = {kKiUserExceptionDispatcher, kHandlerReturned,       kHandlerReturned,
               kVectoredHandlerReturned,   kVectoredLists,         kExceptionProtector,
               kUnwindProtector,           kFinalExceptionHandler, kRtlRaiseException};
  for (const GuestRange range : {GuestRange{kProgram, kProgramEnd}, GuestRange{kNtdll, kNtdllEnd},
                                 GuestRange{kPlugin, kPluginEnd}}) {
    Image image;
    image.range = range;
    image.facts.base = range.begin;
    images.push_back(image);
    code.push_back(range);
  }
}

bool FakeSystem::executable(GuestAddr address) const {
  for (const GuestRange& range : code) {
    if (range.contains(address)) return true;
  }
  return false;
}

std::optional<ImageFacts> FakeSystem::image_at(GuestAddr address) const {
  for (const Image& image : images) {
    if (image.range.contains(address)) return image.facts;
  }
  return std::nullopt;
}

ThreadRig::ThreadRig(std::string_view profile) {
  const Profile* found = find_profile(profile);
  REQUIRE(found != nullptr);
  system.rules = *found;
  memory.commit(kTeb, kPageSize);
  memory.commit(kVectoredLists, kPageSize);
  memory.commit(kStackLimit, kStackBase - kStackLimit);
  memory.commit(kHeapStack, kHeapStackEnd - kHeapStack);
  win32::NtTib tib{};
  tib.ExceptionList = win32::kChainEnd;
  tib.StackBase = kStackBase.value;
  tib.StackLimit = kStackLimit.value;
  tib.Self = kTeb.value;
  memory.put(kTeb, tib);
  emu::GeneralRegisters start;
  start.eax = 0xa0a0a0a0;
  start.ecx = 0xc0c0c0c0;
  start.edx = 0xd0d0d0d0;
  start.ebx = 0xb0b0b0b0;
  start.esi = 0x51515151;
  start.edi = 0xd1d1d1d1;
  start.ebp = (kEsp + 0x40).value;
  start.esp = kEsp.value;
  start.eip = kFaultingCode.value;
  start.eflags = 0x246;
  start.cs = found->code_selector;
  start.ss = start.ds = start.es = found->data_selector;
  start.fs = found->teb_selector;
  start.gs = found->gs_selector;
  REQUIRE(registers.set_general(start));
}

void ThreadRig::set_general(const emu::GeneralRegisters& values) {
  REQUIRE(registers.set_general(values));
}

void ThreadRig::handler(GuestAddr at, std::function<std::uint32_t(ThreadRig&)> what) {
  code(at, [what = std::move(what)](ThreadRig& rig) { rig.ret(what(rig)); });
}

void ThreadRig::handler(GuestAddr at, std::uint32_t disposition) {
  handler(at, [disposition](ThreadRig&) { return disposition; });
}

void ThreadRig::link(GuestAddr at, GuestAddr handler_at) {
  memory.put(at, win32::ExceptionRegistrationRecord{head().value, handler_at.value});
  set_head(at);
}

RunEnd ThreadRig::raise(const RaisedException& raised) {
  return run(deliver_and_dispatch(cpu(), raised));
}

RunEnd ThreadRig::fault(std::uint32_t code_value, std::vector<std::uint32_t> parameters) {
  RaisedException raised;
  raised.record.ExceptionCode = code_value;
  raised.record.ExceptionAddress = general().eip;
  for (const std::uint32_t value : parameters) {
    raised.record.ExceptionInformation[raised.record.NumberParameters++] = value;
  }
  raised.eip = GuestAddr{general().eip};
  return raise(raised);
}

void ThreadRig::enter_call(GuestAddr gate, const std::vector<std::uint32_t>& arguments,
                           GuestAddr back) {
  for (auto value = arguments.rbegin(); value != arguments.rend(); ++value) push(*value);
  push(back.value);
  jump(gate);
}

RunEnd ThreadRig::call(GuestAddr gate, std::vector<std::uint32_t> arguments, GuestAddr back) {
  enter_call(gate, arguments, back);
  return run(Run{});
}

Outcome ThreadRig::serve(GuestAddr gate) {
  using Step = Outcome (*)(const Cpu&);
  static const std::map<GuestAddr, Step> steps_by_gate{
      {kKiUserExceptionDispatcher, begin_dispatch},
      {kHandlerReturned, handler_returned},
      {kExceptionProtector, exception_protector},
      {kUnwindProtector, unwind_protector},
      {kRtlRaiseException, rtl_raise_exception},
      {kRtlRaiseStatus, rtl_raise_status},
      {kRtlUnwind, rtl_unwind},
      {kNtRaiseException, nt_raise_exception},
      {kNtContinue, nt_continue},
      {kVectoredHandlerReturned, vectored_handler_returned},
      {kInsertVectored, insert_vectored_handler},
      {kRtlCaptureContext, rtl_capture_context},
      {kRemoveVectored, remove_vectored_handler}};
  return steps_by_gate.at(gate)(cpu());
}

RunEnd ThreadRig::run(Outcome outcome) {
  for (;;) {
    if (++steps > most_steps) return TooManySteps{};
    if (auto* chance = std::get_if<SecondChance>(&outcome)) return *chance;
    if (auto* unmodelled = std::get_if<Unmodelled>(&outcome)) return *unmodelled;
    const GuestAddr eip{general().eip};
    if (const auto* met = std::get_if<MemoryFault>(&outcome)) {
      // As the process: an access violation of the gate's own.
      ++memory_faults;
      CHECK(met->fault.eip == eip);
      RaisedException raised;
      raised.record.ExceptionCode = win32::STATUS_ACCESS_VIOLATION;
      raised.record.ExceptionAddress = eip.value;
      raised.record.NumberParameters = 2;
      raised.record.ExceptionInformation[0] = static_cast<std::uint32_t>(met->fault.access);
      raised.record.ExceptionInformation[1] = met->fault.address.value;
      raised.eip = eip;
      outcome = deliver_and_dispatch(cpu(), raised);
      continue;
    }
    outcome = Run{};
    if (const auto found = code_.find(eip); found != code_.end()) {
      found->second(*this);
    } else if (eip >= kNtdll && eip < kNtdllEnd) {
      outcome = serve(eip);
    } else {
      return Arrived{eip};
    }
  }
}

std::uint32_t ThreadRig::argument(unsigned index) const {
  return memory.word(GuestAddr{general().esp} + 4 + 4 * index);
}

void ThreadRig::push(std::uint32_t value) {
  emu::GeneralRegisters now = general();
  now.esp -= 4;
  memory.put(GuestAddr{now.esp}, value);
  set_general(now);
}

void ThreadRig::ret(std::uint32_t eax, std::uint32_t bytes) {
  emu::GeneralRegisters now = general();
  now.eip = memory.word(GuestAddr{now.esp});
  now.esp += 4 + bytes;
  now.eax = eax;
  set_general(now);
}

void ThreadRig::jump(GuestAddr to) {
  emu::GeneralRegisters now = general();
  now.eip = to.value;
  set_general(now);
}

GuestAddr arrived(const RunEnd& end) {
  REQUIRE(std::holds_alternative<Arrived>(end));
  return std::get<Arrived>(end).at;
}

SecondChance died(const RunEnd& end) {
  REQUIRE(std::holds_alternative<SecondChance>(end));
  return std::get<SecondChance>(end);
}

std::string refused_by_lab(const RunEnd& end) {
  REQUIRE(std::holds_alternative<Unmodelled>(end));
  return std::get<Unmodelled>(end).text;
}

}  // namespace sehlab::seh::testing
