// How many bytes of memory an instruction touches, whether it writes them and whether they must be
// aligned: the decoder's word against the processor that the tests run on, opcode by opcode.
#include <doctest/doctest.h>

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

#include "emu/decoder.hpp"
#include "emu/opcode.hpp"

#if defined(__x86_64__) && defined(__linux__)

#include <sys/mman.h>
#include <csetjmp>
#include <csignal>

namespace sehlab::emu {
namespace {

using Code = std::vector<std::uint8_t>;

constexpr std::size_t kPage = 4096;

sigjmp_buf g_after;
siginfo_t g_signal;

void on_signal(int, siginfo_t* info, void*) {
  g_signal = *info;
  siglongjmp(g_after, 1);
}

enum class Outcome { Done, PageFault, Protection, Other };

/// Runs instructions whose one operand is [edi], here [rdi], in front of a page without access.
class Processor {
 public:
  Processor() {
    code_ = map(kPage, PROT_READ | PROT_WRITE | PROT_EXEC);
    memory_ = map(2 * kPage, PROT_READ | PROT_WRITE);
    REQUIRE(mprotect(memory_ + kPage, kPage, PROT_NONE) == 0);
    struct sigaction action {};
    action.sa_sigaction = on_signal;
    action.sa_flags = SA_SIGINFO | SA_NODEFER;
    for (std::size_t i = 0; i < std::size(kSignals); ++i)
      sigaction(kSignals[i], &action, &before_[i]);
  }
  ~Processor() {
    for (std::size_t i = 0; i < std::size(kSignals); ++i)
      sigaction(kSignals[i], &before_[i], nullptr);
    munmap(memory_, 2 * kPage);
    munmap(code_, kPage);
  }
  Processor(const Processor&) = delete;
  Processor& operator=(const Processor&) = delete;

  /// With the operand's address `offset` bytes in front of the page without access.
  Outcome run(const Code& code, std::size_t offset) {
    std::memset(memory_, 0, kPage);
    return execute(code, offset);
  }

  Outcome run_read_only(const Code& code, std::size_t offset) {
    mprotect(memory_, kPage, PROT_READ);
    const Outcome outcome = execute(code, offset);
    mprotect(memory_, kPage, PROT_READ | PROT_WRITE);
    return outcome;
  }

 private:
  static constexpr int kSignals[] = {SIGSEGV, SIGILL, SIGFPE, SIGBUS, SIGTRAP};

  static std::uint8_t* map(std::size_t size, int access) {
    void* at = mmap(nullptr, size, access, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    REQUIRE(at != MAP_FAILED);
    return static_cast<std::uint8_t*>(at);
  }

  Outcome execute(const Code& code, std::size_t offset) {
    constexpr std::uint8_t kRet = 0xc3;
    std::memcpy(code_, code.data(), code.size());
    code_[code.size()] = kRet;
    std::uint8_t* operand = memory_ + kPage - offset;
    if (sigsetjmp(g_after, 1) == 0) {
      asm volatile(
          "lea -256(%%rsp), %%rsp\n\tfninit\n\tcall *%%rsi\n\tlea 256(%%rsp), "
          "%%rsp\n\tfninit\n\temms"
          : "+D"(operand)
          : "S"(code_), "a"(0), "c"(0)
          : "rbx", "rdx", "r8", "r9", "r10", "r11", "xmm0", "cc", "memory");
      return Outcome::Done;
    }
    if (g_signal.si_signo != SIGSEGV) return Outcome::Other;
    return g_signal.si_code == SI_KERNEL ? Outcome::Protection : Outcome::PageFault;
  }

  std::uint8_t* code_ = nullptr;
  std::uint8_t* memory_ = nullptr;
  struct sigaction before_[std::size(kSignals)]{};
};

constexpr std::uint8_t kAtEdi = 7;  // ModRM: [edi]

/// The same in 32-bit and 64-bit code, with one operand in memory, of any extension of the opcode.
std::vector<Code> instructions() {
  std::vector<Code> all;
  const auto add = [&](const Code& code) {
    all.push_back(code);
    for (const std::uint8_t prefix : {std::uint8_t{0x66}, std::uint8_t{0xf2}, std::uint8_t{0xf3}}) {
      all.push_back(code);
      all.back().insert(all.back().begin(), prefix);
    }
  };
  const auto byte = [](int value) { return static_cast<std::uint8_t>(value); };
  const auto modrm = [&](int extension) { return byte(extension << 3 | kAtEdi); };
  const auto between = [](int value, int low, int high) { return value >= low && value <= high; };
  for (int value = 0; value < 0x40; value += 8) {  // ADD to CMP
    for (int form = 0; form < 4; ++form) add({byte(value + form), kAtEdi});
  }
  for (int value = 0x84; value <= 0x8b; ++value) add({byte(value), kAtEdi});  // TEST, XCHG, MOV
  for (int value = 0xd8; value <= 0xdf; ++value) {                            // x87
    for (int extension = 0; extension < 8; ++extension) add({byte(value), modrm(extension)});
  }
  for (int value = 0x10; value < 0x100; ++value) {
    const bool emms_vmread = between(value, 0x77, 0x79);
    const bool taken = between(value, 0x10, 0x17) || between(value, 0x28, 0x2f) ||
                       between(value, 0x40, 0x7f) || between(value, 0x90, 0x9f) ||
                       between(value, 0xa3, 0xa5) || between(value, 0xab, 0xad) || value == 0xaf ||
                       value == 0xb0 || value == 0xb1 || value == 0xb3 || value == 0xb6 ||
                       value == 0xb7 || between(value, 0xba, 0xc6) || value >= 0xd0;
    if (!taken || emms_vmread || value == 0xb8 || value == 0xb9 || value == 0xff) continue;
    Code code{0x0f, byte(value), value == 0xba ? modrm(5) : kAtEdi};
    const bool immediate = between(value, 0x70, 0x73) || value == 0xa4 || value == 0xac ||
                           value == 0xba || value == 0xc2 || between(value, 0xc4, 0xc6);
    if (immediate) code.push_back(1);
    add(code);
  }
  add({0x0f, 0xc7, modrm(1)});  // CMPXCHG8B
  for (int value = 0; value < 0x42; ++value) {
    add({0x0f, 0x38, byte(value), kAtEdi});
    add({0x0f, 0x3a, byte(value), kAtEdi, 1});
  }
  return all;
}

/// The least number of bytes that must be there; none when the processor has no such instruction.
std::optional<std::uint32_t> bytes_needed(Processor& processor, const Code& code) {
  for (const std::uint32_t size : {0, 1, 2, 4, 6, 8, 10, 14, 16, 28, 94, 108}) {
    switch (processor.run(code, size)) {
      case Outcome::PageFault:
        continue;
      case Outcome::Done:
        return size;
      case Outcome::Protection:  // only operands of 16 bytes have to be aligned
        return 16;
      case Outcome::Other:
        return std::nullopt;
    }
  }
  return std::nullopt;
}

std::string hex(const Code& code) {
  constexpr const char* kDigits = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : code) (text += kDigits[byte >> 4]) += kDigits[byte & 15];
  return text;
}

}  // namespace

TEST_CASE("operands in memory have the size, the direction and the alignment of the processor's") {
  Processor processor;
  int compared = 0;
  for (const Code& code : instructions()) {
    std::vector<std::byte> bytes(16);
    std::memcpy(bytes.data(), code.data(), code.size());
    const auto known = decode(bytes, GuestAddr{0});
    if (!known) continue;  // an extension that came after the decoder
    const auto needed = bytes_needed(processor, code);
    if (!needed) continue;
    ++compared;
    INFO(hex(code), "  ", known->mnemonic, " ", known->operands);
    std::uint32_t size = 0;
    bool writes = false;
    for (const MemoryOperand& operand :
         memory_operands(bytes, GuestAddr{0}, GeneralRegisters{}, GuestAddr{0})) {
      size = operand.size;
      writes = operand.write;
    }
    CHECK(size == *needed);
    // A page's start is aligned to anything.
    CHECK(writes == (processor.run_read_only(code, kPage) == Outcome::PageFault));
    const Opcode opcode = opcode_of(bytes);
    const bool aligned =
        may_need_alignment(opcode) && required_alignment(bytes, GuestAddr{0}) == 16;
    CHECK(aligned == (processor.run(code, kPage - 8) == Outcome::Protection));
  }
  CHECK(compared > 800);
}

}  // namespace sehlab::emu

#endif
