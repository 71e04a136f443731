// Calls that the host makes into the guest, and those that the guest makes of provided functions.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "emu/check.hpp"
#include "host/api/session.hpp"
#include "host/fault/translate.hpp"
#include "host/process/environment.hpp"
#include "host/win32/exception_record.hpp"
#include "host/win32/teb.hpp"

namespace sehlab {
namespace {

constexpr std::uint32_t kWord = 4;
constexpr std::size_t kDeepest = 1000;  // provided functions; each is on the host's stack, too
// VirtualAlloc (winnt.h).
constexpr std::uint32_t kMemReserve = 0x2000, kMemCommit = 0x1000;
constexpr std::uint32_t kPageNoAccess = 0x01, kPageReadWrite = 0x04;

}  // namespace

std::uint32_t Session::call_system(const char* function, const std::vector<Argument>& arguments) {
  const bool serving = std::exchange(serving_, false);
  const auto found = find(function);
  SEHLAB_CHECK(found);  // kernel32 is the lab's own
  const std::uint32_t value = call(*found, arguments);
  serving_ = serving;
  return value;
}

std::uint32_t Session::call(GuestAddr function, const std::vector<Argument>& arguments) {
  return enter(function, lay_out(arguments, Convention::Standard, nullptr)).eax;
}

std::uint32_t Session::call_back(GuestAddr function, const std::vector<Argument>& arguments) {
  const emu::GeneralRegisters before = process_->machine().registers().general();
  const std::uint32_t value = call(function, arguments);
  process_->machine().registers().set_general(before);
  return value;
}

void Session::raise_exception(std::uint32_t code, std::span<const std::uint32_t> parameters) {
  // It copies no more of them.
  const auto copied = parameters.first(
      std::min<std::size_t>(parameters.size(), win32::EXCEPTION_MAXIMUM_PARAMETERS));
  const emu::GeneralRegisters before = process_->machine().registers().general();
  emu::GeneralRegisters below = before;
  below.esp -= kWord * static_cast<std::uint32_t>(copied.size());
  const GuestAddr at{below.esp};
  if (const auto fault = process_->memory().write(at, std::as_bytes(copied))) raise(*fault);
  process_->machine().registers().set_general(below);
  const auto raise = find("kernel32!RaiseException");
  SEHLAB_CHECK(raise);
  // RaiseException(dwExceptionCode, dwExceptionFlags, nNumberOfArguments, lpArguments)
  static_cast<void>(call(*raise, {code, 0, static_cast<std::uint32_t>(parameters.size()), at}));
  process_->machine().registers().set_general(before);
}

/// In registers go the first arguments of a word each, floating-point ones aside, wherever they are
/// in the list (Microsoft, __fastcall).
Session::LaidOut Session::lay_out(const std::vector<Argument>& arguments, Convention convention,
                                  std::vector<GuestRange>* bytes) {
  const std::size_t registers = convention == Convention::Fastcall   ? 2
                                : convention == Convention::Thiscall ? 1
                                                                     : 0;
  LaidOut laid;
  for (const Argument& argument : arguments) {
    GuestRange range{};
    std::vector<std::uint32_t> words = argument.words();
    if (argument.has_bytes()) {
      range = place(argument.bytes());
      words = {range.begin.value};
    }
    const bool in_register =
        laid.registers.size() < registers && words.size() == 1 && !argument.is_floating();
    auto& to = in_register ? laid.registers : laid.stack;
    to.insert(to.end(), words.begin(), words.end());
    if (bytes != nullptr) bytes->push_back(range);
  }
  return laid;
}

/// Up to the end of a page, behind which is one that cannot be accessed.
GuestRange Session::place(const std::vector<std::byte>& bytes) {
  const auto size = static_cast<std::uint32_t>(bytes.size());
  const std::uint32_t room = (size + kPageSize - 1) & ~(kPageSize - 1);
  GuestAddr base{};
  if (bytes.size() < process::kUserSpace.size()) {
    base = GuestAddr{
        call_system("kernel32!VirtualAlloc", {0, room + kPageSize, kMemReserve, kPageNoAccess})};
  }
  const bool there = base != GuestAddr{} &&
                     (room == 0 || call_system("kernel32!VirtualAlloc",
                                               {base, room, kMemCommit, kPageReadWrite}) != 0);
  if (!there) not_modelled("bytes of an argument find no room in the guest's memory");
  const GuestRange range{base + (room - size), base + room};
  SEHLAB_CHECK(process_->machine().memory().raw().write(range.begin, bytes));
  return range;
}

emu::GeneralRegisters Session::enter(GuestAddr function, const LaidOut& arguments) {
  emu::GeneralRegisters registers = process_->machine().registers().general();
  if (!arguments.registers.empty()) registers.ecx = arguments.registers.front();
  if (arguments.registers.size() > 1) registers.edx = arguments.registers.back();
  const auto count = static_cast<std::uint32_t>(arguments.stack.size());
  std::vector<std::uint32_t> words{return_to_.value};
  words.insert(words.end(), arguments.stack.begin(), arguments.stack.end());
  registers.esp -= kWord * (count + 1);
  registers.eip = function.value;
  if (const auto fault =
          process_->memory().write(GuestAddr{registers.esp}, std::as_bytes(std::span(words)))) {
    if (!frames_.empty()) raise(*fault);
    not_modelled("the arguments find no room on the guest's stack");
  }
  process_->machine().registers().set_general(registers);
  frames_.push_back({process_->scheduler().current().id, registers.esp, count, stack_base()});
  return drive();
}

std::uint32_t Session::stack_base() const {
  const GuestAddr teb = process_->scheduler().current().teb;
  return process_->machine()
      .memory()
      .raw()
      .get<std::uint32_t>(teb + offsetof(win32::NtTib, StackBase))
      .value_or(0);
}

/// The thread runs above it on its stack, by more than a return takes off.
bool Session::left(const Frame& frame) const {
  const std::uint32_t esp = process_->machine().registers().general().esp;
  return process_->scheduler().current().id == frame.thread &&
         esp > frame.esp + kWord * (frame.words + 1) && esp <= frame.stack_base;
}

emu::GeneralRegisters Session::drive() {
  const std::size_t depth = frames_.size();
  for (;;) {
    // Here the thread has come to where it stands and has not been asked about it.
    const emu::GeneralRegisters registers = process_->machine().registers().general();
    const GuestAddr eip{registers.eip};
    if (depth > outermost_ && left(frames_.back())) {
      frames_.pop_back();
      throw FrameLeft{};
    }
    const Frame& frame = frames_.back();
    if (eip == return_to_) {
      if (process_->scheduler().current().id != frame.thread) {
        not_modelled("a call of the test's returns while another thread is in a later one");
      }
      if (registers.esp > frame.esp) {
        frames_.pop_back();
        return registers;
      }
    }
    if (!serve()) step();
  }
}

void Session::run_out() {
  for (;;) {
    if (!serve()) step();
  }
}

bool Session::serve() {
  if (!serving_) return false;
  const auto& provided = start_.provided;
  const auto found = provided.find(GuestAddr{process_->machine().registers().general().eip});
  if (found == provided.end()) return false;
  serve(found->second);
  return true;
}

/// Runs to a place that drive() looks at.
void Session::step() {
  for (;;) {
    const auto pause = process_->run_on(limit_);
    if (pause == process::Process::Pause::Ended) throw RunOver{};
    if (process_->machine().retired() >= limit_) throw RunOver{};
    if (pause == process::Process::Pause::There) return;
  }
}

namespace {

/// One more provided function runs as long as it lives.
class Providing {
 public:
  explicit Providing(std::size_t& count) : count_(count) { ++count_; }
  Providing(const Providing&) = delete;
  Providing& operator=(const Providing&) = delete;
  ~Providing() { --count_; }

 private:
  std::size_t& count_;
};

}  // namespace

void Session::not_modelled(std::string what) {
  unmodelled_ = std::move(what);
  throw RunOver{};
}

void Session::serve(const Replacement& replacement) {
  if (provided_functions_ >= kDeepest) {
    not_modelled(fmt::format("provided functions that call back, more than {} one within the other",
                             kDeepest));
  }
  const emu::GeneralRegisters at = process_->machine().registers().general();
  const std::size_t depth = frames_.size();
  Guest guest(*this, GuestAddr{at.esp} + kWord);
  std::uint32_t value = 0, back = 0;
  try {
    const Providing providing(provided_functions_);
    value = replacement.function(guest);
    if (const auto fault = process_->memory().read_object(GuestAddr{at.esp}, back)) raise(*fault);
  } catch (const FrameLeft&) {
    // The guest has left a call that the function made: and with it, perhaps, the function.
    SEHLAB_CHECK(frames_.size() == depth);
    return;
  } catch (const Raised&) {
    return step();
  }
  if (frames_.size() != depth) {
    not_modelled(
        "a provided function goes on after an exception of the test's own has left a call of the "
        "guest's, whose frames nobody unwinds");
  }
  emu::GeneralRegisters registers = at;
  registers.eax = value;
  registers.eip = back;
  registers.esp += kWord * (1 + static_cast<std::uint32_t>(replacement.words));
  process_->machine().registers().set_general(registers);
}

/// ST(0) as Intel's 80-bit format has it (SDM vol. 1, 4.2.2): 63 bits of fraction behind an
/// explicit one, an exponent biased by 16383, a sign.
double Session::st0() const {
  using Fx = emu::FxState;
  const Fx fx = process_->machine().registers().fx();
  if (fx.get<std::uint8_t>(Fx::kFtw) == 0) return 0;
  const auto mantissa = fx.get<std::uint64_t>(Fx::kSt);
  const auto high = fx.get<std::uint16_t>(Fx::kSt + 8);
  const int exponent = high & 0x7fff;
  const double sign = (high & 0x8000) != 0 ? -1.0 : 1.0;
  if (exponent == 0x7fff) {
    return (mantissa << 1) != 0 ? std::nan("") : sign * HUGE_VAL;
  }
  return sign * std::ldexp(static_cast<double>(mantissa), exponent - 16383 - 63);
}

void Session::raise(emu::Fault fault) {
  fault.eip = GuestAddr{process_->machine().registers().general().eip};
  const auto translated = fault::translate(
      fault, process_->memory(), process_->machine().registers(), process_->fault_rules());
  if (const auto* exception = std::get_if<fault::Exception>(&translated)) raise(*exception);
  not_modelled("an access of the test's that is no exception in the guest");
}

void Session::raise(const fault::Exception& exception) {
  process_->inject(exception);
  throw Raised{};
}

}  // namespace sehlab
