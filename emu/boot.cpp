#include "emu/boot.hpp"

#include <array>
#include <cstring>

#include "emu/check.hpp"

namespace sehlab::emu {
namespace {

// CR0: protected mode, 387 present, MP and NE, so that an unmasked x87 error is #MF.
// CR4: SSE on, and RDTSC refused at ring 3: the machine answers it from its own clock.
constexpr std::uint32_t kCr0 = 0x33, kCr4 = 0x604;
constexpr GuestAddr kRing0 = BootPage::kBase, kRing3 = BootPage::kBase + 0x10;
constexpr std::uint8_t kIretd = 0xcf;

constexpr std::uint8_t low(std::uint16_t value) {
  return static_cast<std::uint8_t>(value);
}

std::array<std::uint8_t, 21> ring3_code(const MachineOptions& options) {
  return {
      0xb8, low(options.data_selector),
      0,    0,
      0,           // mov eax, data
      0x8e, 0xd8,  // mov ds, eax
      0x8e, 0xc0,  // mov es, eax
      0x8e, 0xe8,  // mov gs, eax
      0xb8, low(options.teb_selector),
      0,    0,
      0,           // mov eax, teb
      0x8e, 0xe0,  // mov fs, eax
      0x31, 0xc0,  // xor eax, eax
      0xcc,        // int3
  };
}

}  // namespace

BootPage::~BootPage() {
  if (page_.data() == nullptr) return;
  engine_.drop_code(kBase, kPageSize);
  SEHLAB_CHECK(engine_.unmap(kBase, kPageSize));
}

Result<> BootPage::map() {
  HostPages page(kPageSize);
  if (page.data() == nullptr) return fail("", "the host has no memory for the boot page");
  if (!engine_.map(kBase, kPageSize, kReadWriteExecute, page.data()))
    return fail("", "the engine does not map the boot page");
  page_ = std::move(page);
  return {};
}

void BootPage::put(GuestAddr at, std::span<const std::uint8_t> bytes) {
  SEHLAB_CHECK(at.page() == kBase && at.value % kPageSize + bytes.size() <= kPageSize);
  std::memcpy(page_.data() + at.value % kPageSize, bytes.data(), bytes.size());
}

const EngineStop& BootPage::run(GuestAddr eip) {
  control_.begin(eip, UINT64_MAX);
  return engine_.start(eip);
}

Result<> enter_ring3(Engine& engine, BootPage& page, const MachineOptions& options) {
  bool set = engine.set(Reg::Cr0, kCr0) && engine.set(Reg::Cr4, kCr4) &&
             engine.set(Reg::Cs, DescriptorTable::kBootCode) &&
             engine.set(Reg::Ss, DescriptorTable::kBootData) &&
             engine.set(Reg::Ds, DescriptorTable::kBootData) &&
             engine.set(Reg::Es, DescriptorTable::kBootData);
  const std::array<std::uint32_t, 5> frame{kRing3.value, options.code_selector, 0x202,
                                           BootPage::kStackTop.value, options.data_selector};
  const GuestAddr esp = BootPage::kStackTop - sizeof frame;
  std::array<std::uint8_t, sizeof frame> frame_bytes{};
  std::memcpy(frame_bytes.data(), frame.data(), sizeof frame);
  page.put(esp, frame_bytes);
  page.put(kRing0, {&kIretd, 1});
  const auto code = ring3_code(options);
  page.put(kRing3, code);
  set = set && engine.set(Reg::Esp, esp.value);
  if (!set) return fail("", "entering ring 3: the engine refuses a control or segment register");
  const EngineStop& stop = page.run(kRing0);
  if (stop.cause != EngineStop::Cause::Interrupt || stop.vector != 3 ||
      engine.get(Reg::Eip) != (kRing3 + code.size()).value)
    return fail("", "entering ring 3: the boot code did not run to its end");
  return {};
}

}  // namespace sehlab::emu
