// SSE exceptions by MXCSR: Intel SDM vol. 1, 11.5 (which operands raise which), vol. 3, table 6-1
// (#XM is 19); facts 2.1, row 13.
#include <cfenv>
#include <cstring>
#include <limits>
#include <span>

#include "emu/page_table.hpp"
#include "emu/sse_exceptions.hpp"
#include "tests/emu/bench_machine.hpp"

namespace sehlab::emu {
namespace {

constexpr std::uint32_t kAllMasked = 0x1f80;
constexpr std::uint32_t kInvalid = 1, kDenormal = 2, kDivide = 4, kOverflow = 8, kInexact = 32;

/// MXCSR with these exceptions unmasked.
std::uint32_t unmasking(std::uint32_t flags) {
  return kAllMasked & ~(flags << 7);
}

std::uint32_t mxcsr(BenchMachine& m) {
  std::uint32_t value = 0;
  const FxState fx = m->registers().fx();
  std::memcpy(&value, fx.image.data() + 24, sizeof(value));
  return value;
}

/// Loads MXCSR, then XMM0 and XMM1 with four of a and of b, and runs the code from a jump on.
Stop run_with(BenchMachine& m, std::uint32_t control, float a, float b,
              std::vector<std::uint8_t> code) {
  m.poke(kData, control);
  for (std::uint32_t i = 0; i < 4; ++i) {
    m.poke(kData + 0x10 + 4 * i, a);
    m.poke(kData + 0x20 + 4 * i, b);
  }
  m.set([](GeneralRegisters& r) { r.ebx = kData.value; });
  // ldmxcsr [ebx]; movaps xmm0, [ebx+10h]; movaps xmm1, [ebx+20h]
  std::vector<std::uint8_t> all{0x0f, 0xae, 0x13, 0x0f, 0x28, 0x43, 0x10, 0x0f, 0x28, 0x4b, 0x20};
  all.insert(all.end(), code.begin(), code.end());
  all.push_back(0xcc);
  return m.run(all);
}

constexpr GuestAddr kAt = kCode + 11;
const std::vector<std::uint8_t> kDivps{0x0f, 0x5e, 0xc1}, kAddss{0xf3, 0x0f, 0x58, 0xc1},
    kMulps{0x0f, 0x59, 0xc1}, kSqrtss{0xf3, 0x0f, 0x51, 0xc1}, kComiss{0x0f, 0x2f, 0xc1},
    kUcomiss{0x0f, 0x2e, 0xc1}, kCvtss2si{0xf3, 0x0f, 0x2d, 0xc1}, kCmpltps{0x0f, 0xc2, 0xc1, 1},
    kCmpeqps{0x0f, 0xc2, 0xc1, 0};

void check_raised(const Stop& stop) {
  const Fault fault = stopped<Fault>(stop);
  CHECK(fault.kind == FaultKind::Exception);
  CHECK(fault.vector == 19);
  CHECK(fault.eip == kAt);
}

void check_not_raised(const Stop& stop) {
  CHECK(stopped<Fault>(stop).vector == 3);
}

}  // namespace

TEST_CASE("An unmasked division by zero is #XM at the instruction, and MXCSR says so") {
  BenchMachine m;
  check_raised(run_with(m, unmasking(kDivide), 1, 0, kDivps));
  CHECK((mxcsr(m) & 0x3f) == kDivide);
  float kept = 0;
  const FxState fx = m->registers().fx();
  std::memcpy(&kept, fx.image.data() + 160, sizeof(kept));
  CHECK(kept == 1);  // nothing was computed
}

TEST_CASE("A masked exception is none, and an unmasked one that does not happen either") {
  BenchMachine m;
  check_not_raised(run_with(m, kAllMasked, 1, 0, kDivps));
  check_not_raised(run_with(m, unmasking(kInvalid), 1, 0, kDivps));
  check_not_raised(run_with(m, unmasking(kDivide), 1, 2, kDivps));
  // A jump back to code that was seen with everything masked.
  check_raised(run_with(m, unmasking(kDivide), 1, 0, kDivps));
}

TEST_CASE("Each SSE exception is raised by operands that bring it about") {
  const float denormal = std::numeric_limits<float>::denorm_min();
  const float most = std::numeric_limits<float>::max();
  const float infinite = std::numeric_limits<float>::infinity();
  const float nan = std::numeric_limits<float>::quiet_NaN();
  struct Row {
    std::uint32_t flag;
    float a, b;
    const std::vector<std::uint8_t>& code;
  };
  for (const Row& row : {Row{kInvalid, 0, 0, kDivps}, Row{kInvalid, infinite, -infinite, kAddss},
                         Row{kInvalid, 0, infinite, kMulps}, Row{kInvalid, 0, -1, kSqrtss},
                         Row{kInvalid, 1, nan, kComiss}, Row{kInvalid, 0, 3e9F, kCvtss2si},
                         Row{kInvalid, 1, nan, kCmpltps}, Row{kDenormal, 1, denormal, kAddss},
                         Row{kOverflow, most, most, kMulps}, Row{kInexact, 1, 3, kDivps},
                         Row{kInexact, 0, 1.5F, kCvtss2si}}) {
    BenchMachine m;
    CAPTURE(row.flag);
    check_raised(run_with(m, unmasking(row.flag), row.a, row.b, row.code));
    CHECK((mxcsr(m) & row.flag) != 0);
  }
}

TEST_CASE("Operands that raise nothing: quiet NaNs where they are allowed, exact results") {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  BenchMachine m;
  check_not_raised(run_with(m, 0, 1, nan, kUcomiss));
  check_not_raised(run_with(m, 0, 1, nan, kAddss));
  check_not_raised(run_with(m, 0, 1, nan, kCmpeqps));
  check_not_raised(run_with(m, 0, 1, 2, kDivps));
  check_not_raised(run_with(m, 0, 0, 7, kCvtss2si));
}

TEST_CASE("The rounding of MXCSR decides what is inexact, and the host's is left alone") {
  BenchMachine m;
  // 2^24 + 1 does not fit: it rounds up or down, and is inexact either way.
  check_raised(run_with(m, unmasking(kInexact) | 0x4000, 16777216, 1, kAddss));
  CHECK(std::fegetround() == FE_TONEAREST);
}

TEST_CASE("Bytes that are no instruction raise nothing of their own") {
  SimdRegisters simd;
  simd.mxcsr = unmasking(kInvalid);
  simd.xmm[0].fill(std::byte{0xff});  // NaNs
  const PageTable nowhere;
  const auto flags = [&](const std::vector<std::uint8_t>& code) {
    return simd_flags(std::as_bytes(std::span(code)), kCode, {}, simd, GuestAddr{0}, nowhere);
  };
  // CMPLTPS XMM0, XMM1 raises #I for any NaN (Intel SDM vol. 2, table 3-1).
  CHECK(flags(kCmpltps) == kInvalid);
  CHECK(flags({0x0f, 0xc2, 0xc1}) == 0);  // its last byte is missing
  // More than 15 bytes are no instruction (Intel SDM vol. 2, 2.3.11).
  CHECK(flags({0x3e, 0x3e, 0x3e, 0x3e, 0x3e, 0x3e, 0x3e, 0x3e, 0x3e, 0x3e, 0x3e, 0x3e, 0x0f, 0xc2,
               0xc1, 1}) == 0);
}

}  // namespace sehlab::emu
