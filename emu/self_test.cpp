#include "emu/self_test.hpp"

#include <array>
#include <initializer_list>

#include "emu/host_pages.hpp"

namespace sehlab::emu {
namespace {

constexpr GuestAddr kCode = BootPage::kBase + 0x40;

/// A page with two blocks, the second reached by a jump, whose load from unmapped memory must be
/// reported with its own address and flags each time (facts: the chained-block proof).
bool precise_without_hook() {
  const auto engine = Engine::open({}, false);
  HostPages page(kPageSize);
  constexpr GuestAddr kBase{0x400000};
  constexpr std::array<std::uint8_t, 16> kBlocks{0x31, 0xc9,        // xor ecx, ecx
                                                 0xeb, 0x00,        // jmp next
                                                 0x83, 0xe9, 0x01,  // sub ecx, 1: CF, SF, AF and PF
                                                 0x8b, 0x15, 0,    0, 0, 0,  // mov edx, [0]
                                                 0x41, 0x41, 0x41};          // inc ecx
  constexpr GuestAddr kLoad = kBase + 7;
  constexpr std::uint32_t kArithmetic = 0x8d5, kExpected = 0x95;
  if (!engine || page.data() == nullptr) return false;
  for (std::size_t i = 0; i < kBlocks.size(); ++i) page.data()[i] = std::byte{kBlocks[i]};
  if (!(*engine)->map(kBase, kPageSize, kReadExecute, page.data())) return false;
  for (int round = 0; round < 3; ++round) {
    const EngineStop& stop = (*engine)->start(kBase);
    if (stop.cause != EngineStop::Cause::Memory || (*engine)->get(Reg::Eip) != kLoad.value ||
        ((*engine)->get(Reg::Eflags) & kArithmetic) != kExpected)
      return false;
  }
  return true;
}

class Probes {
 public:
  Probes(Engine& engine, BootPage& page, RegisterFile& registers, PendingException& pending)
      : engine_(engine), page_(page), registers_(registers), pending_(pending) {}

  const EngineStop& run(std::initializer_list<std::uint8_t> code) {
    engine_.drop_code(BootPage::kBase, kPageSize);
    page_.put(kCode, {code.begin(), code.size()});
    return page_.run(kCode);
  }
  bool raises(std::uint8_t vector, std::uint32_t offset, std::initializer_list<std::uint8_t> code) {
    const EngineStop& stop = run(code);
    const bool raised = stop.cause == EngineStop::Cause::Interrupt && stop.vector == vector &&
                        engine_.get(Reg::Eip) == (kCode + offset).value;
    if (raised && PendingException::is_left_by(vector)) pending_.clear();
    return raised;
  }

  // xor ecx, ecx; div ecx
  bool divide() {
    const EngineStop& stop = run({0x31, 0xc9, 0xf7, 0xf1});
    return stop.cause == EngineStop::Cause::Interrupt && stop.vector == 0;
  }
  bool repeated_exceptions() {
    for (int i = 0; i < 3; ++i) {
      if (!divide()) return false;
      pending_.clear();
    }
    return true;
  }
  // cli
  bool ring3() { return raises(13, 0, {0xfa}); }
  // fld1; fldz; fdivp with division by zero unmasked; fwait
  bool x87_error() {
    FxState fx = registers_.fx();
    fx.image[0] = std::byte{0x7b};
    registers_.set_fx(fx);
    return raises(16, 6, {0xd9, 0xe8, 0xd9, 0xee, 0xde, 0xf9, 0x9b});
  }
  // mov eax, fs:[4]; int3
  bool teb_segment() {
    const std::array<std::uint8_t, 8> data{0, 0, 0, 0, 0x78, 0x56, 0x34, 0x12};
    page_.put(BootPage::kData, data);
    return raises(3, 7, {0x64, 0xa1, 4, 0, 0, 0, 0xcc}) && engine_.get(Reg::Eax) == 0x12345678;
  }
  // xor eax, eax; call eax
  bool null_call() {
    const EngineStop& stop = run({0x31, 0xc0, 0xff, 0xd0});
    return stop.cause == EngineStop::Cause::Memory && stop.access == Access::Execute &&
           stop.address == GuestAddr{0} && engine_.get(Reg::Eip) == 0;
  }
  // ud2
  bool invalid_opcode() {
    return run({0x0f, 0x0b}).cause == EngineStop::Cause::InvalidOpcode &&
           engine_.get(Reg::Eip) == kCode.value;
  }
  /// While it is watched an x87 instruction (fninit) and an SSE one (xorps xmm0, xmm0) raise #NM,
  /// and neither does afterwards.
  bool fx_use(FxUse& use) {
    use.watch();
    const bool told = raises(7, 0, {0xdb, 0xe3, 0xcc}) && raises(7, 0, {0x0f, 0x57, 0xc0, 0xcc});
    use.release();
    return told && raises(3, 3, {0xdb, 0xe3, 0xcc}) && raises(3, 4, {0x0f, 0x57, 0xc0, 0xcc});
  }
  /// A loop with memory, stack and flags, twice from the same state.
  bool run_twice() {
    const auto state = engine_.new_state();
    engine_.save(*state);
    std::array<GeneralRegisters, 2> results;
    for (GeneralRegisters& result : results) {
      engine_.restore(*state);
      // mov ecx, 20; top: add eax, ecx; rol eax, 3; push eax; pop edx; xor ebx, edx; dec ecx;
      // jnz top; int3
      if (!raises(3, 19,
                  {0xb9, 20, 0, 0, 0, 0x01, 0xc8, 0xc1, 0xc0, 3, 0x50, 0x5a, 0x31, 0xd3, 0x49, 0x75,
                   0xf4, 0x90, 0xcc}))
        return false;
      result = registers_.general();
    }
    return results[0] == results[1];
  }

 private:
  Engine& engine_;
  BootPage& page_;
  RegisterFile& registers_;
  PendingException& pending_;
};

}  // namespace

Result<EngineTraits> self_test(Engine& engine, BootPage& page, RegisterFile& registers,
                               PendingException& pending, FxUse* fx_use) {
  EngineTraits traits;
  traits.version = Engine::version();
  // A property of the library, the same for every machine of this process.
  static const bool precise = precise_without_hook();
  traits.precise_without_hook = precise;

  Probes probes(engine, page, registers, pending);
  traits.double_fault_fix = pending.calibrate([&] { return probes.divide(); });
  pending.clear();
  if (traits.double_fault_fix && !probes.repeated_exceptions()) {
    pending.use_fallback();
    pending.clear();
    traits.double_fault_fix = false;
  }
  struct Probe {
    const char* what;
    bool (Probes::*holds)();
  };
  for (const Probe& probe : {
           Probe{"a second and a third #DE are seen", &Probes::repeated_exceptions},
           Probe{"CLI raises #GP: the guest is at ring 3", &Probes::ring3},
           Probe{"an unmasked x87 error raises #MF", &Probes::x87_error},
           Probe{"FS reads the TEB", &Probes::teb_segment},
           Probe{"a call of address 0 is seen", &Probes::null_call},
           Probe{"UD2 is seen at its address", &Probes::invalid_opcode},
           Probe{"the same code from the same state ends alike", &Probes::run_twice},
       }) {
    if (!(probes.*probe.holds)())
      return fail(traits.version,
                  std::string("the start-up self-test failed: not so: ") + probe.what);
  }
  traits.tells_fx_use = fx_use != nullptr && probes.fx_use(*fx_use);
  return traits;
}

}  // namespace sehlab::emu
