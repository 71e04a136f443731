// Invalid operations of the x87, unmasked: Intel SDM vol. 1, 8.5.1 (what is invalid, SF and
// C1), 8.7 (the next waiting instruction raises #MF); facts 2.1 row 10, 2.3.
#include <cstring>

#include "tests/emu/bench_machine.hpp"

namespace sehlab::emu {
namespace {

constexpr std::uint16_t kIe = 0x01, kSf = 0x40, kC1 = 0x200;

std::uint16_t status_of(BenchMachine& m) {
  std::uint16_t status = 0;
  const FxState fx = m->registers().fx();
  std::memcpy(&status, fx.image.data() + 2, sizeof(status));
  return status;
}

std::uint32_t address_of(BenchMachine& m) {
  std::uint32_t address = 0;
  const FxState fx = m->registers().fx();
  std::memcpy(&address, fx.image.data() + 8, sizeof(address));
  return address;
}

/// fninit; fldcw [ebx] with `control`; the code; fwait; int3. EBX points at the data.
Stop run_x87(BenchMachine& m, std::uint16_t control, std::vector<std::uint8_t> code) {
  m.poke(kData, control);
  m.set([](GeneralRegisters& r) { r.ebx = kData.value; });
  std::vector<std::uint8_t> all{0xdb, 0xe3, 0xd9, 0x2b};
  all.insert(all.end(), code.begin(), code.end());
  all.insert(all.end(), {0x9b, 0xcc});
  return m.run(all);
}

constexpr std::uint16_t kUnmasked = 0x37e, kMasked = 0x37f;
constexpr GuestAddr kFirst = kCode + 4;

void check_raised(const Stop& stop, GuestAddr at) {
  const Fault fault = stopped<Fault>(stop);
  CHECK(fault.vector == 16);
  CHECK(fault.eip == at);
}

}  // namespace

TEST_CASE(
    "Reading an empty x87 register is a stack fault, reported by the next waiting instruction") {
  BenchMachine m;
  const std::uint64_t before = m->retired();
  check_raised(run_x87(m, kUnmasked, {0xd8, 0xc1}), kFirst + 2);  // fadd st, st(1)
  CHECK((status_of(m) & (kIe | kSf | kC1)) == (kIe | kSf));
  CHECK(address_of(m) == kFirst.value);
  CHECK(m->retired() - before == 3);  // fninit, fldcw, fadd
}

TEST_CASE("A ninth value on the x87 stack is a stack fault with C1, and the top stays") {
  BenchMachine m;
  std::vector<std::uint8_t> code;
  for (int i = 0; i < 9; ++i) code.insert(code.end(), {0xd9, 0xe8});  // fld1
  check_raised(run_x87(m, kUnmasked, code), kFirst + 18);
  CHECK((status_of(m) & (kIe | kSf | kC1)) == (kIe | kSf | kC1));
  CHECK((status_of(m) >> 11 & 7) == 0);
  CHECK(address_of(m) == (kFirst + 16).value);
}

TEST_CASE("Operations without a result are invalid without a stack fault") {
  for (const std::vector<std::uint8_t>& code : std::initializer_list<std::vector<std::uint8_t>>{
           {0xd9, 0xee, 0xd9, 0xee, 0xde, 0xf9},     // fldz; fldz; fdivp: 0/0
           {0xd9, 0xe8, 0xd9, 0xe0, 0xd9, 0xfa}}) {  // fld1; fchs; fsqrt
    BenchMachine m;
    check_raised(run_x87(m, kUnmasked, code), kFirst + static_cast<std::uint32_t>(code.size()));
    CHECK((status_of(m) & (kIe | kSf)) == kIe);
  }
}

TEST_CASE("What is valid or masked raises nothing") {
  BenchMachine m;
  CHECK(stopped<Fault>(run_x87(m, kMasked, {0xd8, 0xc1})).vector == 3);
  CHECK(stopped<Fault>(run_x87(m, kUnmasked, {0xd9, 0xe8, 0xd9, 0xee, 0xde, 0xc1})).vector == 3);
  // fld1; fst [ebx+8]; fcomp [ebx+8]; fnstsw ax; fnstcw [ebx]; fxch of two values
  CHECK(stopped<Fault>(run_x87(m, kUnmasked,
                               {0xd9, 0xe8, 0xdd, 0x53, 8, 0xdc, 0x5b, 8, 0xdf, 0xe0, 0xd9, 0x3b,
                                0xd9, 0xe8, 0xd9, 0xe8, 0xd9, 0xc9}))
            .vector == 3);
  // Code that ran while everything was masked is looked at again.
  check_raised(run_x87(m, kUnmasked, {0xd8, 0xc1}), kFirst + 2);
}

}  // namespace sehlab::emu
