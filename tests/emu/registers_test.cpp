// The register file as values: what goes in comes out, and what ring 3 may not change stays.
#include <cstring>
#include <random>

#include "tests/emu/bench_machine.hpp"

namespace sehlab::emu {

TEST_CASE("The integer registers come out as they went in") {
  BenchMachine m;
  GeneralRegisters r = m.registers();
  r = {.eax = 1,
       .ecx = 0x80000002,
       .edx = 3,
       .ebx = 4,
       .esp = 0x600ff0,
       .ebp = 6,
       .esi = 7,
       .edi = 0xffffffff,
       .eip = 0x400123,
       .eflags = 0x202 | 0xcd5,
       .cs = r.cs,
       .ss = r.ss,
       .ds = r.ds,
       .es = r.es,
       .fs = r.fs,
       .gs = r.gs};
  CHECK(m->registers().set_general(r));
  CHECK(m.registers() == r);
}

// facts 3.8: NtContinue's user-changeable mask 0x3c0cd5, and TF.
TEST_CASE("EFLAGS keeps what ring 3 may not change") {
  BenchMachine m;
  m.set([](GeneralRegisters& r) { r.eflags = 0xffffffff; });
  CHECK(m.registers().eflags == (0x3c0cd5 | 0x100 | 0x202));
  m.set([](GeneralRegisters& r) { r.eflags = 0; });
  CHECK(m.registers().eflags == 0x202);
  // pushfd; or dword [esp], 0x3000 (IOPL); popfd; cli: the privilege did not come.
  m.set([](GeneralRegisters& r) { r.eflags = 0xffffffff & ~kEflagsTf; });
  const Fault fault = stopped<Fault>(m.run({0x9c, 0x81, 0x0c, 0x24, 0, 0x30, 0, 0, 0x9d, 0xfa}));
  CHECK(fault.vector == 13);
}

TEST_CASE("A selector that the table does not have is refused and changes nothing") {
  BenchMachine m;
  const GeneralRegisters before = m.registers();
  for (const int bad : {0x08, 0x10, 0x1b, 0x60, 0x57, 0x2f, 0xbee8}) {
    CAPTURE(bad);
    GeneralRegisters r = before;
    r.ds = static_cast<std::uint16_t>(bad);
    r.eax = 42;
    CHECK_FALSE(m->registers().set_general(r));
    CHECK(m.registers().ds == before.ds);
    CHECK(m.registers().eax == 42);
  }
  GeneralRegisters r = before;
  r.cs = 0x2b;  // data is no code
  CHECK_FALSE(m->registers().set_general(r));
  r = before;
  r.ss = 0x23;  // code is no stack
  CHECK_FALSE(m->registers().set_general(r));
  r = before;
  r.ss = 0;
  CHECK_FALSE(m->registers().set_general(r));
  CHECK(m.registers() == before);
}

TEST_CASE("Selectors that the table has can be loaded, at ring 3") {
  BenchMachine m;
  m->set_fs_base(kData);
  m.poke(kData + 4, 0x12345678U);
  GeneralRegisters r = m.registers();
  r.es = 0x53;
  r.gs = 0;
  r.ds = 0x23;
  CHECK(m->registers().set_general(r));
  CHECK(m.registers() == r);
  const Stop stop = m.run({0x26, 0xa1, 4, 0, 0, 0, 0xcc});  // mov eax, es:[4]; int3
  CHECK(stopped<Fault>(stop).vector == 3);
  CHECK(m.registers().eax == 0x12345678);
  r.ds = 0x28;  // RPL 0 in the request is ring 3 in the register
  CHECK(m->registers().set_general(r));
  CHECK(m.registers().ds == 0x2b);
}

TEST_CASE("FS reads the TEB that was set, after the guest loaded FS again as well") {
  BenchMachine m;
  m.poke(kData + 0x18, 0xaaaaaaaaU);
  m.poke(kData + 0x1018, 0xbbbbbbbbU);
  const std::vector<std::uint8_t> read{0x64, 0xa1, 0x18, 0, 0, 0, 0xcc};  // mov eax, fs:[18]
  m->set_fs_base(kData);
  CHECK(m->registers().fs_base() == kData);
  CHECK(stopped<Fault>(m.run(read)).vector == 3);
  CHECK(m.registers().eax == 0xaaaaaaaa);
  m->set_fs_base(kData + 0x1000);
  CHECK(stopped<Fault>(m.run(read)).vector == 3);
  CHECK(m.registers().eax == 0xbbbbbbbb);
  // push fs; pop fs; mov eax, fs:[18]
  CHECK(stopped<Fault>(m.run({0x0f, 0xa0, 0x0f, 0xa1, 0x64, 0xa1, 0x18, 0, 0, 0, 0xcc})).vector ==
        3);
  CHECK(m.registers().eax == 0xbbbbbbbb);
}

TEST_CASE("A machine gives the selectors that it was asked for") {
  MachineOptions native;
  native.gate_vector = kGateVector;
  native.code_selector = 0x1b;
  native.data_selector = 0x23;
  native.teb_selector = 0x3b;
  const auto machine = Machine::create(native);
  REQUIRE(machine.has_value());
  const GeneralRegisters r = (*machine)->registers().general();
  CHECK(r.cs == 0x1b);
  CHECK(r.ss == 0x23);
  CHECK(r.ds == 0x23);
  CHECK(r.fs == 0x3b);
  for (const int bad : {0x10, 0x13, 0x20, 0x27, 0x23}) {
    MachineOptions wrong = native;
    wrong.code_selector = static_cast<std::uint16_t>(bad);
    CHECK_FALSE(Machine::create(wrong).has_value());
  }
}

// Intel SDM vol. 1, table 10-2: the image; the fields that do not exist in 32-bit mode or are
// reserved read as zero, and MXCSR_MASK is the processor's.
TEST_CASE("x87 and SSE state comes out bit for bit as it went in") {
  BenchMachine m;
  std::mt19937 random(11);
  for (int round = 0; round < 200; ++round) {
    FxState state;
    const auto fill = [&](std::size_t at, std::size_t size) {
      for (std::size_t i = 0; i < size; ++i) state.image[at + i] = std::byte(random() & 0xff);
    };
    fill(0, 5);   // FCW, FSW, FTW
    fill(6, 8);   // FOP, FIP, FCS
    fill(16, 6);  // FDP, FDS
    fill(24, 2);  // MXCSR below its reserved bits
    for (std::size_t i = 0; i < 8; ++i) {
      fill(32 + 16 * i, 10);
      fill(160 + 16 * i, 16);
    }
    state.image[7] &= std::byte{0x07};  // FOP has 11 bits
    const std::uint32_t mask = 0xffff;
    std::memcpy(state.image.data() + 28, &mask, sizeof mask);
    m->registers().set_fx(state);
    const FxState after = m->registers().fx();
    for (std::size_t i = 0; i < state.image.size(); ++i) {
      CAPTURE(i);
      REQUIRE(after.image[i] == state.image[i]);
    }
  }
}

// But for the last instruction's and operand's addresses, bytes 8 to 23: the engine keeps them for
// the host and stores zeros for the guest.
TEST_CASE("The guest's own FXSAVE writes the state that the host reads") {
  BenchMachine m;
  // fldpi; fld1; movups xmm5, [esi]; fxsave [edi]; int3
  m.poke(kData + 0x800, 0x1122334455667788ULL);
  m.set([](GeneralRegisters& r) {
    r.esi = kData.value + 0x800;
    r.edi = kData.value;
  });
  CHECK(stopped<Fault>(m.run({0xd9, 0xeb, 0xd9, 0xe8, 0x0f, 0x10, 0x2e, 0x0f, 0xae, 0x07, 0xcc}))
            .vector == 3);
  FxState guest;
  REQUIRE(m.memory().raw().read(kData, guest.image));
  const FxState host = m->registers().fx();
  for (std::size_t i = 0; i < 288; i = i == 7 ? 24 : i + 1) {
    CAPTURE(i);
    CHECK(guest.image[i] == host.image[i]);
  }
  // And the other way: the guest stores what the host set.
  FxState changed = host;
  changed.image[160] = std::byte{0x99};     // XMM0
  changed.image[32 + 9] = std::byte{0x40};  // the sign and exponent of ST0
  m->registers().set_fx(changed);
  CHECK(stopped<Fault>(m.run({0x0f, 0xae, 0x07, 0xcc})).vector == 3);
  REQUIRE(m.memory().raw().read(kData, guest.image));
  for (std::size_t i = 0; i < 288; i = i == 7 ? 24 : i + 1) {
    CAPTURE(i);
    CHECK(guest.image[i] == changed.image[i]);
  }
}

TEST_CASE("MXCSR takes no reserved bits") {
  BenchMachine m;
  FxState state = m->registers().fx();
  state.image[26] = std::byte{0xff};
  m->registers().set_fx(state);
  CHECK(m->registers().fx().image[26] == std::byte{0});
}

TEST_CASE("A new thread computes with 53 bits and masks every x87 exception") {
  BenchMachine m;
  // fld1; fldz; fdivp; fwait; fnstcw [edi]; int3 (facts: unicorn.md 3.2: FPCW 0x27f)
  m.set([](GeneralRegisters& r) { r.edi = kData.value; });
  CHECK(
      stopped<Fault>(m.run({0xd9, 0xe8, 0xd9, 0xee, 0xde, 0xf9, 0x9b, 0xd9, 0x3f, 0xcc})).vector ==
      3);
  CHECK((m.peek(kData) & 0xffff) == 0x27f);
}

}  // namespace sehlab::emu
