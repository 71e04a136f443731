// Code that changes under the processor: by the guest, by the host, by its rights (facts:
// unicorn.md 3.3: the engine by itself would go on with what it translated before).
#include <array>

#include "tests/emu/bench_machine.hpp"

namespace sehlab::emu {
namespace {

const std::vector<std::uint8_t> kIncEax{0x40, 0xcc}, kIncEcx{0x41, 0xcc};

void expect_inc_ecx(BenchMachine& m, GuestAddr at) {
  m.set([&](GeneralRegisters& r) {
    r.eax = r.ecx = 0;
    r.eip = at.value;
  });
  CHECK(stopped<Fault>(m->run(kPlenty)).vector == 3);
  CHECK(m.registers().eax == 0);
  CHECK(m.registers().ecx == 1);
}

}  // namespace

TEST_CASE("The host's write to executed code is what runs next") {
  for (const Protection rights : {kReadExecute, kReadWriteExecute}) {
    BenchMachine m(rights);
    for (int i = 0; i < 3; ++i) CHECK(stopped<Fault>(m.run(kIncEax)).vector == 3);
    m.put(kCode, kIncEcx);
    expect_inc_ecx(m, kCode);
  }
}

TEST_CASE("The host's write in the guest's name to executed code is what runs next") {
  BenchMachine m(kReadWriteExecute);
  CHECK(stopped<Fault>(m.run(kIncEax)).vector == 3);
  REQUIRE_FALSE(
      m.memory().guest_access().write(kCode, std::as_bytes(std::span(kIncEcx))).has_value());
  expect_inc_ecx(m, kCode);
}

TEST_CASE("A write across two pages of code changes both") {
  BenchMachine m;
  const GuestAddr at = kCode + kPageSize - 1;
  CHECK(stopped<Fault>(m.run({0x40, 0x40, 0xcc}, at)).vector == 3);
  CHECK(stopped<Fault>(m.run({0x40, 0xcc}, at + 1)).vector == 3);
  m.put(at, {0x90, 0x41, 0xcc});
  expect_inc_ecx(m, at);
  expect_inc_ecx(m, at + 1);
}

TEST_CASE("Code that the guest changed and the host put back is the host's") {
  BenchMachine m(kReadWriteExecute);
  m.put(kCode + 0x100, kIncEcx);
  // mov byte [400100], 0x40; then the code there
  CHECK(stopped<Fault>(m.run({0xc6, 0x05, 0x00, 0x01, 0x40, 0x00, 0x40, 0xe9, 0xf4, 0, 0, 0}))
            .vector == 3);
  CHECK(m.registers().eax == 1);
  m.put(kCode + 0x100, kIncEcx);
  expect_inc_ecx(m, kCode + 0x100);
}

TEST_CASE("Code that loses the right to execute does not run on") {
  BenchMachine m;
  CHECK(stopped<Fault>(m.run(kIncEax)).vector == 3);
  REQUIRE(m.memory().protect(kCode, kCodeSize, kReadOnly).has_value());
  m.go_to(kCode);
  check_page_fault(m->run(kPlenty), Access::Execute, kCode, kCode);
  REQUIRE(m.memory().protect(kCode, kCodeSize, kReadWrite).has_value());
  m.put(kCode, kIncEcx);
  REQUIRE(m.memory().protect(kCode, kCodeSize, kReadExecute).has_value());
  expect_inc_ecx(m, kCode);
}

TEST_CASE("New memory at the place of old code runs its own code") {
  BenchMachine m;
  CHECK(stopped<Fault>(m.run(kIncEax)).vector == 3);
  SUBCASE("decommitted and committed again") {
    REQUIRE(m.memory().decommit(kCode, kPageSize).has_value());
    m.go_to(kCode);
    check_page_fault(m->run(kPlenty), Access::Execute, kCode, kCode);
    REQUIRE(m.memory().commit(kCode, kPageSize, kReadExecute).has_value());
  }
  SUBCASE("released and reserved again") {
    REQUIRE(m.memory().release(kCode).has_value());
    m.go_to(kCode);
    check_page_fault(m->run(kPlenty), Access::Execute, kCode, kCode);
    m.map(kCode, kCodeSize, kReadExecute);
  }
  m.put(kCode, kIncEcx);
  expect_inc_ecx(m, kCode);
}

TEST_CASE("A neighbour's change of rights leaves code as it is") {
  BenchMachine m;
  CHECK(stopped<Fault>(m.run(kIncEcx)).vector == 3);
  REQUIRE(m.memory().protect(kCode + kPageSize, kPageSize, kReadOnly).has_value());
  expect_inc_ecx(m, kCode);
  REQUIRE(m.memory().protect(kCode + kPageSize, kPageSize, kReadExecute).has_value());
  expect_inc_ecx(m, kCode);
}

}  // namespace sehlab::emu
