#include "tests/bench/bare_engine.hpp"

#include <unicorn/unicorn.h>

#include <array>
#include <cstddef>
#include <cstring>
#include <span>
#include <vector>

#include "host/win32/context.hpp"
#include "host/win32/exception_record.hpp"
#include "host/win32/exception_registration.hpp"
#include "host/win32/status.hpp"

namespace sehlab::bench {
namespace {

constexpr std::uint32_t kBase = 0x400000, kSize = 0x10000;
constexpr std::uint32_t kTeb = kBase, kStackEnd = kBase + 0x8000, kCode = kBase + 0x9000;
constexpr std::uint32_t kHandler = kCode + 0x20, kReturned = kCode + 0x40, kDone = kCode + 0x60;
constexpr std::uint32_t kCompute = kCode + 0x80, kData = kBase + 0x4000;
constexpr std::uint32_t kLoopStart = kCode;

// xor eax, eax; mov eax, [eax]; dec esi; jnz start; jmp done
constexpr std::array<std::uint8_t, 9> kLoop{0x31, 0xc0, 0x8b, 0x00, 0x4e, 0x75, 0xf9, 0xeb, 0x57};
// mov eax, [ebx]; imul eax, esi; add eax, ecx; mov [ebx+4], eax; dec esi; jnz start; int 2b
constexpr std::array<std::uint8_t, 15> kMultiply{0x8b, 0x03, 0x0f, 0xaf, 0xc6, 0x01, 0xc8, 0x89,
                                                 0x43, 0x04, 0x4e, 0x75, 0xf3, 0xcd, 0x2b};
// mov ecx, [esp+12]; add dword ptr [ecx+0xb8], 2; xor eax, eax; ret
constexpr std::array<std::uint8_t, 14> kStepOver{0x8b, 0x4c, 0x24, 0x0c, 0x83, 0x81, 0xb8,
                                                 0,    0,    0,    2,    0x31, 0xc0, 0xc3};
constexpr std::array<std::uint8_t, 2> kGate{0xcd, 0x2b};  // int 2b

/// What a dispatch lays below ESP, from the handler's return address up.
struct Frame {
  std::uint32_t return_address, record_at, frame_at, context_at, dispatcher;
  win32::ProtectingRegistration registration;
  std::uint32_t dispatcher_word;
  win32::ExceptionRecord record;
  win32::Context context;
};

struct Registers {
  std::uint32_t eax, ecx, edx, ebx, esp, ebp, esi, edi, eip, eflags;
};

class Bare final : public BareEngine {
 public:
  ~Bare() override {
    if (uc_ != nullptr) uc_close(uc_);
  }
  bool prepare();
  bool dispatch(std::uint32_t faults, Context context) override;
  std::uint64_t compute(std::uint32_t rounds) override;

 private:
  enum class Stop : std::uint8_t { None, Fault, Gate };
  static void on_code(uc_engine*, std::uint64_t, std::uint32_t, void* user) {
    ++static_cast<Bare*>(user)->count_;
  }
  static bool on_memory(uc_engine*, uc_mem_type, std::uint64_t address, int, std::int64_t,
                        void* user) {
    auto& bare = *static_cast<Bare*>(user);
    bare.stop_ = Stop::Fault;
    bare.address_ = static_cast<std::uint32_t>(address);
    return false;
  }
  static void on_interrupt(uc_engine* uc, std::uint32_t, void* user) {
    static_cast<Bare*>(user)->stop_ = Stop::Gate;
    uc_emu_stop(uc);
  }
  template <typename Callback>
  bool hook(int type, Callback callback) {
    uc_hook handle = 0;
    return uc_hook_add(uc_, &handle, type, reinterpret_cast<void*>(callback), this, 1, 0) ==
           UC_ERR_OK;
  }
  void run(std::uint32_t eip) {
    stop_ = Stop::None;
    uc_emu_start(uc_, eip, 0, 0, 0);
  }
  template <typename T>
  T load(std::uint32_t at) const {
    T value;
    std::memcpy(&value, memory_.data() + (at - kBase), sizeof value);
    return value;
  }
  template <typename T>
  void store(std::uint32_t at, const T& value) {
    std::memcpy(memory_.data() + (at - kBase), &value, sizeof value);
  }
  Registers registers();
  void set(const Registers& r);
  void call_handler();
  void resume();

  struct alignas(4096) Page {
    std::array<std::byte, 4096> bytes;
  };
  std::vector<Page> pages_{kSize / sizeof(Page)};
  std::span<std::byte> memory_{pages_.front().bytes.data(), kSize};
  uc_engine* uc_ = nullptr;
  Stop stop_ = Stop::None;
  std::uint32_t address_ = 0;
  std::uint64_t count_ = 0;
  bool whole_ = false;
};

// The x87 and SSE registers that a context holds, in the order of its FXSAVE image.
constexpr auto kExtended = std::to_array<int>(
    {UC_X86_REG_FPCW, UC_X86_REG_FPSW, UC_X86_REG_FPTAG, UC_X86_REG_FOP,   UC_X86_REG_FIP,
     UC_X86_REG_FCS,  UC_X86_REG_FDP,  UC_X86_REG_FDS,   UC_X86_REG_MXCSR, UC_X86_REG_ST0,
     UC_X86_REG_ST1,  UC_X86_REG_ST2,  UC_X86_REG_ST3,   UC_X86_REG_ST4,   UC_X86_REG_ST5,
     UC_X86_REG_ST6,  UC_X86_REG_ST7,  UC_X86_REG_XMM0,  UC_X86_REG_XMM1,  UC_X86_REG_XMM2,
     UC_X86_REG_XMM3, UC_X86_REG_XMM4, UC_X86_REG_XMM5,  UC_X86_REG_XMM6,  UC_X86_REG_XMM7});

/// 16 bytes a register: the work counts here, not the layout.
std::array<void*, kExtended.size()> pointers(win32::Context& context) {
  std::array<void*, kExtended.size()> values{};
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = context.ExtendedRegisters.data() + 16 * i;
  }
  return values;
}

constexpr std::array<int, 10> kRegisters{
    UC_X86_REG_EAX, UC_X86_REG_ECX, UC_X86_REG_EDX, UC_X86_REG_EBX, UC_X86_REG_ESP,
    UC_X86_REG_EBP, UC_X86_REG_ESI, UC_X86_REG_EDI, UC_X86_REG_EIP, UC_X86_REG_EFLAGS};

std::array<void*, 10> pointers(Registers& r) {
  return {&r.eax, &r.ecx, &r.edx, &r.ebx, &r.esp, &r.ebp, &r.esi, &r.edi, &r.eip, &r.eflags};
}

Registers Bare::registers() {
  Registers r{};
  uc_reg_read_batch(uc_, const_cast<int*>(kRegisters.data()), pointers(r).data(), 10);
  return r;
}

void Bare::set(const Registers& values) {
  Registers r = values;
  uc_reg_write_batch(uc_, const_cast<int*>(kRegisters.data()), pointers(r).data(), 10);
}

bool Bare::prepare() {
  if (uc_open(UC_ARCH_X86, UC_MODE_32, &uc_) != UC_ERR_OK) return false;
  store(kLoopStart, kLoop);
  store(kHandler, kStepOver);
  store(kCompute, kMultiply);
  store(kReturned, kGate);
  store(kDone, kGate);
  return uc_ctl_exits_enable(uc_) == UC_ERR_OK && hook(UC_HOOK_CODE, on_code) &&
         hook(UC_HOOK_MEM_INVALID, on_memory) && hook(UC_HOOK_INTR, on_interrupt) &&
         uc_mem_map_ptr(uc_, kBase, kSize, UC_PROT_ALL, memory_.data()) == UC_ERR_OK;
}

void Bare::call_handler() {
  Registers r = registers();
  Frame frame{};
  const std::uint32_t at = r.esp - static_cast<std::uint32_t>(sizeof(Frame));
  const auto head = load<std::uint32_t>(kTeb);
  const auto record = load<win32::ExceptionRegistrationRecord>(head);
  frame.return_address = kReturned;
  frame.record_at = at + offsetof(Frame, record);
  frame.frame_at = head;
  frame.context_at = at + offsetof(Frame, context);
  frame.dispatcher = at + offsetof(Frame, dispatcher_word);
  frame.registration = {head, kReturned, head, r.ebp};
  frame.record.ExceptionCode = win32::STATUS_ACCESS_VIOLATION;
  frame.record.ExceptionAddress = r.eip;
  frame.record.NumberParameters = 2;
  frame.record.ExceptionInformation[1] = address_;
  win32::Context& context = frame.context;
  context.ContextFlags = win32::CONTEXT_FULL;
  context.Eax = r.eax;
  context.Ecx = r.ecx;
  context.Edx = r.edx;
  context.Ebx = r.ebx;
  context.Esp = r.esp;
  context.Ebp = r.ebp;
  context.Esi = r.esi;
  context.Edi = r.edi;
  context.Eip = r.eip;
  context.EFlags = r.eflags;
  if (whole_) {
    uc_reg_read_batch(uc_, const_cast<int*>(kExtended.data()), pointers(context).data(),
                      static_cast<int>(kExtended.size()));
  }
  store(at, frame);
  store(kTeb, at + static_cast<std::uint32_t>(offsetof(Frame, registration)));
  r.esp = at;
  r.ecx = r.eip = record.Handler;
  set(r);
  run(record.Handler);
}

void Bare::resume() {
  const auto guard = load<std::uint32_t>(kTeb);
  const std::uint32_t at = guard - static_cast<std::uint32_t>(offsetof(Frame, registration));
  store(kTeb, load<std::uint32_t>(guard));
  auto context = load<win32::Context>(at + static_cast<std::uint32_t>(offsetof(Frame, context)));
  set({context.Eax, context.Ecx, context.Edx, context.Ebx, context.Esp, context.Ebp, context.Esi,
       context.Edi, context.Eip, context.EFlags});
  if (whole_) {
    uc_reg_write_batch(uc_, const_cast<int*>(kExtended.data()), pointers(context).data(),
                       static_cast<int>(kExtended.size()));
  }
  run(context.Eip);
}

bool Bare::dispatch(std::uint32_t faults, Context context) {
  whole_ = context == Context::Whole;
  constexpr std::uint32_t kRecord = kStackEnd - 8;
  store(kRecord, win32::ExceptionRegistrationRecord{0xffffffff, kHandler});
  store(kTeb, kRecord);
  Registers r{};
  r.esp = kRecord;
  r.esi = faults;
  r.eflags = 2;
  set(r);
  run(kLoopStart);
  for (std::uint32_t i = 0; i < faults; ++i) {
    if (stop_ != Stop::Fault) return false;
    call_handler();
    if (stop_ != Stop::Gate) return false;
    resume();
  }
  return stop_ == Stop::Gate && registers().esi == 0;
}

std::uint64_t Bare::compute(std::uint32_t rounds) {
  Registers r{};
  r.ebx = kData;
  r.esi = rounds;
  r.eflags = 2;
  set(r);
  count_ = 0;
  run(kCompute);
  return stop_ == Stop::Gate && registers().esi == 0 ? count_ : 0;
}

}  // namespace

std::unique_ptr<BareEngine> BareEngine::open() {
  auto bare = std::make_unique<Bare>();
  if (!bare->prepare()) return nullptr;
  return bare;
}

}  // namespace sehlab::bench
