// ThreadRig: a thread without a processor. Guest code at an address is a C++ function that edits
// memory and registers and sends EIP elsewhere; gates are served by the steps of host/seh, as the
// process does. So a whole dispatch runs, handler by handler, and can be looked into at any point.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "emu/registers.hpp"
#include "host/seh/delivery.hpp"
#include "host/seh/outcome.hpp"
#include "host/seh/system.hpp"
#include "host/trace/event.hpp"
#include "host/win32/context.hpp"
#include "host/win32/exception_record.hpp"
#include "host/win32/exception_registration.hpp"
#include "host/win32/teb.hpp"
#include "sparse_memory.hpp"

namespace sehlab::seh::testing {

// Where things are.
inline constexpr GuestAddr kTeb{0x7ffde000};
inline constexpr GuestAddr kStackLimit{0x00120000}, kStackBase{0x00130000};
inline constexpr GuestAddr kHeapStack{0x00800000}, kHeapStackEnd{0x00810000};
inline constexpr GuestAddr kProgram{0x00400000}, kProgramEnd{0x00410000};
inline constexpr GuestAddr kNtdll{0x77000000}, kNtdllEnd{0x77010000};
inline constexpr GuestAddr kPlugin{0x10000000}, kPluginEnd{0x10010000};  ///< an image to vary
inline constexpr GuestAddr kFaultingCode{0x00401000};
inline constexpr GuestAddr kEsp{0x0012f000};  ///< ESP at the start, on the thread's stack

class FakeRegisters final : public emu::Registers {
 public:
  [[nodiscard]] emu::GeneralRegisters general() const override { return general_; }
  bool set_general(const emu::GeneralRegisters& values) override;
  [[nodiscard]] emu::FxState fx() const override { return fx_; }
  void set_fx(const emu::FxState& state) override { fx_ = state; }
  [[nodiscard]] emu::DebugRegisters debug() const override { return debug_; }
  void set_debug(const emu::DebugRegisters& values) override { debug_ = values; }
  [[nodiscard]] GuestAddr fs_base() const override { return kTeb; }

 private:
  emu::GeneralRegisters general_;
  emu::FxState fx_;
  emu::DebugRegisters debug_;
};

class FakeSystem final : public System {
 public:
  FakeSystem();
  [[nodiscard]] bool executable(GuestAddr address) const override;
  [[nodiscard]] std::optional<ImageFacts> image_at(GuestAddr address) const override;
  [[nodiscard]] const NtdllAddresses& ntdll() const override { return addresses; }
  [[nodiscard]] const Profile& profile() const override { return rules; }
  [[nodiscard]] std::uint32_t execute_flags() const override { return flags; }

  struct Image {
    GuestRange range;
    ImageFacts facts;
  };
  NtdllAddresses addresses;
  Profile rules;
  std::uint32_t flags = 0x32;  ///< DEP off, both dispatch bits: a program that is not NX compatible
  std::vector<Image> images;
  std::vector<GuestRange> code;  ///< executable pages
};

class RecordingSink final : public trace::Sink {
 public:
  void emit(trace::Payload payload) override { events.push_back(std::move(payload)); }
  std::vector<trace::Payload> events;

  template <typename T>
  std::vector<T> all() const {
    std::vector<T> found;
    for (const auto& event : events) {
      if (const auto* one = std::get_if<T>(&event)) found.push_back(*one);
    }
    return found;
  }
};

/// How a run ended.
struct Arrived {
  GuestAddr at;  ///< EIP is where the test has no code
};
struct TooManySteps {};
using RunEnd = std::variant<Arrived, SecondChance, Unmodelled, TooManySteps>;

class ThreadRig {
 public:
  explicit ThreadRig(std::string_view profile = "windows-10-native");

  using Code = std::function<void(ThreadRig&)>;
  /// Guest code at `at`: runs when EIP arrives there, and must move EIP.
  void code(GuestAddr at, Code what) { code_[at] = std::move(what); }
  /// A cdecl frame handler that returns what `what` returns.
  void handler(GuestAddr at, std::function<std::uint32_t(ThreadRig&)> what);
  void handler(GuestAddr at, std::uint32_t disposition);

  /// Links a record {fs:[0], handler} at `at`.
  void link(GuestAddr at, GuestAddr handler);
  [[nodiscard]] GuestAddr head() const { return GuestAddr{memory.word(kTeb)}; }
  void set_head(GuestAddr record) { memory.put(kTeb, record.value); }

  /// The processor faults at EIP, and the thread runs until it arrives somewhere.
  RunEnd fault(std::uint32_t code, std::vector<std::uint32_t> parameters = {});
  RunEnd raise(const RaisedException& raised);
  /// `call gate(arguments)` from EIP; returns to `back`, which the run arrives at or has code.
  RunEnd call(GuestAddr gate, std::vector<std::uint32_t> arguments, GuestAddr back);
  RunEnd run(Outcome outcome);

  // For code and handlers: the stack and the return.
  [[nodiscard]] std::uint32_t argument(unsigned index) const;  ///< above the return address
  void push(std::uint32_t value);
  void enter_call(GuestAddr gate, const std::vector<std::uint32_t>& arguments, GuestAddr back);
  void ret(std::uint32_t eax, std::uint32_t bytes = 0);
  void jump(GuestAddr to);

  // For handlers: their arguments' objects.
  [[nodiscard]] GuestAddr record_at() const { return GuestAddr{argument(0)}; }
  [[nodiscard]] GuestAddr frame_at() const { return GuestAddr{argument(1)}; }
  [[nodiscard]] GuestAddr context_at() const { return GuestAddr{argument(2)}; }
  [[nodiscard]] std::uint32_t record_flags() const { return memory.word(record_at() + 4); }
  [[nodiscard]] std::uint32_t record_code() const { return memory.word(record_at()); }
  [[nodiscard]] win32::Context context() const { return memory.get<win32::Context>(context_at()); }
  void set_context(const win32::Context& value) { memory.put(context_at(), value); }

  [[nodiscard]] Cpu cpu() { return {memory, registers, system, trace ? &sink : nullptr}; }
  [[nodiscard]] emu::GeneralRegisters general() const { return registers.general(); }
  void set_general(const emu::GeneralRegisters& values);

  SparseMemory memory;
  FakeRegisters registers;
  FakeSystem system;
  RecordingSink sink;
  bool trace = true;
  std::uint32_t memory_faults = 0;  ///< faults in the guest's name, met by a step
  std::uint32_t steps = 0;
  std::uint32_t most_steps = 10000;

 private:
  [[nodiscard]] Outcome serve(GuestAddr gate);
  std::map<GuestAddr, Code> code_;
};

// Gates by name.
inline constexpr GuestAddr kKiUserExceptionDispatcher{0x77001000}, kHandlerReturned{0x77001010},
    kExceptionProtector{0x77001020}, kUnwindProtector{0x77001030},
    kFinalExceptionHandler{0x77001040}, kRtlRaiseException{0x77001050}, kRtlRaiseStatus{0x77001060},
    kRtlUnwind{0x77001070}, kNtRaiseException{0x77001080}, kNtContinue{0x77001090},
    kVectoredHandlerReturned{0x770010a0}, kInsertVectored{0x770010b0}, kRemoveVectored{0x770010c0},
    kRtlCaptureContext{0x770010d0};
/// ntdll's lists of vectored handlers, and room behind them for entries.
inline constexpr GuestAddr kVectoredLists{0x77008000}, kVectoredRoom{0x77008100};

/// Where the run arrived; fails the test if it ended otherwise.
GuestAddr arrived(const RunEnd& end);
SecondChance died(const RunEnd& end);
std::string refused_by_lab(const RunEnd& end);

}  // namespace sehlab::seh::testing
