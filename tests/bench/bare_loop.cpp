#include "tests/bench/bare_loop.hpp"

#include <unicorn/unicorn.h>

#include <array>
#include <cstring>

#include "host/win32/context.hpp"
#include "host/win32/exception_record.hpp"
#include "host/win32/exception_registration.hpp"
#include "host/win32/status.hpp"

namespace sehlab::bench {
namespace {

constexpr std::uint32_t kFsBaseMsr = 0xc0000100;

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
constexpr std::array<int, 10> kRegisters{
    UC_X86_REG_EAX, UC_X86_REG_ECX, UC_X86_REG_EDX, UC_X86_REG_EBX, UC_X86_REG_ESP,
    UC_X86_REG_EBP, UC_X86_REG_ESI, UC_X86_REG_EDI, UC_X86_REG_EIP, UC_X86_REG_EFLAGS};
std::array<void*, 10> pointers(Registers& r) {
  return {&r.eax, &r.ecx, &r.edx, &r.ebx, &r.esp, &r.ebp, &r.esi, &r.edi, &r.eip, &r.eflags};
}

struct alignas(kPageSize) Page {
  std::array<std::byte, kPageSize> bytes;
};

class Bare final : public BareLoop {
 public:
  explicit Bare(const BareProgram& program) : program_(program) {}
  ~Bare() override {
    if (uc_ != nullptr) uc_close(uc_);
  }
  bool prepare();
  Run run(std::span<const std::byte> input) override;

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
  std::byte* host(std::uint32_t at) {
    for (std::size_t i = 0; i < memory_.size(); ++i) {
      const std::uint32_t into = at - program_.regions[i].base.value;
      if (into < program_.regions[i].bytes.size()) return memory_[i].front().bytes.data() + into;
    }
    return nullptr;
  }
  template <typename T>
  T load(std::uint32_t at) {
    T value;
    std::memcpy(&value, host(at), sizeof value);
    return value;
  }
  template <typename T>
  void store(std::uint32_t at, const T& value) {
    std::memcpy(host(at), &value, sizeof value);
  }
  void start(std::uint32_t eip) {
    stop_ = Stop::None;
    uc_emu_start(uc_, eip, 0, 0, 0);
  }
  void call_handler();
  void resume();

  const BareProgram& program_;
  std::vector<std::vector<Page>> memory_;  ///< a region each
  struct Reset {
    std::byte* page;
    std::array<std::byte, kPageSize> bytes;
  };
  std::vector<Reset> resets_;
  uc_engine* uc_ = nullptr;
  uc_context* start_ = nullptr;
  Stop stop_ = Stop::None;
  std::uint32_t address_ = 0;
  std::uint64_t count_ = 0;
};

bool Bare::prepare() {
  if (uc_open(UC_ARCH_X86, UC_MODE_32, &uc_) != UC_ERR_OK) return false;
  for (const auto& region : program_.regions) {
    memory_.emplace_back(region.bytes.size() / kPageSize);
    std::memcpy(memory_.back().front().bytes.data(), region.bytes.data(), region.bytes.size());
    if (uc_mem_map_ptr(uc_, region.base.value, region.bytes.size(), UC_PROT_ALL,
                       memory_.back().data()) != UC_ERR_OK)
      return false;
  }
  for (const GuestAddr page : program_.written) {
    Reset& reset = resets_.emplace_back();
    reset.page = host(page.value);
    std::memcpy(reset.bytes.data(), reset.page, kPageSize);
  }
  if (uc_ctl_exits_enable(uc_) != UC_ERR_OK || !hook(UC_HOOK_CODE, on_code) ||
      !hook(UC_HOOK_MEM_INVALID, on_memory) || !hook(UC_HOOK_INTR, on_interrupt))
    return false;
  uc_x86_msr fs{kFsBaseMsr, program_.teb.value};
  const emu::GeneralRegisters& g = program_.registers;
  Registers r{g.eax, g.ecx, g.edx, g.ebx, g.esp, g.ebp, g.esi, g.edi, g.eip, 2};
  return uc_reg_write(uc_, UC_X86_REG_MSR, &fs) == UC_ERR_OK &&
         uc_reg_write_batch(uc_, const_cast<int*>(kRegisters.data()), pointers(r).data(), 10) ==
             UC_ERR_OK &&
         uc_context_alloc(uc_, &start_) == UC_ERR_OK && uc_context_save(uc_, start_) == UC_ERR_OK;
}

void Bare::call_handler() {
  Registers r{};
  uc_reg_read_batch(uc_, const_cast<int*>(kRegisters.data()), pointers(r).data(), 10);
  Frame frame{};
  const std::uint32_t at = r.esp - static_cast<std::uint32_t>(sizeof(Frame));
  const auto head = load<std::uint32_t>(program_.teb.value);
  const auto record = load<win32::ExceptionRegistrationRecord>(head);
  frame.return_address = program_.handler_return.value;
  frame.record_at = at + offsetof(Frame, record);
  frame.frame_at = head;
  frame.context_at = at + offsetof(Frame, context);
  frame.dispatcher = at + offsetof(Frame, dispatcher_word);
  frame.registration = {head, program_.handler_returned.value, head, r.ebp};
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
  store(at, frame);
  store(program_.teb.value, at + static_cast<std::uint32_t>(offsetof(Frame, registration)));
  r.esp = at;
  r.ecx = r.eip = record.Handler;
  uc_reg_write_batch(uc_, const_cast<int*>(kRegisters.data()), pointers(r).data(), 10);
  start(record.Handler);
}

void Bare::resume() {
  const auto guard = load<std::uint32_t>(program_.teb.value);
  const std::uint32_t at = guard - static_cast<std::uint32_t>(offsetof(Frame, registration));
  store(program_.teb.value, load<std::uint32_t>(guard));
  const auto context =
      load<win32::Context>(at + static_cast<std::uint32_t>(offsetof(Frame, context)));
  Registers r{context.Eax, context.Ecx, context.Edx, context.Ebx, context.Esp,
              context.Ebp, context.Esi, context.Edi, context.Eip, context.EFlags};
  uc_reg_write_batch(uc_, const_cast<int*>(kRegisters.data()), pointers(r).data(), 10);
  start(context.Eip);
}

BareLoop::Run Bare::run(std::span<const std::byte> input) {
  uc_context_restore(uc_, start_);
  for (const Reset& reset : resets_) {
    std::memcpy(reset.page, reset.bytes.data(), kPageSize);
  }
  store(program_.input.value, static_cast<std::uint32_t>(input.size()));
  std::memcpy(host(program_.input.value + 4), input.data(), input.size());
  count_ = 0;
  Run run;
  for (start(program_.registers.eip);;) {
    if (stop_ == Stop::Fault) {
      ++run.faults;
      call_handler();
    } else {
      std::uint32_t eip = 0;
      uc_reg_read(uc_, UC_X86_REG_EIP, &eip);
      if (eip != program_.handler_returned.value + 2) break;
      resume();
    }
  }
  run.instructions = count_;
  return run;
}

}  // namespace

std::unique_ptr<BareLoop> BareLoop::open(const BareProgram& program) {
  auto bare = std::make_unique<Bare>(program);
  if (!bare->prepare()) return nullptr;
  return bare;
}

}  // namespace sehlab::bench
