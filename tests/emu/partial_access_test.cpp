// Operands that only partly lie where they may be: which byte the fault names, what of a store was
// done before it, and what is named as not modelled because nobody could tell.
#include <algorithm>
#include <optional>

#include "tests/emu/bench_machine.hpp"

namespace sehlab::emu {
namespace {

constexpr GuestAddr kBad{0x10000};

}  // namespace

// Intel SDM vol. 3, 4.7: CR2 is the address whose translation failed; measured on hardware as
// the first byte of the second page.
TEST_CASE("An operand that runs into an absent page faults at that page's first byte") {
  BenchMachine m;
  const GuestAddr end = kData + kDataSize;
  for (const std::uint32_t inside : {1U, 2U, 3U}) {
    m.set([&](GeneralRegisters& r) { r.ebx = (end - inside).value; });
    check_page_fault(m.run({0x8b, 0x03}), Access::Read, end, kCode);        // mov eax, [ebx]
    check_page_fault(m.run({0x01, 0x03}), Access::Write, end, kCode);       // add [ebx], eax
    check_page_fault(m.run({0x0f, 0x10, 0x03}), Access::Read, end, kCode);  // movups xmm0, [ebx]
  }
  // Into the accessible page from an absent one: the first byte of the operand itself.
  m.set([&](GeneralRegisters& r) {
    r.ebx = (kData - 2).value;
    r.eax = 0xffffffff;
  });
  check_page_fault(m.run({0x8b, 0x03}), Access::Read, kData - 2, kCode);
  check_page_fault(m.run({0x89, 0x03}), Access::Write, kData - 2, kCode);
  CHECK(m.peek(kData) == 0);
}

// Intel SDM vol. 3, 6.5: a fault leaves the state as before the instruction. The engine by itself
// stores the first bytes before it meets the second page (facts: unicorn.md 3).
TEST_CASE("A store that runs into a page that refuses it faults there, and nothing is stored") {
  struct Row {
    std::string name;
    std::vector<std::uint8_t> code;
    std::uint32_t inside;  ///< bytes before the second page at which the operand begins
  };
  const std::vector<Row> rows{
      {"mov [ebx], eax", {0x89, 0x03}, 2},
      {"mov [ebx], ax", {0x66, 0x89, 0x03}, 1},
      {"push eax", {0x50}, 3},
      {"call near", {0xe8, 0, 0, 0, 0}, 1},
      {"pushad", {0x60}, 16},
      {"pop dword [ebx]", {0x8f, 0x03}, 2},
      {"add [ebx], eax", {0x01, 0x03}, 2},
      {"lock xadd [ebx], eax", {0xf0, 0x0f, 0xc1, 0x03}, 2},
      {"lock cmpxchg [ebx], edx", {0xf0, 0x0f, 0xb1, 0x13}, 2},
      {"cmpxchg8b [ebx]", {0x0f, 0xc7, 0x0b}, 4},
      {"stosd", {0xab}, 2},
      {"movsd", {0xa5}, 2},
      {"fst dword [ebx]", {0xd9, 0x13}, 2},
      {"fst qword [ebx]", {0xdd, 0x13}, 4},
      {"fstp tbyte [ebx]", {0xdb, 0x3b}, 8},
      {"fnstenv [ebx]", {0xd9, 0x33}, 20},
      {"fnsave [ebx]", {0xdd, 0x33}, 100},
      {"fxsave [ebx]", {0x0f, 0xae, 0x03}, 496},
      {"movups [ebx], xmm0, in the middle", {0x0f, 0x11, 0x03}, 8},
      {"movups [ebx], xmm0", {0x0f, 0x11, 0x03}, 3},
      {"movdqu [ebx], xmm0", {0xf3, 0x0f, 0x7f, 0x03}, 8},
      {"movq [ebx], xmm0", {0x66, 0x0f, 0xd6, 0x03}, 4},
  };
  const GuestAddr end = kData + kDataSize;
  for (const GuestRange noted : {GuestRange{}, GuestRange{kData, kData + kPageSize}}) {
    for (const auto& rights :
         {std::optional<Protection>{}, std::optional{kNoAccess}, std::optional{kReadOnly}}) {
      BenchMachine m(kReadExecute, noted);
      if (rights) m.map(end, kPageSize, *rights);
      std::vector<std::uint8_t> pattern(512);
      for (std::size_t i = 0; i < pattern.size(); ++i)
        pattern[i] = static_cast<std::uint8_t>(i * 7 + 1);
      for (const Row& row : rows) {
        INFO(row.name);
        m.put(end - 512, pattern);
        FxState fx = m->registers().fx();
        fx.image[4] = std::byte{0xc0};  // two values on the x87 stack, TOP 6
        fx.image[3] = std::byte{0x30};
        m->registers().set_fx(fx);
        const bool pushes = row.code[0] == 0x50 || row.code[0] == 0x60 || row.code[0] == 0xe8;
        const std::uint32_t pushed = row.code[0] == 0x60 ? 32 : 4;
        m.set([&](GeneralRegisters& r) {
          r.eax = 0x11112222;
          r.ebx = r.edi = (end - row.inside).value;
          r.esi = kData.value;
          r.esp = pushes ? (end - row.inside + pushed).value : kData.value + 0x100;
        });
        GeneralRegisters before = m.registers();
        before.eip = kCode.value;
        // What is read first is refused as a load, and is a store all the same.
        check_page_fault(m.run(row.code), Access::Write, end, kCode);
        CHECK(m.registers() == before);
        CHECK(m->registers().fx() == fx);
        std::vector<std::byte> after(512);
        REQUIRE(m.memory().raw().read(end - 512, after));
        CHECK(std::ranges::equal(after, std::as_bytes(std::span(pattern))));
      }
    }
  }
}

TEST_CASE("Stores up to the end of the last page, and into one that allows them, are done") {
  BenchMachine m;
  const GuestAddr end = kData + kDataSize;
  m.set([&](GeneralRegisters& r) {
    r.eax = 0x12345678;
    r.ebx = (end - 4).value;
    r.esi = (end - 16).value;
    r.edi = (end - 512).value;
  });
  // mov [ebx], eax; movups [esi], xmm0; fxsave [edi]; mov [edi], eax; mov [ebx], eax; int3
  const Stop stop =
      m.run({0x89, 0x03, 0x0f, 0x11, 0x06, 0x0f, 0xae, 0x07, 0x89, 0x07, 0x89, 0x03, 0xcc});
  CHECK(stopped<Fault>(stop).vector == 3);
  CHECK(m.peek(end - 4) == 0x12345678);
  CHECK(m.peek(end - 512) == 0x12345678);
  m.map(end, kPageSize, kReadWrite);
  m.set([&](GeneralRegisters& r) { r.ebx = (end - 2).value; });
  CHECK(stopped<Fault>(m.run({0x89, 0x03, 0xcc})).vector == 3);
  CHECK(m.peek(end - 2) == 0x12345678);
  REQUIRE(m.memory().protect(end, kPageSize, kReadOnly).has_value());
  check_page_fault(m.run({0x89, 0x03}), Access::Write, end, kCode);
  REQUIRE(m.memory().release(end).has_value());
  check_page_fault(m.run({0x89, 0x03}), Access::Write, end, kCode);
}

TEST_CASE(
    "Where stores are kept fast, one that runs into an absent page is never half done in silence") {
  BenchMachine m;
  REQUIRE(m.memory().make_stores_fast(kData).has_value());
  CHECK_FALSE(m.memory().make_stores_fast(kData + kPageSize).has_value());
  const GuestAddr end = kData + kDataSize;
  m.set([&](GeneralRegisters& r) { r.ebx = (end - 2).value; });
  CHECK(stopped<Unmodelled>(m.run({0x89, 0x03})).eip == kCode);  // mov [ebx], eax
  m.set([&](GeneralRegisters& r) { r.ebx = (end - 8).value; });
  CHECK(stopped<Unmodelled>(m.run({0x0f, 0x11, 0x03})).eip == kCode);  // movups [ebx], xmm0
  m.set([&](GeneralRegisters& r) { r.esp = (end + 2).value; });
  CHECK(stopped<Unmodelled>(m.run({0x50})).eip == kCode);  // push eax
  // A border that the guest made is looked at.
  REQUIRE(m.memory().protect(kData + kPageSize, kPageSize, kReadOnly).has_value());
  m.set([&](GeneralRegisters& r) { r.ebx = (kData + kPageSize - 2).value; });
  check_page_fault(m.run({0x89, 0x03}), Access::Write, kData + kPageSize, kCode);
  CHECK(m.peek(kData + kPageSize - 4) == 0);
  REQUIRE(m.memory().protect(kData + kPageSize, kPageSize, kReadWrite).has_value());
  // With nothing done before the fault it is an ordinary one.
  m.set([&](GeneralRegisters& r) { r.ebx = end.value; });
  check_page_fault(m.run({0x89, 0x03}), Access::Write, end, kCode);
  m.set([&](GeneralRegisters& r) {
    r.ebx = (kStackTop - 0x100).value;
    r.esp = (end + 4).value;
  });
  check_page_fault(m.run({0x50}), Access::Write, end, kCode);
  m.set([&](GeneralRegisters& r) { r.edi = end.value; });
  check_page_fault(m.run({0xab}), Access::Write, end, kCode);  // stosd
}

// The engine goes on after the fault, and would store what follows it.
TEST_CASE("A long store that begins in an absent page is never half done in silence") {
  BenchMachine m;
  FxState fx = m->registers().fx();
  for (std::size_t i = 0; i < 16; ++i) fx.image[160 + i] = std::byte{0x80};  // MASKMOV stores all
  m->registers().set_fx(fx);
  for (const std::vector<std::uint8_t>& code :
       {std::vector<std::uint8_t>{0x0f, 0xae, 0x03},
        {0xdd, 0x33},
        {0xd9, 0x33},
        {0xdb, 0x3b},
        {0x66, 0x0f, 0xf7, 0xc0}}) {  // fxsave, fnsave, fnstenv, fstp tbyte; maskmovdqu
    const std::uint32_t before = code[0] == 0x0f ? 16 : 4;  // FXSAVE wants alignment
    m.set([&](GeneralRegisters& r) { r.ebx = r.edi = (kData - before).value; });
    CHECK(stopped<Unmodelled>(m.run(code)).eip == kCode);
    CHECK(m.registers().eip == kCode.value);
  }
}

// The engine empties the x87 tags before it touches the operand.
TEST_CASE("An MMX instruction that faults leaves the x87 registers alone") {
  BenchMachine m;
  FxState fx = m->registers().fx();
  fx.put<std::uint8_t>(FxState::kFtw, 0xc0);
  fx.put<std::uint16_t>(FxState::kFsw, 6 << 11);
  m->registers().set_fx(fx);
  m.set([](GeneralRegisters& r) { r.ebx = r.edi = kBad.value; });
  for (int round = 0; round < 2; ++round) {
    check_page_fault(m.run({0x0f, 0x6e, 0x03}), Access::Read, kBad, kCode);   // movd mm0, [ebx]
    check_page_fault(m.run({0x0f, 0x7f, 0x03}), Access::Write, kBad, kCode);  // movq [ebx], mm0
    check_page_fault(m.run({0x0f, 0xe7, 0x03}), Access::Write, kBad, kCode);  // movntq [ebx], mm0
    check_page_fault(m.run({0x0f, 0xfc, 0x03}), Access::Read, kBad, kCode);   // paddb mm0, [ebx]
    CHECK(m->registers().fx() == fx);
  }
  // Which bytes it would store depends on its mask.
  fx.put<std::uint64_t>(FxState::kSt + 2 * FxState::kRegisterBytes, 0x8080808080808080);  // MM0
  m->registers().set_fx(fx);
  CHECK(stopped<Unmodelled>(m.run({0x0f, 0xf7, 0xc0})).eip == kCode);  // maskmovq mm0, mm0
}

TEST_CASE("MASKMOVDQU to an absent page faults at the first byte that it would store") {
  BenchMachine m;
  FxState fx = m->registers().fx();
  fx.image[160 + 5] = std::byte{0x80};  // the mask selects byte 5
  m->registers().set_fx(fx);
  m.set([](GeneralRegisters& r) { r.edi = kBad.value; });
  check_page_fault(m.run({0x66, 0x0f, 0xf7, 0xc0}), Access::Write, kBad + 5, kCode);
  CHECK(m.registers().eip == kCode.value);
}

TEST_CASE("A load of several registers that meets an absent page loads none") {
  BenchMachine m;
  const GuestAddr end = kData + kDataSize;
  for (std::uint32_t at = 4; at <= 64; at += 4) m.poke(end - at, 0x01010101U);
  m.set([&](GeneralRegisters& r) {
    r.esp = (end - 8).value;
    r.ebx = (end - 48).value;
  });
  GeneralRegisters before = m.registers();
  before.eip = kCode.value;
  const FxState fx = m->registers().fx();
  for (const std::vector<std::uint8_t>& code : std::initializer_list<std::vector<std::uint8_t>>{
           {0x61}, {0xdd, 0x23}, {0x0f, 0xae, 0x0b}}) {  // popad; frstor and fxrstor [ebx]
    check_page_fault(m.run(code), Access::Read, end, kCode);
    CHECK(m.registers() == before);
    CHECK(m->registers().fx() == fx);
  }
}

// Intel SDM vol. 2, REP: a fault leaves the registers as of the iteration that met it, and EIP
// on the instruction; facts: unicorn.md 3, "rep movs/stos across the end".
TEST_CASE("A repeated string instruction that faults keeps what it did and can go on") {
  BenchMachine m;
  const GuestAddr end = kData + kDataSize;
  m.set([&](GeneralRegisters& r) {
    r.eax = 0xabababab;
    r.edi = (end - 8).value;
    r.ecx = 5;
  });
  const std::uint64_t before = m->retired();
  check_page_fault(m.run({0xf3, 0xab, 0xcc}), Access::Write, end, kCode);  // rep stosd; int3
  GeneralRegisters r = m.registers();
  CHECK(r.eip == kCode.value);
  CHECK(r.ecx == 3);
  CHECK(r.edi == end.value);
  CHECK(m.peek(end - 4) == 0xabababab);
  CHECK(m->retired() == before);
  m.map(end, kPageSize, kReadWrite);
  const Fault fault = stopped<Fault>(m->run(kPlenty));
  CHECK(fault.vector == 3);
  r = m.registers();
  CHECK(r.ecx == 0);
  CHECK(r.edi == end.value + 12);
  CHECK(m.peek(end + 8) == 0xabababab);
  CHECK(m->retired() == before + 2);  // the REP once, the INT3 once
}

}  // namespace sehlab::emu
