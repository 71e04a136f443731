// The x87's flags against those of the processor that the tests run on, operation by operation,
// for operands at the borders, under each rounding and precision.
#include <doctest/doctest.h>

#include <array>
#include <cstring>
#include <string>
#include <vector>

#include "emu/x87_exceptions.hpp"

#if defined(__x86_64__) || defined(__i386__)

namespace sehlab::emu {
namespace {

using Extended = std::array<std::byte, 10>;

Extended extended(std::uint16_t top, std::uint64_t significand) {
  Extended bytes{};
  std::memcpy(bytes.data(), &significand, 8);
  std::memcpy(bytes.data() + 8, &top, 2);
  return bytes;
}

Extended of(long double value) {
  Extended bytes{};
  std::memcpy(bytes.data(), &value, 10);
  return bytes;
}

std::vector<Extended> operands() {
  std::vector<Extended> all{extended(0, 1),                        // the least denormal
                            extended(0, 0x7fffffffffffffff),       // the greatest
                            extended(1, 0x8000000000000000),       // the least normal
                            extended(0x7ffe, 0xffffffffffffffff),  // the greatest finite
                            extended(0x7fff, 0x8000000000000000),  // infinities
                            extended(0xffff, 0x8000000000000000),
                            extended(0x7fff, 0xc000000000000000),   // a quiet NaN
                            extended(0x7fff, 0xa000000000000000)};  // a signalling one
  for (const long double value : {0.0L,
                                  -0.0L,
                                  1.0L,
                                  -1.0L,
                                  1.5L,
                                  3.0L,
                                  1.0L / 3,
                                  0x1.fffffep127L,
                                  0x1.ffffffp127L,
                                  0x1.fffffffffffffp1023L,
                                  0x1.fffffffffffffcp1023L,
                                  0x1p-126L,
                                  0x1.8p-140L,
                                  0x1.234567p-127L,
                                  0x1p-1022L,
                                  0x1.123456789p-1040L,
                                  0x1.fffffffffffff8p-1023L,
                                  2147483647.0L,
                                  2147483647.5L,
                                  2147483648.0L,
                                  -2147483648.0L,
                                  -2147483648.5L,
                                  -2147483649.0L,
                                  32767.0L,
                                  32767.5L,
                                  -32768.5L,
                                  -32769.0L,
                                  0x1p63L,
                                  -0x1p63L,
                                  1e18L,
                                  999999999999999999.0L,
                                  0x1p-8200L,
                                  0x1.8p8192L}) {
    all.push_back(of(value));
  }
  return all;
}

struct Operation {
  const char* name;
  Opcode opcode;
  std::size_t memory = 0;  ///< bytes that it stores
  std::uint16_t (*run)(std::uint16_t control, const Extended& top, const Extended& next);
};

// As the processor does it: ST(1) is `next`. The flags before, as of the loads, are cleared.
#define ON_HARDWARE(code)                                                                          \
  [](std::uint16_t control, const Extended& top, const Extended& next) -> std::uint16_t {          \
    std::uint16_t status = 0;                                                                      \
    std::array<std::byte, 16> memory{};                                                            \
    asm volatile("fninit\n\tfldcw %[control]\n\tfldt %[next]\n\tfldt %[top]\n\tfnclex\n\t" code    \
                 "\n\tfnstsw %[status]\n\tfninit"                                                  \
                 : [status] "=m"(status), [memory] "=m"(memory)                                    \
                 : [control] "m"(control), [top] "m"(top), [next] "m"(next)                        \
                 : "memory", "st", "st(1)", "st(2)", "st(3)", "st(4)", "st(5)", "st(6)", "st(7)"); \
    return status;                                                                                 \
  }

constexpr Opcode opcode(std::uint8_t value, std::uint8_t modrm) {
  return {.value = value, .length = 1, .modrm = modrm};
}

const std::vector<Operation> kOperations{
    {"fadd st, st(1)", opcode(0xd8, 0xc1), 0, ON_HARDWARE(".byte 0xd8, 0xc1")},
    {"fmul st, st(1)", opcode(0xd8, 0xc9), 0, ON_HARDWARE(".byte 0xd8, 0xc9")},
    {"fcom st(1)", opcode(0xd8, 0xd1), 0, ON_HARDWARE(".byte 0xd8, 0xd1")},
    {"fsub st, st(1)", opcode(0xd8, 0xe1), 0, ON_HARDWARE(".byte 0xd8, 0xe1")},
    {"fsubr st, st(1)", opcode(0xd8, 0xe9), 0, ON_HARDWARE(".byte 0xd8, 0xe9")},
    {"fdiv st, st(1)", opcode(0xd8, 0xf1), 0, ON_HARDWARE(".byte 0xd8, 0xf1")},
    {"fdivr st, st(1)", opcode(0xd8, 0xf9), 0, ON_HARDWARE(".byte 0xd8, 0xf9")},
    {"fsubrp st(1), st", opcode(0xde, 0xe1), 0, ON_HARDWARE(".byte 0xde, 0xe1")},
    {"fdivp st(1), st", opcode(0xde, 0xf9), 0, ON_HARDWARE(".byte 0xde, 0xf9")},
    {"fucom st(1)", opcode(0xdd, 0xe1), 0, ON_HARDWARE(".byte 0xdd, 0xe1")},
    {"fcomi st, st(1)", opcode(0xdb, 0xf1), 0, ON_HARDWARE(".byte 0xdb, 0xf1")},
    {"fucomi st, st(1)", opcode(0xdb, 0xe9), 0, ON_HARDWARE(".byte 0xdb, 0xe9")},
    {"fsqrt", opcode(0xd9, 0xfa), 0, ON_HARDWARE(".byte 0xd9, 0xfa")},
    {"frndint", opcode(0xd9, 0xfc), 0, ON_HARDWARE(".byte 0xd9, 0xfc")},
    {"ftst", opcode(0xd9, 0xe4), 0, ON_HARDWARE(".byte 0xd9, 0xe4")},
    {"fxam", opcode(0xd9, 0xe5), 0, ON_HARDWARE(".byte 0xd9, 0xe5")},
    {"fchs", opcode(0xd9, 0xe0), 0, ON_HARDWARE(".byte 0xd9, 0xe0")},
    {"fxtract", opcode(0xd9, 0xf4), 0, ON_HARDWARE(".byte 0xd9, 0xf4")},
    {"fincstp", opcode(0xd9, 0xf7), 0, ON_HARDWARE(".byte 0xd9, 0xf7")},
    {"fst dword", opcode(0xd9, 0x10), 4, ON_HARDWARE("fsts %[memory]")},
    {"fst qword", opcode(0xdd, 0x10), 8, ON_HARDWARE("fstl %[memory]")},
    {"fstp tbyte", opcode(0xdb, 0x38), 10, ON_HARDWARE("fstpt %[memory]")},
    {"fistp word", opcode(0xdf, 0x18), 2, ON_HARDWARE("fistps %[memory]")},
    {"fist dword", opcode(0xdb, 0x10), 4, ON_HARDWARE("fistl %[memory]")},
    {"fistp qword", opcode(0xdf, 0x38), 8, ON_HARDWARE("fistpll %[memory]")},
    {"fisttp dword", opcode(0xdb, 0x08), 4, ON_HARDWARE("fisttpl %[memory]")},
    {"fbstp", opcode(0xdf, 0x30), 10, ON_HARDWARE("fbstp %[memory]")},
};

}  // namespace

TEST_CASE("The flags that an x87 operation raises are those that the processor raises") {
  const auto values = operands();
  const std::array<std::byte, 10> memory{};
  std::size_t wrong = 0;
  for (const Operation& operation : kOperations) {
    for (const int control : {0x03, 0x07, 0x0b, 0x0f, 0x00, 0x02, 0x0a}) {
      const auto word = static_cast<std::uint16_t>(control << 8 | 0x7f);  // everything masked
      for (const Extended& top : values) {
        for (const Extended& next : values) {
          X87Stack stack{};
          stack.status = 6 << 11;
          stack.tags = 0x0fff;  // two registers hold something
          stack.st[0] = top;
          stack.st[1] = next;
          const auto outcome =
              x87_outcome(operation.opcode, stack, word, std::span(memory).first(operation.memory));
          const unsigned expected = operation.run(word, top, next) & 0x7f;
          if (outcome.flags == expected) continue;
          if (++wrong > 20) continue;
          const auto text = [](const Extended& value) {
            std::uint64_t low = 0;
            std::uint16_t high = 0;
            std::memcpy(&low, value.data(), 8);
            std::memcpy(&high, value.data() + 8, 2);
            return doctest::toString(high) + ":" + doctest::toString(low);
          };
          FAIL_CHECK(std::string(operation.name)
                     << " under " << word << ": " << text(top) << " and " << text(next) << " raise "
                     << expected << ", not " << outcome.flags);
        }
      }
    }
  }
  CHECK(wrong == 0);
}

}  // namespace sehlab::emu

#endif
