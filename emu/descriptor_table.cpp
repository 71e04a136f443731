#include "emu/descriptor_table.hpp"

#include <fmt/format.h>

#include <cstring>

namespace sehlab::emu {
namespace {

// Access bytes (Intel SDM vol. 3, 3.4.5): present, DPL, code or data, readable or writable, and
// "accessed" set beforehand so that the processor never writes the table.
constexpr std::uint8_t kCode0 = 0x9b, kData0 = 0x93, kCode3 = 0xfb, kData3 = 0xf3;
constexpr std::uint8_t kPageGranular32 = 0xc, kByteGranular32 = 0x4;
constexpr std::uint32_t kFlatLimit = 0xfffff;

constexpr std::uint16_t index_of(std::uint16_t selector) {
  return selector >> 3;
}

bool is_ring3_gdt(std::uint16_t selector) {
  return (selector & 7) == 3;
}

}  // namespace

void DescriptorTable::put(std::uint16_t selector, std::uint32_t base, std::uint32_t limit,
                          std::uint8_t access, std::uint8_t flags) {
  const std::uint64_t descriptor = (limit & 0xffffU) | std::uint64_t{base & 0xffffff} << 16 |
                                   std::uint64_t{access} << 40 |
                                   std::uint64_t{limit >> 16 & 0xf} << 48 |
                                   std::uint64_t{flags} << 52 | std::uint64_t{base >> 24} << 56;
  std::memcpy(page_.data() + index_of(selector) * sizeof descriptor, &descriptor,
              sizeof descriptor);
}

Result<> DescriptorTable::install(Engine& engine, const MachineOptions& selectors) {
  const std::uint16_t code = selectors.code_selector, data = selectors.data_selector,
                      teb = selectors.teb_selector;
  for (const std::uint16_t selector : {code, data, teb}) {
    if (!is_ring3_gdt(selector) || selector <= (kBootData | 7) || index_of(selector) >= 512)
      return fail("",
                  fmt::format("selector {:#x} is no ring 3 GDT selector that is free", selector));
  }
  if (code == data || code == teb || data == teb)
    return fail("", "the code, data and TEB selectors must differ");
  page_ = HostPages(kPageSize);
  if (page_.data() == nullptr) return fail("", "the host has no memory for the descriptor table");
  selectors_ = selectors;
  put(kBootCode, 0, kFlatLimit, kCode0, kPageGranular32);
  put(kBootData, 0, kFlatLimit, kData0, kPageGranular32);
  put(code, 0, kFlatLimit, kCode3, kPageGranular32);
  put(data, 0, kFlatLimit, kData3, kPageGranular32);
  set_teb_base(GuestAddr{0});
  // Not accessible to the guest: the engine's reads of descriptors are let through one by one.
  if (!engine.map(kSystemPage, kPageSize, kNoAccess, page_.data()))
    return fail("", "the engine does not map the descriptor table");
  engine.set_descriptor_table(kSystemPage, kPageSize - 1);
  return {};
}

bool DescriptorTable::allows(Reg segment, std::uint16_t selector) const {
  const std::uint16_t ring3 = selector | 3;
  const bool code = ring3 == selectors_.code_selector;
  const bool data = ring3 == selectors_.data_selector || ring3 == selectors_.teb_selector;
  if (segment == Reg::Cs) return code;
  if (segment == Reg::Ss) return data;
  return code || data || (selector & ~3) == 0;  // the null selector
}

void DescriptorTable::set_teb_base(GuestAddr base) {
  teb_base_ = base;
  // One page less one byte, as Windows' TEB descriptor has it (the engine checks no limits).
  put(selectors_.teb_selector, base.value, kPageSize - 1, kData3, kByteGranular32);
}

}  // namespace sehlab::emu
