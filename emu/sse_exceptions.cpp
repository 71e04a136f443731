#include "emu/sse_exceptions.hpp"

#include <array>
#include <bit>
#include <cfenv>
#include <cmath>
#include <cstring>
#include <limits>

#include "emu/decoder.hpp"
#include "emu/opcode.hpp"
#include "emu/sse_conversions.hpp"

namespace sehlab::emu {
namespace {

constexpr std::uint32_t kInvalid = 1, kDenormal = 2, kDivide = 4, kOverflow = 8, kUnderflow = 16,
                        kInexact = 32;
using Bytes = std::array<std::byte, 16>;

/// The host's rounding is the guest's while this lives, and its flags are clear.
class HostRounding {
 public:
  explicit HostRounding(std::uint32_t mxcsr) {
    std::fegetenv(&before_);
    std::feholdexcept(&held_);
    constexpr std::array<int, 4> kModes{FE_TONEAREST, FE_DOWNWARD, FE_UPWARD, FE_TOWARDZERO};
    std::fesetround(kModes[mxcsr >> 13 & 3]);
    std::feclearexcept(FE_ALL_EXCEPT);
  }
  ~HostRounding() { std::fesetenv(&before_); }
  HostRounding(const HostRounding&) = delete;
  HostRounding& operator=(const HostRounding&) = delete;

  [[nodiscard]] static std::uint32_t flags() {
    const int raised = std::fetestexcept(FE_ALL_EXCEPT);
    std::uint32_t flags = 0;
    if ((raised & FE_INVALID) != 0) flags |= kInvalid;
    if ((raised & FE_DIVBYZERO) != 0) flags |= kDivide;
    if ((raised & FE_OVERFLOW) != 0) flags |= kOverflow;
    if ((raised & FE_UNDERFLOW) != 0) flags |= kUnderflow;
    if ((raised & FE_INEXACT) != 0) flags |= kInexact;
    return flags;
  }

 private:
  std::fenv_t before_{}, held_{};
};

template <typename Float>
Float element(const Bytes& bytes, std::size_t i) {
  Float value;
  std::memcpy(&value, bytes.data() + i * sizeof(Float), sizeof(Float));
  return value;
}

/// A signalling NaN has the top bit of its fraction clear. (Passing one around as a Float could
/// quiet it, so the bits are looked at.)
template <typename Float>
bool is_signalling(const Bytes& bytes, std::size_t i) {
  if constexpr (sizeof(Float) == 4) {
    const auto bits = element<std::uint32_t>(bytes, i);
    return (bits & 0x7f800000U) == 0x7f800000U && (bits & 0x7fffffU) != 0 &&
           (bits & 0x400000U) == 0;
  } else {
    const auto bits = element<std::uint64_t>(bytes, i);
    constexpr std::uint64_t kExponent = 0x7ff0000000000000, kFraction = 0xfffffffffffff;
    return (bits & kExponent) == kExponent && (bits & kFraction) != 0 &&
           (bits & 0x8000000000000) == 0;
  }
}

std::uint32_t general_register(const GeneralRegisters& r, unsigned number) {
  const std::array values{r.eax, r.ecx, r.edx, r.ebx, r.esp, r.ebp, r.esi, r.edi};
  return values[number];
}

struct Operation {
  std::uint8_t opcode = 0;
  std::uint8_t predicate = 0;  ///< of CMP
  const Bytes& to;
  const Bytes& from;
};

/// One element of an operation on floats of one size.
template <typename Float>
std::uint32_t arithmetic(const Operation& operation, std::size_t i) {
  const volatile Float a = element<Float>(operation.to, i), b = element<Float>(operation.from, i);
  volatile Float result = 0;
  const bool nan = std::isnan(a) || std::isnan(b);
  const bool signalling =
      is_signalling<Float>(operation.to, i) || is_signalling<Float>(operation.from, i);
  std::uint32_t flags = 0;
  const auto denormal = [](Float value) { return std::fpclassify(value) == FP_SUBNORMAL; };
  bool unary = false;
  std::feclearexcept(FE_ALL_EXCEPT);  // a look at a signalling NaN may have raised some
  switch (operation.opcode) {
    case 0x51:
      unary = true;
      if (is_signalling<Float>(operation.from, i)) return kInvalid;
      if (std::isnan(b)) return 0;
      if (b < 0) return kInvalid;
      result = std::sqrt(b);
      break;
    case 0x58:
    case 0x59:
    case 0x5c:
    case 0x5e:
      if (signalling) return kInvalid;
      if (nan) return 0;
      result = operation.opcode == 0x58   ? a + b
               : operation.opcode == 0x59 ? a * b
               : operation.opcode == 0x5c ? a - b
                                          : a / b;
      break;
    case 0x5d:
    case 0x5f:  // MIN and MAX: any NaN is invalid
    case 0x2f:  // COMIS, too
      if (nan) return kInvalid;
      break;
    case 0x2e:  // UCOMIS
      if (signalling) return kInvalid;
      if (nan) return 0;
      break;
    case 0xc2: {  // CMP: LT, LE, NLT and NLE signal every NaN
      const bool ordered = (operation.predicate & 3) == 1 || (operation.predicate & 3) == 2;
      if (signalling || (nan && ordered)) return kInvalid;
      if (nan) return 0;
      break;
    }
    default:
      return 0;
  }
  static_cast<void>(result);
  flags = HostRounding::flags();
  // Where the result is invalid or infinite by division there is no denormal to tell of.
  if ((flags & (kInvalid | kDivide)) == 0 && (denormal(b) || (!unary && denormal(a)))) {
    flags |= kDenormal;
  }
  return flags;
}

/// What the operands are: F3 and F2 are scalars, 66 packs of doubles, none packs of singles.
struct Shape {
  bool doubles = false;
  std::size_t elements = 4;
};

SimdPrefix prefix_of(const Opcode& opcode) {
  if (opcode.repeat != 0) return opcode.repeat == 0xf2 ? SimdPrefix::F2 : SimdPrefix::F3;
  return opcode.wide ? SimdPrefix::P66 : SimdPrefix::None;
}

Shape shape_of(SimdPrefix prefix, std::uint8_t opcode) {
  const bool wide = prefix == SimdPrefix::P66;
  if (opcode == 0x2e || opcode == 0x2f) return {wide, 1};  // scalar without a prefix
  if (prefix == SimdPrefix::F3) return {false, 1};
  if (prefix == SimdPrefix::F2) return {true, 1};
  return wide ? Shape{true, 2} : Shape{false, 4};
}

bool converts(std::uint8_t opcode) {
  return opcode == 0x2a || opcode == 0x2c || opcode == 0x2d || opcode == 0x5a || opcode == 0x5b ||
         opcode == 0xe6;
}

}  // namespace

std::uint32_t simd_flags(std::span<const std::byte> code, GuestAddr address,
                         const GeneralRegisters& general, const SimdRegisters& simd,
                         GuestAddr fs_base, const PageTable& memory) {
  const Opcode opcode = opcode_of(code);
  const std::size_t length = computes_in_sse(opcode) ? instruction_length(code) : 0;
  if (length == 0) return 0;
  const SimdPrefix prefix = prefix_of(opcode);
  const SimdConversion conversion = simd_conversion(opcode.value, prefix);
  const Shape shape = shape_of(prefix, opcode.value);
  if (converts(opcode.value) && conversion.elements == 0) return 0;
  const std::size_t size = converts(opcode.value) ? conversion.size : shape.doubles ? 8 : 4;
  const std::size_t elements = converts(opcode.value) ? conversion.elements : shape.elements;
  const Bytes to = simd.xmm[opcode.extension()];
  Bytes from{};
  if (opcode.modrm >= 0xc0 && opcode.value == 0x2a) {
    const std::uint32_t value = general_register(general, opcode.modrm & 7);
    std::memcpy(from.data(), &value, sizeof(value));
  } else if (opcode.modrm >= 0xc0) {
    from = simd.xmm[opcode.modrm & 7];
  } else {
    const auto operands = memory_operands(code, address, general, fs_base);
    if (operands.empty()) return 0;
    for (std::size_t i = 0; i < size * elements; ++i) {
      const std::byte* host = memory.host(operands.front().address + static_cast<std::uint32_t>(i));
      if (host == nullptr) return 0;
      from[i] = *host;
    }
  }
  const Operation operation{
      opcode.value,
      opcode.value == 0xc2 ? std::to_integer<std::uint8_t>(code[length - 1]) : std::uint8_t{0}, to,
      from};
  std::uint32_t flags = 0;
  for (std::size_t i = 0; i < elements; ++i) {
    const HostRounding rounding(simd.mxcsr);
    flags |= converts(opcode.value)
                 ? conversion_flags(conversion, std::span(from).subspan(i * size, size), simd.mxcsr)
             : shape.doubles ? arithmetic<double>(operation, i)
                             : arithmetic<float>(operation, i);
  }
  return flags;
}

}  // namespace sehlab::emu
