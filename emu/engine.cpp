// The only source file that includes Unicorn.
#include "emu/engine.hpp"

#include <unicorn/unicorn.h>

#include <array>
#include <map>

#include "emu/check.hpp"
#include "emu/closing_order.hpp"
#include "emu/cpuid.hpp"
#include "emu/edge_counter.hpp"
#include "emu/os/abort_catcher.hpp"

#if defined(__SANITIZE_ADDRESS__)
/// The engine forgets the bitmaps of pages in which code was written over.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() {
  return "leak:tb_invalidate_phys_page_fast\n";
}
#endif

namespace sehlab::emu {
namespace {

constexpr std::array kNumbers{
    UC_X86_REG_EAX,  UC_X86_REG_ECX,  UC_X86_REG_EDX,  UC_X86_REG_EBX,   UC_X86_REG_ESP,
    UC_X86_REG_EBP,  UC_X86_REG_ESI,  UC_X86_REG_EDI,  UC_X86_REG_EIP,   UC_X86_REG_EFLAGS,
    UC_X86_REG_CS,   UC_X86_REG_SS,   UC_X86_REG_DS,   UC_X86_REG_ES,    UC_X86_REG_FS,
    UC_X86_REG_GS,   UC_X86_REG_FPCW, UC_X86_REG_FPSW, UC_X86_REG_FPTAG, UC_X86_REG_FOP,
    UC_X86_REG_FIP,  UC_X86_REG_FCS,  UC_X86_REG_FDP,  UC_X86_REG_FDS,   UC_X86_REG_MXCSR,
    UC_X86_REG_ST0,  UC_X86_REG_ST1,  UC_X86_REG_ST2,  UC_X86_REG_ST3,   UC_X86_REG_ST4,
    UC_X86_REG_ST5,  UC_X86_REG_ST6,  UC_X86_REG_ST7,  UC_X86_REG_XMM0,  UC_X86_REG_XMM1,
    UC_X86_REG_XMM2, UC_X86_REG_XMM3, UC_X86_REG_XMM4, UC_X86_REG_XMM5,  UC_X86_REG_XMM6,
    UC_X86_REG_XMM7, UC_X86_REG_CR0,  UC_X86_REG_CR4};
static_assert(kNumbers.size() == static_cast<std::size_t>(Reg::Cr4) + 1);

int number(Reg reg) {
  return kNumbers[static_cast<std::size_t>(reg)];
}

#if defined(__x86_64__) || defined(__i386__)
constexpr bool kEnginesShareCode = false;
#else
constexpr bool kEnginesShareCode = true;  // emu/closing_order.hpp
#endif

/// Of the whole process, as is what it makes up for; never destroyed, as other threads may be
/// running.
[[maybe_unused]] ClosingOrder& closing_order() {
  static auto& order = *new ClosingOrder([](void* uc) { uc_close(static_cast<uc_engine*>(uc)); });
  return order;
}

void close_engine(uc_engine* uc) {
  if constexpr (kEnginesShareCode) {
    closing_order().done(uc);
  } else {
    uc_close(uc);
  }
}

class UnicornState final : public CpuState {
 public:
  explicit UnicornState(uc_engine* uc) : size_(uc_context_size(uc)) {
    SEHLAB_CHECK(uc_context_alloc(uc, &context_) == UC_ERR_OK);
  }
  ~UnicornState() override { uc_context_free(context_); }
  UnicornState(const UnicornState&) = delete;
  UnicornState& operator=(const UnicornState&) = delete;
  std::span<std::byte> bytes() override { return {reinterpret_cast<std::byte*>(context_), size_}; }
  [[nodiscard]] uc_context* context() const { return context_; }

 private:
  uc_context* context_ = nullptr;
  std::size_t size_;
};

class UnicornEngine final : public Engine {
 public:
  UnicornEngine(const Callbacks& callbacks, bool count_instructions, GuestRange noted_stores,
                EdgeCounter* edges)
      : callbacks_(callbacks),
        count_instructions_(count_instructions),
        noted_stores_(noted_stores),
        edges_(edges) {}
  ~UnicornEngine() override {
    if (uc_ != nullptr) close_engine(uc_);
  }
  uc_err open_engine();

  bool map(GuestAddr base, std::uint32_t size, Protection rights, std::byte* host) override {
    const auto perms = static_cast<std::uint32_t>((rights.read ? UC_PROT_READ : 0) |
                                                  (rights.write ? UC_PROT_WRITE : 0) |
                                                  (rights.execute ? UC_PROT_EXEC : 0));
    if (uc_mem_map_ptr(uc_, base.value, size, perms, host) != UC_ERR_OK) return false;
    mapped_[base.value] = {size, perms, host};
    return true;
  }
  bool unmap(GuestAddr base, std::uint32_t size) override {
    if (uc_mem_unmap(uc_, base.value, size) != UC_ERR_OK) return false;
    mapped_.erase(base.value);
    return true;
  }
  void drop_code(GuestAddr base, std::uint32_t size) override {
    counter_.plain.forget();
    counter_.esp_steady.forget();
    counter_.esp_moving.forget();
    if (edges_ != nullptr) edges_->forget();
    // A page at a time: up to twice as fast as one long range.
    for (std::uint64_t at = base.value; at < std::uint64_t{base.value} + size; at += kPageSize) {
      uc_ctl_remove_cache(uc_, at, at + kPageSize);
    }
  }

  const EngineStop& start(GuestAddr eip) override {
    stop_ = EngineStop{};
    running_ = true;
    block_begins_ = false;
    const bool went = [&] {
      std::shared_lock<std::shared_mutex> running;
      if constexpr (kEnginesShareCode) running = closing_order().while_running();
      return start_guarded(eip);
    }();
    if (!went) {
      first(EngineStop::Cause::Untranslatable);
      replace();
    }
    running_ = false;
    return stop_;
  }
  InstructionCounter& counter() override { return counter_; }
  StoreNote& store_note() override { return store_note_; }

  void read(std::span<const int> registers, void** values) const override {
    uc_reg_read_batch(uc_, const_cast<int*>(registers.data()), values,
                      static_cast<int>(registers.size()));
  }
  bool write(std::span<const int> registers, void* const* values) override {
    return uc_reg_write_batch(uc_, const_cast<int*>(registers.data()), values,
                              static_cast<int>(registers.size())) == UC_ERR_OK;
  }
  std::uint32_t get(Reg reg) const override {
    std::uint64_t value = 0;  // some engines store more than 32 bits
    uc_reg_read(uc_, number(reg), &value);
    return static_cast<std::uint32_t>(value);
  }
  bool set(Reg reg, std::uint32_t value) override {
    const std::uint64_t wide = value;
    return uc_reg_write(uc_, number(reg), &wide) == UC_ERR_OK;
  }
  void set_descriptor_table(GuestAddr base, std::uint32_t limit) override {
    uc_x86_mmr table{};
    table.base = base.value;
    table.limit = limit;
    SEHLAB_CHECK(uc_reg_write(uc_, UC_X86_REG_GDTR, &table) == UC_ERR_OK);
  }

  std::unique_ptr<CpuState> new_state() const override {
    return std::make_unique<UnicornState>(uc_);
  }
  void save(CpuState& into) const override {
    uc_context_save(uc_, static_cast<UnicornState&>(into).context());
  }
  void restore(const CpuState& from) override {
    uc_context_restore(uc_, static_cast<const UnicornState&>(from).context());
  }

 private:
  static UnicornEngine& self(void* user) { return *static_cast<UnicornEngine*>(user); }
  bool start_guarded(GuestAddr eip);
  bool quiet(std::uint64_t address);
  void replace();
  bool first(EngineStop::Cause cause) {
    if (stop_.cause != EngineStop::Cause::None) return false;
    stop_.cause = cause;
    // The engine may still begin the next instruction; that one is not counted.
    counter_.limit = 0;
    return true;
  }
  template <bool kEdges>
  static void on_code(uc_engine*, std::uint64_t address, std::uint32_t size, void* user);
  static void on_block(uc_engine*, std::uint64_t, std::uint32_t, void* user) {
    self(user).block_begins_ = true;
  }
  /// The instruction at `address` is begun, behind the one at `last`.
  void begun(std::uint64_t last, std::uint64_t address) {
    if (!block_begins_) return;
    block_begins_ = false;
    edges_->begun(last, static_cast<std::uint32_t>(address));
  }
  static void on_interrupt(uc_engine*, std::uint32_t vector, void* user);
  static bool on_memory(uc_engine*, uc_mem_type type, std::uint64_t address, int size,
                        std::int64_t value, void* user);
  static bool on_invalid(uc_engine*, void* user);
  static void on_system_call(uc_engine*, void* user);
  static int on_cpuid(uc_engine*, void* user);
  static void on_store(uc_engine*, uc_mem_type type, std::uint64_t address, int size,
                       std::int64_t value, void* user);

  InstructionCounter counter_;
  StoreNote store_note_;
  Callbacks callbacks_;
  struct Mapped {
    std::uint32_t size, perms;
    std::byte* host;
  };
  uc_engine* uc_ = nullptr;
  bool count_instructions_ = true;
  GuestRange noted_stores_;
  EdgeCounter* edges_ = nullptr;
  bool block_begins_ = false;               ///< the next instruction is the first of its block
  std::map<std::uint32_t, Mapped> mapped_;  ///< by base
  EngineStop stop_;
  bool running_ = false;
};

/// False when the engine aborted.
bool UnicornEngine::start_guarded(GuestAddr eip) {
  os::AbortCatcher catcher;
  if (sigsetjmp(catcher.point(), 0) != 0) {
    catcher.caught();
    return false;
  }
  // `until` is not looked at: exits are enabled and the list of them is empty.
  stop_.engine_error = uc_emu_start(uc_, eip.value, 0, 0, 0);
  return true;
}

/// An engine that aborted believes to be running ever after. Its state (which holds no pointers)
/// and its memory go to a fresh one.
void UnicornEngine::replace() {
  uc_engine* broken = uc_;
  const UnicornState state(broken);
  uc_context_save(broken, state.context());
  SEHLAB_CHECK(open_engine() == UC_ERR_OK);
  for (const auto& [base, mapping] : mapped_) {
    SEHLAB_CHECK(uc_mem_map_ptr(uc_, base, mapping.size, mapping.perms, mapping.host) == UC_ERR_OK);
  }
  SEHLAB_CHECK(uc_context_restore(uc_, state.context()) == UC_ERR_OK);
  close_engine(broken);
}

/// Nothing that is watched for has happened before this instruction.
bool UnicornEngine::quiet(std::uint64_t address) {
  if (store_note_.noted || !counter_.known.unchanged()) return false;
  EspWindow& esp = counter_.esp;
  if (esp.moved) {
    const EspWindow before = esp;
    if (esp.look(GuestAddr{get(Reg::Esp)})) {
      esp = before;  // who tells of it looks again
      return false;
    }
  }
  if (counter_.esp_steady.has(address)) return true;
  esp.moved = counter_.esp_moving.has(address);
  return esp.moved;
}

template <bool kEdges>
void UnicornEngine::on_code(uc_engine* uc, std::uint64_t address, std::uint32_t, void* user) {
  UnicornEngine& engine = self(user);
  InstructionCounter& counter = engine.counter_;
  const std::uint64_t last = counter.last;
  if (counter.count < counter.limit && address != last && counter.plain.has(address)) [[likely]] {
    if (!counter.watching || engine.quiet(address)) {
      ++counter.count;
      counter.last = address;
      if constexpr (kEdges) engine.begun(last, address);
      return;
    }
  }
  if (engine.stop_.cause != EngineStop::Cause::None) return;
  if (engine.callbacks_.slow(engine.callbacks_.owner, static_cast<std::uint32_t>(address))) {
    if constexpr (kEdges) engine.begun(last, address);
    return;
  }
  engine.stop_.cause = EngineStop::Cause::Asked;
  uc_emu_stop(uc);
}

void UnicornEngine::on_interrupt(uc_engine* uc, std::uint32_t vector, void* user) {
  if (self(user).first(EngineStop::Cause::Interrupt))
    self(user).stop_.vector = static_cast<std::uint8_t>(vector);
  uc_emu_stop(uc);
}

bool UnicornEngine::on_memory(uc_engine*, uc_mem_type type, std::uint64_t address, int size,
                              std::int64_t, void* user) {
  UnicornEngine& engine = self(user);
  const GuestAddr at{static_cast<std::uint32_t>(address)};
  const bool fetch = type == UC_MEM_FETCH_UNMAPPED || type == UC_MEM_FETCH_PROT;
  const bool write = type == UC_MEM_WRITE_UNMAPPED || type == UC_MEM_WRITE_PROT;
  // The processor reads descriptors through here when a segment register is loaded; the host's
  // own loads come outside a run.
  if (!fetch && !write && at.page() == kSystemPage &&
      (!engine.running_ || engine.callbacks_.system_read(engine.callbacks_.owner, at.value)))
    return true;
  if (engine.stop_.cause != EngineStop::Cause::None) return false;
  GuestAddr refused = at;
  if (write && engine.callbacks_.refused_byte != nullptr) {
    const auto byte = engine.callbacks_.refused_byte(engine.callbacks_.owner, at,
                                                     static_cast<std::uint32_t>(size));
    if (!byte) return true;
    refused = *byte;
  }
  engine.first(EngineStop::Cause::Memory);
  engine.stop_.access = fetch ? Access::Execute : write ? Access::Write : Access::Read;
  engine.stop_.address = refused;
  return false;
}

bool UnicornEngine::on_invalid(uc_engine*, void* user) {
  self(user).first(EngineStop::Cause::InvalidOpcode);
  return false;
}

void UnicornEngine::on_system_call(uc_engine* uc, void* user) {
  self(user).first(EngineStop::Cause::SystemCall);
  uc_emu_stop(uc);
}

/// Not zero: the engine's own answer is not wanted.
int UnicornEngine::on_cpuid(uc_engine*, void* user) {
  UnicornEngine& engine = self(user);
  const CpuidAnswer answer = cpuid(engine.get(Reg::Eax));
  engine.set(Reg::Eax, answer.eax);
  engine.set(Reg::Ebx, answer.ebx);
  engine.set(Reg::Ecx, answer.ecx);
  engine.set(Reg::Edx, answer.edx);
  return 1;
}

template <typename Function>
uc_err add_hook(uc_engine* uc, int type, Function* function, void* user) {
  uc_hook handle = 0;
  return uc_hook_add(uc, &handle, type, reinterpret_cast<void*>(function), user, 1, 0);
}

template <typename Function>
uc_err add_instruction_hook(uc_engine* uc, int instruction, Function* function, void* user) {
  uc_hook handle = 0;
  return uc_hook_add(uc, &handle, UC_HOOK_INSN, reinterpret_cast<void*>(function), user, 1, 0,
                     instruction);
}

void UnicornEngine::on_store(uc_engine*, uc_mem_type, std::uint64_t address, int size, std::int64_t,
                             void* user) {
  self(user).store_note_ = {true, GuestAddr{static_cast<std::uint32_t>(address)},
                            static_cast<std::uint32_t>(size)};
}

uc_err UnicornEngine::open_engine() {
  uc_err error = UC_ERR_OK;
  const auto then = [&error](auto&& step) {
    if (error == UC_ERR_OK) error = step();
  };
  const auto begin = [&] {
    uc_ = nullptr;
    then([&] { return uc_open(UC_ARCH_X86, UC_MODE_32, &uc_); });
    // Otherwise `until` 0 would end a run silently where the guest calls NULL.
    then([&] { return uc_ctl_exits_enable(uc_); });
    // uc_open and the call above put off making the engine's own code; this one needs it.
    std::size_t exits = 0;
    then([&] { return uc_ctl_get_exits_cnt(uc_, &exits); });
    return uc_;
  };
  if constexpr (kEnginesShareCode) {
    closing_order().opened(begin);
  } else {
    begin();
  }
  // Before anything is translated: cached translations do not see hooks added later.
  if (count_instructions_) {
    const auto counting = edges_ != nullptr ? on_code<true> : on_code<false>;
    then([&] { return add_hook(uc_, UC_HOOK_CODE, counting, this); });
  }
  if (edges_ != nullptr) then([&] { return add_hook(uc_, UC_HOOK_BLOCK, on_block, this); });
  if (noted_stores_.size() != 0) {
    then([&] {
      uc_hook handle = 0;
      return uc_hook_add(uc_, &handle, UC_HOOK_MEM_WRITE, reinterpret_cast<void*>(on_store), this,
                         noted_stores_.begin.value, std::uint64_t{noted_stores_.end.value} - 1);
    });
  }
  then([&] { return add_hook(uc_, UC_HOOK_INTR, on_interrupt, this); });
  then([&] { return add_hook(uc_, UC_HOOK_MEM_INVALID, on_memory, this); });
  then([&] { return add_hook(uc_, UC_HOOK_INSN_INVALID, on_invalid, this); });
  then([&] { return add_instruction_hook(uc_, UC_X86_INS_SYSENTER, on_system_call, this); });
  then([&] { return add_instruction_hook(uc_, UC_X86_INS_SYSCALL, on_system_call, this); });
  then([&] { return add_instruction_hook(uc_, UC_X86_INS_CPUID, on_cpuid, this); });
  return error;
}

}  // namespace

Result<std::unique_ptr<Engine>> Engine::open(const Callbacks& callbacks, bool count_instructions,
                                             GuestRange noted_stores, EdgeCounter* edges) {
  os::AbortCatcher::install();
  auto engine = std::make_unique<UnicornEngine>(callbacks, count_instructions, noted_stores, edges);
  const uc_err error = engine->open_engine();
  if (error != UC_ERR_OK) return fail("", std::string("opening the engine: ") + uc_strerror(error));
  return engine;
}

std::string Engine::version() {
  const unsigned version = uc_version(nullptr, nullptr);
  return "unicorn " + std::to_string(version >> 24) + "." + std::to_string(version >> 16 & 0xff) +
         "." + std::to_string(version >> 8 & 0xff);
}

std::vector<int> Engine::numbers(std::span<const Reg> registers) {
  std::vector<int> result;
  for (const Reg reg : registers) result.push_back(number(reg));
  return result;
}

}  // namespace sehlab::emu
