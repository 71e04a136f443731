// Exceptions of the x87, unmasked: Intel SDM vol. 1, 8.5 (each of them, SF and C1, and what has no
// effect), 8.6 and 8.7 (the next waiting instruction raises #MF); facts 2.1 row 10, 2.3. Which
// flags an operation raises is in x87_hardware_test.cpp.
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

TEST_CASE("An exception before the operation leaves registers and memory as they were") {
  struct Row {
    std::string name;
    std::uint16_t control;
    std::vector<std::uint8_t> code;
    std::uint16_t flag;
  };
  constexpr std::uint8_t kDenormalAt = 0x20, kLargeAt = 0x28, kTo = 0x40;
  const std::vector<Row> rows{
      {"fld dword, a denormal", 0x37d, {0xd9, 0x43, kDenormalAt}, 0x02},
      {"fadd dword, a denormal", 0x37d, {0xd9, 0xe8, 0xd8, 0x43, kDenormalAt}, 0x02},
      {"fdivp by zero", 0x37b, {0xd9, 0xe8, 0xd9, 0xee, 0xde, 0xf9}, 0x04},
      {"fstp dword, too large", 0x377, {0xdd, 0x43, kLargeAt, 0xd9, 0x5b, kTo}, 0x08},
      {"fst dword, too small", 0x36f, {0xd9, 0xe8, 0xdc, 0x73, kLargeAt, 0xd9, 0x53, kTo}, 0x10},
      {"fistp dword, too large", 0x37e, {0xdd, 0x43, kLargeAt, 0xdb, 0x5b, kTo}, 0x01},
      {"fistp word, too large", 0x37e, {0xdd, 0x43, kLargeAt, 0xdf, 0x5b, kTo}, 0x01},
      {"fbstp, too large", 0x37e, {0xdd, 0x43, kLargeAt, 0xdf, 0x73, kTo}, 0x01}};
  for (const Row& row : rows) {
    INFO(row.name);
    BenchMachine m;
    m.poke(kData + kDenormalAt, 1U);
    m.poke(kData + kLargeAt, 0x1p600);
    m.poke(kData + kTo, 0xcccccccc);
    const auto length = static_cast<std::uint32_t>(row.code.size());
    check_raised(run_x87(m, row.control, row.code), kFirst + length);
    CHECK((status_of(m) & 0xbf) == (row.flag | 0x80));
    CHECK(m.peek(kData + kTo) == 0xcccccccc);
    const unsigned held = row.code[0] == 0xd9 && row.code[1] == 0x43                       ? 0U
                          : row.code[0] == 0xd9 && row.code[1] == 0xe8 && row.flag == 0x04 ? 2U
                                                                                           : 1U;
    CHECK((8 - (status_of(m) >> 11 & 7)) % 8 == held);
  }
}

TEST_CASE("An inexact result is delivered before it is reported") {
  BenchMachine m;
  m.poke(kData + 8, 1.0 / 3);
  m.poke(kData + 0x40, 0xccccccccU);
  const Stop stop = run_x87(m, 0x35f, {0xdd, 0x43, 8, 0xd9, 0x5b, 0x40});  // fld, fstp dword
  check_raised(stop, kFirst + 6);
  CHECK((status_of(m) & 0xbf) == 0xa0);
  CHECK((status_of(m) >> 11 & 7) == 0);
  CHECK(address_of(m) == (kFirst + 3).value);
  float stored = 0;
  const std::uint32_t bits = m.peek(kData + 0x40);
  std::memcpy(&stored, &bits, sizeof(stored));
  CHECK(stored == static_cast<float>(1.0 / 3));
}

TEST_CASE("Any waiting instruction reports what is pending, and the others do not") {
  BenchMachine m;
  // fld1; fldz; fdivp; fnstsw ax; fnstcw [ebx+4]; fld1
  check_raised(run_x87(m, 0x37b,
                       {0xd9, 0xe8, 0xd9, 0xee, 0xde, 0xf9, 0xdf, 0xe0, 0xd9, 0x7b, 4, 0xd9, 0xe8}),
               kFirst + 11);
  CHECK((m.registers().eax & 0xbf) == 0x84);
  // fnclex takes it away
  CHECK(stopped<Fault>(
            run_x87(m, 0x37b, {0xd9, 0xe8, 0xd9, 0xee, 0xde, 0xf9, 0xdb, 0xe2, 0xd9, 0xe8}))
            .vector == 3);
}

// What a processor leaves in a register after an unmasked overflow has its exponent wrapped around.
TEST_CASE("Unmasked exceptions whose result is not known are named as not modelled") {
  BenchMachine m;
  m.poke(kData + 8, 1e300);
  std::vector<std::uint8_t> code{0xdd, 0x43, 8};                      // fld qword [ebx+8]
  for (int i = 0; i < 5; ++i) code.insert(code.end(), {0xd8, 0xc8});  // fmul st, st
  CHECK(stopped<Unmodelled>(run_x87(m, 0x377, code)).eip == kFirst + 11);
  CHECK(stopped<Unmodelled>(run_x87(m, 0x35f, {0xd9, 0xe8, 0xd9, 0xfe})).eip ==
        kFirst + 2);  // fsin
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
