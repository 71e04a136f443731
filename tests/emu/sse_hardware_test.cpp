// SSE's flags against those of the processor that the tests run on, instruction by instruction, for
// operands at the borders, in each rounding mode.
#include <doctest/doctest.h>

#include <array>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include "emu/sse_exceptions.hpp"

#if defined(__x86_64__) || defined(__i386__)

namespace sehlab::emu {
namespace {

using Bytes = std::array<std::byte, 16>;

template <typename T>
Bytes packed(T value) {
  Bytes bytes{};
  for (std::size_t at = 0; at < bytes.size(); at += sizeof(T))
    std::memcpy(bytes.data() + at, &value, sizeof(T));
  return bytes;
}

std::vector<Bytes> operands() {
  std::vector<Bytes> all{packed(0x7fa00000U), packed(0x7ff4000000000000),  // signalling NaNs
                         packed(0x7fc00000U), packed(0x7ff8000000000000)};
  using Single = std::numeric_limits<float>;
  using Double = std::numeric_limits<double>;
  for (const float value : {0.0F, -0.0F, 1.0F, -1.0F, 1.5F, 3.0F, Single::denorm_min(), 0x1.8p-130F,
                            Single::min(), Single::max(), Single::infinity(), -Single::infinity(),
                            2147483648.0F, -2147483648.0F, 16777216.0F}) {
    all.push_back(packed(value));
  }
  for (const double value : {0.0,
                             1.0,
                             -1.0,
                             1.5,
                             1.0 / 3,
                             Double::denorm_min(),
                             0x1.8p-1030,
                             Double::min(),
                             Double::max(),
                             Double::infinity(),
                             2147483647.5,
                             2147483648.0,
                             -2147483648.5,
                             -2147483649.0,
                             0x1p-126,
                             0x1.8p-149,
                             0x1.00000001p-127,
                             0x1.fffffefp127,
                             0x1.ffffffp127,
                             1e300}) {
    all.push_back(packed(value));
  }
  all.push_back(packed(16777217));  // integers
  all.push_back(packed(std::numeric_limits<std::int32_t>::min() + 1));
  return all;
}

struct Operation {
  std::string name;
  std::vector<std::uint8_t> code;
  std::uint32_t (*run)(std::uint32_t mxcsr, const Bytes& to, const Bytes& from);
};

#define OPERATION(name, ...)                                                           \
  {                                                                                    \
    name, {__VA_ARGS__},                                                               \
        [](std::uint32_t mxcsr, const Bytes& to, const Bytes& from) -> std::uint32_t { \
          std::uint32_t before = 0, first = 0;                                         \
          std::memcpy(&first, from.data(), sizeof(first));                             \
          asm volatile(                                                                \
              "stmxcsr %[before]\n\tldmxcsr %[mxcsr]\n\tmovups %[to], %%xmm0\n\t"      \
              "movups %[from], %%xmm1\n\t.byte " #__VA_ARGS__                          \
              "\n\tstmxcsr %[mxcsr]\n\tldmxcsr %[before]"                              \
              : [mxcsr] "+m"(mxcsr), [before] "=m"(before), "+c"(first)                \
              : [to] "m"(to), [from] "m"(from)                                         \
              : "eax", "xmm0", "xmm1", "cc", "memory");                                \
          return mxcsr;                                                                \
        }                                                                              \
  }

const std::vector<Operation> kOperations{
    OPERATION("addps", 0x0f, 0x58, 0xc1),
    OPERATION("addsd", 0xf2, 0x0f, 0x58, 0xc1),
    OPERATION("mulss", 0xf3, 0x0f, 0x59, 0xc1),
    OPERATION("mulpd", 0x66, 0x0f, 0x59, 0xc1),
    OPERATION("subps", 0x0f, 0x5c, 0xc1),
    OPERATION("divps", 0x0f, 0x5e, 0xc1),
    OPERATION("divsd", 0xf2, 0x0f, 0x5e, 0xc1),
    OPERATION("sqrtps", 0x0f, 0x51, 0xc1),
    OPERATION("sqrtsd", 0xf2, 0x0f, 0x51, 0xc1),
    OPERATION("minps", 0x0f, 0x5d, 0xc1),
    OPERATION("maxsd", 0xf2, 0x0f, 0x5f, 0xc1),
    OPERATION("comiss", 0x0f, 0x2f, 0xc1),
    OPERATION("ucomisd", 0x66, 0x0f, 0x2e, 0xc1),
    OPERATION("cmpeqps", 0x0f, 0xc2, 0xc1, 0x00),
    OPERATION("cmpltsd", 0xf2, 0x0f, 0xc2, 0xc1, 0x01),
    OPERATION("cmpnleps", 0x0f, 0xc2, 0xc1, 0x06),
    OPERATION("cmpordps", 0x0f, 0xc2, 0xc1, 0x07),
    OPERATION("cvtsi2ss", 0xf3, 0x0f, 0x2a, 0xc1),
    OPERATION("cvtsi2sd", 0xf2, 0x0f, 0x2a, 0xc1),
    OPERATION("cvttss2si", 0xf3, 0x0f, 0x2c, 0xc1),
    OPERATION("cvtsd2si", 0xf2, 0x0f, 0x2d, 0xc1),
    OPERATION("cvtps2pd", 0x0f, 0x5a, 0xc1),
    OPERATION("cvtpd2ps", 0x66, 0x0f, 0x5a, 0xc1),
    OPERATION("cvtss2sd", 0xf3, 0x0f, 0x5a, 0xc1),
    OPERATION("cvtsd2ss", 0xf2, 0x0f, 0x5a, 0xc1),
    OPERATION("cvtdq2ps", 0x0f, 0x5b, 0xc1),
    OPERATION("cvtps2dq", 0x66, 0x0f, 0x5b, 0xc1),
    OPERATION("cvttps2dq", 0xf3, 0x0f, 0x5b, 0xc1),
    OPERATION("cvtdq2pd", 0xf3, 0x0f, 0xe6, 0xc1),
    OPERATION("cvtpd2dq", 0xf2, 0x0f, 0xe6, 0xc1),
    OPERATION("cvttpd2dq", 0x66, 0x0f, 0xe6, 0xc1),
};

}  // namespace

TEST_CASE("The flags that an SSE instruction raises are those that the processor raises") {
  const auto values = operands();
  const PageTable memory;
  std::size_t wrong = 0;
  for (const Operation& operation : kOperations) {
    for (const std::uint32_t rounding : {0U, 1U, 2U, 3U}) {
      for (const Bytes& to : values) {
        for (const Bytes& from : values) {
          SimdRegisters simd;
          simd.mxcsr = 0x1f80 | rounding << 13;
          simd.xmm[0] = to;
          simd.xmm[1] = from;
          GeneralRegisters general{};
          std::memcpy(&general.ecx, from.data(), sizeof(general.ecx));
          const std::uint32_t flags = simd_flags(std::as_bytes(std::span(operation.code)),
                                                 GuestAddr{}, general, simd, GuestAddr{}, memory);
          const std::uint32_t expected = operation.run(simd.mxcsr, to, from) & kMxcsrFlags;
          if (flags == expected || ++wrong > 20) continue;
          const auto text = [](const Bytes& value) {
            std::array<std::uint32_t, 2> words{};
            std::memcpy(words.data(), value.data(), 8);
            return std::to_string(words[0]) + ":" + std::to_string(words[1]);
          };
          FAIL_CHECK(operation.name << " under " << simd.mxcsr << ": " << text(to) << " and "
                                    << text(from) << " raise " << expected << ", not " << flags);
        }
      }
    }
  }
  CHECK(wrong == 0);
}

}  // namespace sehlab::emu

#endif
