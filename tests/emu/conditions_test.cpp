// What the machine is told to notice: breakpoints, words that change, the stack pointer.
#include <vector>

#include "tests/emu/bench_machine.hpp"

namespace sehlab::emu {
namespace {

const std::vector<GuestAddr> kWord{kData};

}  // namespace

TEST_CASE("A breakpoint stops before its instruction, and running on executes it") {
  BenchMachine m;
  m->set_breakpoints(std::vector{kCode + 1, kCode + 2});
  Stop stop = m.run({0x40, 0x41, 0x42, 0xcc});  // inc eax; inc ecx; inc edx; int3
  CHECK(stopped<BreakpointHit>(stop).address == kCode + 1);
  CHECK(m.registers().ecx == 0);
  CHECK(m->retired() == 1);
  stop = m->run(kPlenty);
  CHECK(stopped<BreakpointHit>(stop).address == kCode + 2);
  CHECK(m.registers().ecx == 1);
  CHECK(m->retired() == 2);
  CHECK(stopped<Fault>(m->run(kPlenty)).vector == 3);
  CHECK(m->retired() == 4);
}

TEST_CASE("A breakpoint on a jump to itself stops each time") {
  BenchMachine m;
  m->set_breakpoints(std::vector{kCode});
  CHECK(stopped<BreakpointHit>(m.run({0xeb, 0xfe})).address == kCode);
  for (std::uint64_t i = 1; i <= 3; ++i) {
    stopped<BreakpointHit>(m->run(kPlenty));
    CHECK(m->retired() == i);
  }
}

TEST_CASE("A breakpoint that was reported stops again when the host comes back to it") {
  BenchMachine m;
  m->set_breakpoints(std::vector{kCode + 1});
  stopped<BreakpointHit>(m.run({0x40, 0x41, 0xcc}));
  m.go_to(kCode);
  stopped<BreakpointHit>(m->run(kPlenty));
  m->set_breakpoints({});
  CHECK(stopped<Fault>(m->run(kPlenty)).vector == 3);
}

TEST_CASE("A budget that ends at a breakpoint loses neither") {
  BenchMachine m;
  m->set_breakpoints(std::vector{kCode + 1});
  stopped<BreakpointHit>(m.run({0x40, 0x41, 0xcc}, kCode, 1));
  stopped<BudgetSpent>(m->run(0));
  stopped<BudgetSpent>(m->run(1));
  CHECK(m.registers().ecx == 1);
}

TEST_CASE("A watched word that the guest changes is noticed before the next instruction") {
  BenchMachine m;
  m.poke(kData, 7U);
  m->set_watched_words(kWord);
  // inc eax; mov dword [500000], 9; inc ecx; int3
  Stop stop = m.run({0x40, 0xc7, 0x05, 0, 0, 0x50, 0, 9, 0, 0, 0, 0x41, 0xcc});
  ConditionMet met = stopped<ConditionMet>(stop);
  CHECK(met.word_changed);
  CHECK(met.word == kData);
  CHECK(met.old_value == 7);
  CHECK(met.new_value == 9);
  CHECK(met.by_eip == kCode + 1);
  CHECK_FALSE(met.esp_in_window);
  CHECK(m.registers().eip == (kCode + 11).value);
  CHECK(m.registers().ecx == 0);
  CHECK(m->retired() == 2);
  CHECK(stopped<Fault>(m->run(kPlenty)).vector == 3);
  CHECK(m->retired() == 4);
}

TEST_CASE("A store of the value that a word has is no change") {
  BenchMachine m;
  m.poke(kData, 9U);
  m->set_watched_words(kWord);
  CHECK(stopped<Fault>(m.run({0xc7, 0x05, 0, 0, 0x50, 0, 9, 0, 0, 0, 0xcc})).vector == 3);
}

TEST_CASE("Where stores are noted, a store of the value that a word has is reported") {
  BenchMachine m(kReadExecute, {kData, kData + kPageSize});
  m.poke(kData, 9U);
  // mov dword [500000], 9 before anything is watched: not reported later
  const std::vector<std::uint8_t> same{0xc7, 0x05, 0, 0, 0x50, 0, 9, 0, 0, 0, 0xcc};
  CHECK(stopped<Fault>(m.run(same)).vector == 3);
  m->set_watched_words(std::vector{kData, kData + kPageSize});
  m.go_to(kCode + 10);
  CHECK(stopped<Fault>(m->run(kPlenty)).vector == 3);
  const ConditionMet met = stopped<ConditionMet>(m.run(same));
  CHECK(met.word_changed);
  CHECK(met.word == kData);
  CHECK(met.old_value == 9);
  CHECK(met.new_value == 9);
  CHECK(met.by_eip == kCode);
  CHECK(stopped<Fault>(m->run(kPlenty)).vector == 3);
  // Beside the word, and to a watched word outside the range: neither.
  CHECK(stopped<Fault>(m.run({0xc7, 0x05, 4, 0, 0x50, 0, 9, 0, 0, 0, 0xcc})).vector == 3);
  CHECK(stopped<Fault>(m.run({0xc7, 0x05, 0, 0x10, 0x50, 0, 0, 0, 0, 0, 0xcc})).vector == 3);
  // A byte of the word: it.
  CHECK(stopped<ConditionMet>(m.run({0xc6, 0x05, 3, 0, 0x50, 0, 0, 0xcc})).new_value == 9);
}

// facts: unicorn.md 8: a stop in a memory callback would run the exchange twice.
TEST_CASE("XCHG with fs:[0] is executed once when the word is watched") {
  BenchMachine m;
  m->set_fs_base(kData);
  m.poke(kData, 0x1111U);
  m->set_watched_words(kWord);
  m.set([](GeneralRegisters& r) { r.eax = 0x2222; });
  const ConditionMet met =
      stopped<ConditionMet>(m.run({0x64, 0x87, 0x05, 0, 0, 0, 0, 0xcc}));  // xchg fs:[0], eax
  CHECK(met.old_value == 0x1111);
  CHECK(met.new_value == 0x2222);
  CHECK(met.by_eip == kCode);
  CHECK(m.registers().eax == 0x1111);
  CHECK(m.peek(kData) == 0x2222);
  CHECK(stopped<Fault>(m->run(kPlenty)).vector == 3);
  CHECK(m.peek(kData) == 0x2222);
  CHECK(m->retired() == 2);
}

TEST_CASE("A watched word that the host changes is noticed before the next instruction") {
  BenchMachine m;
  m->set_watched_words(kWord);
  stopped<BudgetSpent>(m.run({0x40, 0x41, 0xcc}, kCode, 1));
  REQUIRE_FALSE(m.memory().guest_access().write_object(kData, 5U).has_value());
  const ConditionMet met = stopped<ConditionMet>(m->run(kPlenty));
  CHECK(met.new_value == 5);
  CHECK(met.by_eip == kCode);  // the instruction that ran last
  CHECK(m.registers().eip == (kCode + 1).value);
  CHECK(m->retired() == 1);
  CHECK(stopped<Fault>(m->run(kPlenty)).vector == 3);
}

TEST_CASE("Arming takes the present value as known") {
  BenchMachine m;
  m.poke(kData, 3U);
  m->set_watched_words(kWord);
  m->set_watched_words({});
  m.poke(kData, 4U);
  m->set_watched_words(kWord);
  CHECK(stopped<Fault>(m.run({0xcc})).vector == 3);
}

TEST_CASE("A word that is armed again still has the change that was not yet told of") {
  BenchMachine m;
  m->set_watched_words(std::vector{kData, kData + 4});
  m.set([](GeneralRegisters& r) {
    r.edi = kData.value;
    r.esi = kData.value + 16;
  });
  m.poke(kData + 16, 1U);
  m.poke(kData + 20, 2U);
  // movq mm0, [esi]; movq [edi], mm0; int3: both words at once
  CHECK(stopped<ConditionMet>(m.run({0x0f, 0x6f, 0x06, 0x0f, 0x7f, 0x07, 0xcc})).word == kData);
  m->set_watched_words(std::vector{kData + 4, kData});
  const ConditionMet met = stopped<ConditionMet>(m->run(kPlenty));
  CHECK(met.word == kData + 4);
  CHECK(met.old_value == 0);
  CHECK(met.new_value == 2);
  CHECK(stopped<Fault>(m->run(kPlenty)).vector == 3);
}

TEST_CASE("ESP that comes into the window tells where it was before") {
  BenchMachine m;
  const std::uint32_t top = (kStackTop - 0x100).value;
  m->set_esp_window(GuestAddr{top - 8}, GuestAddr{top});
  m.set([&](GeneralRegisters& r) {
    r.esp = kData.value + 64;  // another stack
    r.eax = top - 4;
  });
  // pop ecx; push ecx; nop; mov esp, eax; int3
  const ConditionMet met = stopped<ConditionMet>(m.run({0x59, 0x51, 0x90, 0x89, 0xc4, 0xcc}));
  CHECK(met.esp_in_window);
  CHECK(met.by_eip == kCode + 3);
  CHECK(met.esp_before == kData + 64);
  CHECK(m.registers().esp == top - 4);
}

TEST_CASE("Whatever way ESP rises it is noticed, in code that ran before as in new code") {
  // Each instruction raises ESP by 4 at least, when ESP and EAX are as below (Intel SDM vol. 2).
  const std::vector<std::vector<std::uint8_t>> raising = {
      {0x58},                       // pop eax
      {0x8f, 0x05, 0, 0, 0x50, 0},  // pop dword [500000]
      {0x9d},                       // popfd
      {0x83, 0xc4, 0x04},           // add esp, 4
      {0x81, 0xc4, 4, 0, 0, 0},     // add esp, 4
      {0x83, 0xec, 0xfc},           // sub esp, -4
      {0x89, 0xc4},                 // mov esp, eax
      {0x8b, 0xe0},                 // mov esp, eax
      {0x94},                       // xchg esp, eax
      {0x8d, 0x64, 0x24, 0x04},     // lea esp, [esp+4]
      {0xc9},                       // leave
      {0x61},                       // popad
      {0x0f, 0xa1},                 // pop fs
      {0x0f, 0x44, 0xe0},           // cmove esp, eax
  };
  for (const auto& instruction : raising) {
    CAPTURE(instruction[0]);
    BenchMachine m;
    const std::uint32_t esp = (kStackTop - 0x100).value;
    // xor edx, edx; nop: ZF is set, and the instruction is not the first
    std::vector<std::uint8_t> code = {0x31, 0xd2, 0x90};
    code.insert(code.end(), instruction.begin(), instruction.end());
    code.push_back(0xcc);
    for (int round = 0; round < 2; ++round) {
      m.set([&](GeneralRegisters& r) {
        r.esp = esp;
        r.eax = esp + 4;
        r.ebp = esp;
        r.eip = kCode.value;
      });
      m->set_esp_window(GuestAddr{esp}, GuestAddr{esp + 64});
      CAPTURE(round);
      const Stop stop = round == 0 ? m.run(code) : m->run(kPlenty);
      REQUIRE(std::holds_alternative<ConditionMet>(stop));
      CHECK(std::get<ConditionMet>(stop).esp_in_window);
      CHECK(std::get<ConditionMet>(stop).by_eip == kCode + 3);
    }
  }
}

TEST_CASE("Several words that change at once are reported one a run") {
  BenchMachine m;
  m->set_watched_words(std::vector{kData, kData + 8});
  m.set([](GeneralRegisters& r) { r.esp = kData.value + 32; });
  const Stop stop = m.run({0x60, 0xcc});  // pushad writes 32 bytes; edi and ebp are 0, esp not
  CHECK(stop.index() == Stop{Fault{}}.index());
  m.set([](GeneralRegisters& r) {
    r.esp = kData.value + 32;
    r.edi = 1;
    r.ebp = 2;
    r.eip = kCode.value;
  });
  ConditionMet met = stopped<ConditionMet>(m->run(kPlenty));
  CHECK(met.word == kData);
  CHECK(met.new_value == 1);
  met = stopped<ConditionMet>(m->run(kPlenty));
  CHECK(met.word == kData + 8);
  CHECK(met.new_value == 2);
  CHECK(met.by_eip == kCode);
  CHECK(stopped<Fault>(m->run(kPlenty)).vector == 3);
}

TEST_CASE("A word changed in a repeated instruction stops it, which still counts once") {
  BenchMachine m;
  m->set_watched_words(std::vector{kData + 8});
  m.set([](GeneralRegisters& r) {
    r.eax = 1;
    r.ecx = 6;
    r.edi = kData.value;
  });
  const ConditionMet met = stopped<ConditionMet>(m.run({0xf3, 0xab, 0xcc}));  // rep stosd; int3
  CHECK(met.by_eip == kCode);
  CHECK(m.registers().ecx == 3);
  CHECK(m.registers().eip == kCode.value);
  CHECK(stopped<Fault>(m->run(kPlenty)).vector == 3);
  CHECK(m->retired() == 2);
  CHECK(m.peek(kData + 20) == 1);
}

TEST_CASE("The word under a call that cannot be fetched is reported before the fault") {
  BenchMachine m;
  const std::uint32_t esp = kData.value + 4;
  m->set_watched_words(kWord);
  m.set([&](GeneralRegisters& r) { r.esp = esp; });
  const Stop stop = m.run({0x31, 0xc0, 0xff, 0xd0});  // xor eax, eax; call eax
  const ConditionMet met = stopped<ConditionMet>(stop);
  CHECK(met.new_value == (kCode + 4).value);
  CHECK(met.by_eip == kCode + 2);
  CHECK(m.registers().eip == 0);
  check_page_fault(m->run(kPlenty), Access::Execute, GuestAddr{0}, GuestAddr{0});
}

TEST_CASE("A watched word may lose its page and get it back") {
  BenchMachine m;
  m.poke(kData, 7U);
  m->set_watched_words(kWord);
  REQUIRE(m.memory().decommit(kData, kPageSize).has_value());
  CHECK(stopped<Fault>(m.run({0x40, 0xcc})).vector == 3);
  REQUIRE(m.memory().commit(kData, kPageSize, kReadWrite).has_value());
  m.go_to(kCode);
  const ConditionMet met = stopped<ConditionMet>(m->run(kPlenty));
  CHECK(met.old_value == 7);
  CHECK(met.new_value == 0);
  REQUIRE(m.memory().release(kData).has_value());
  CHECK(stopped<Fault>(m->run(kPlenty)).vector == 3);
  m.map(kData, kPageSize, kReadOnly);
  m.poke(kData, 1U);
  m.go_to(kCode);
  CHECK(stopped<ConditionMet>(m->run(kPlenty)).new_value == 1);
}

TEST_CASE("The ESP window is reported once for each entry, before the next instruction") {
  BenchMachine m;
  const std::uint32_t top = (kStackTop - 0x100).value;
  m->set_esp_window(GuestAddr{top - 8}, GuestAddr{top - 4});
  // push eax (in: top-4); nop; push eax (out: top-8); pop eax (in); pop eax (out); int3
  Stop stop = m.run({0x50, 0x90, 0x50, 0x58, 0x58, 0xcc});
  ConditionMet met = stopped<ConditionMet>(stop);
  CHECK(met.esp_in_window);
  CHECK_FALSE(met.word_changed);
  CHECK(met.by_eip == kCode);
  CHECK(m.registers().eip == (kCode + 1).value);
  met = stopped<ConditionMet>(m->run(kPlenty));
  CHECK(met.by_eip == kCode + 3);
  CHECK(m.registers().eip == (kCode + 4).value);
  CHECK(stopped<Fault>(m->run(kPlenty)).vector == 3);
  CHECK(m->retired() == 6);
}

TEST_CASE("An ESP window that holds when it is set is reported before anything runs") {
  BenchMachine m;
  const GuestAddr esp{m.registers().esp};
  m->set_esp_window(esp - 1, esp);
  CHECK(stopped<ConditionMet>(m.run({0x40, 0xcc})).esp_in_window);
  CHECK(m->retired() == 0);
  m->set_esp_window(esp, esp + 4);  // above is exclusive
  CHECK(stopped<Fault>(m->run(kPlenty)).vector == 3);
  m->set_esp_window(esp - 1, esp);
  m->set_esp_window(GuestAddr{0}, GuestAddr{0});
  m.go_to(kCode);
  CHECK(stopped<Fault>(m->run(kPlenty)).vector == 3);
}

TEST_CASE("A changed word and the ESP window are reported together") {
  BenchMachine m;
  const GuestAddr esp{m.registers().esp};
  m->set_watched_words(std::vector{esp - 4});
  m->set_esp_window(esp - 8, esp - 4);
  m.set([](GeneralRegisters& r) { r.eax = 1; });
  const ConditionMet met = stopped<ConditionMet>(m.run({0x50, 0xcc}));  // push eax; int3
  CHECK(met.word_changed);
  CHECK(met.esp_in_window);
}

}  // namespace sehlab::emu
