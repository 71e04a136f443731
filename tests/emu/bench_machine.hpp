// A machine on the test bench: a page of code, a page of data and a stack, and short ways to
// put instructions in and run them.
#pragma once

#include <doctest/doctest.h>

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "emu/machine.hpp"

namespace sehlab::emu {

inline constexpr GuestAddr kCode{0x400000}, kData{0x500000}, kStackLow{0x600000},
    kStackTop{0x610000};
inline constexpr std::uint32_t kCodeSize = 4 * kPageSize, kDataSize = 2 * kPageSize;
inline constexpr std::uint8_t kGateVector = 0x2b;
inline constexpr std::uint64_t kPlenty = 1'000'000;

class BenchMachine {
 public:
  explicit BenchMachine(Protection code_rights = kReadExecute, GuestRange noted_stores = {},
                        bool count_edges = false) {
    MachineOptions options;
    options.gate_vector = kGateVector;
    options.noted_stores = noted_stores;
    options.count_edges = count_edges;
    auto created = Machine::create(options);
    REQUIRE_MESSAGE(created.has_value(), created.error().text());
    machine = std::move(*created);
    map(kCode, kCodeSize, code_rights);
    map(kData, kDataSize, kReadWrite);
    map(kStackLow, kStackTop - kStackLow, kReadWrite);
    set([](GeneralRegisters& r) { r.esp = kStackTop.value - 0x100; });
  }

  Machine& operator*() { return *machine; }
  Machine* operator->() { return machine.get(); }
  AddressSpace& memory() { return machine->memory(); }

  void map(GuestAddr base, std::uint32_t size, Protection rights) {
    REQUIRE(memory().reserve(base, size).has_value());
    REQUIRE(memory().commit(base, size, rights).has_value());
  }
  void put(GuestAddr at, const std::vector<std::uint8_t>& bytes) {
    REQUIRE(memory().raw().write(at, std::as_bytes(std::span(bytes))));
  }
  template <typename T>
  void poke(GuestAddr at, T value) {
    REQUIRE(memory().raw().put(at, value));
  }
  std::uint32_t peek(GuestAddr at) {
    const auto value = memory().raw().get<std::uint32_t>(at);
    REQUIRE(value.has_value());
    return *value;
  }
  GeneralRegisters registers() { return machine->registers().general(); }
  template <typename Change>
  void set(Change change) {
    GeneralRegisters r = registers();
    change(r);
    REQUIRE(machine->registers().set_general(r));
  }
  void go_to(GuestAddr eip) {
    set([&](GeneralRegisters& r) { r.eip = eip.value; });
  }
  /// Puts the code at `at` and runs it from there.
  Stop run(const std::vector<std::uint8_t>& code, GuestAddr at = kCode,
           std::uint64_t budget = kPlenty) {
    put(at, code);
    go_to(at);
    return machine->run(budget);
  }

  std::unique_ptr<Machine> machine;
};

/// The stop as the kind that it must be.
template <typename T>
T stopped(const Stop& stop) {
  const auto* strange = std::get_if<Unmodelled>(&stop);
  const std::string what = strange != nullptr ? ": " + strange->what : "";
  REQUIRE_MESSAGE(std::holds_alternative<T>(stop), "stop number " << stop.index() << what);
  return std::get<T>(stop);
}

inline void check_page_fault(const Stop& stop, Access access, GuestAddr address, GuestAddr eip) {
  const Fault fault = stopped<Fault>(stop);
  CHECK(fault.kind == FaultKind::Page);
  CHECK(fault.vector == 14);  // Intel SDM vol. 3, table 6-1
  CHECK(fault.access == access);
  CHECK(fault.address.value == address.value);
  CHECK(fault.eip.value == eip.value);
}

/// Stopped by an exception of the processor, of this vector, at this instruction.
inline void check_exception(const Stop& stop, std::uint8_t vector, GuestAddr eip) {
  const Fault fault = stopped<Fault>(stop);
  CHECK(fault.kind == FaultKind::Exception);
  CHECK(fault.vector == vector);
  CHECK(fault.eip.value == eip.value);
}

}  // namespace sehlab::emu
