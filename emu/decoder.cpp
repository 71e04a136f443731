// The only source file that includes Capstone.
#include "emu/decoder.hpp"

#include <capstone/capstone.h>

#include <algorithm>
#include <memory>

#include "emu/check.hpp"

namespace sehlab::emu {
namespace {

constexpr std::size_t kLongestInstruction = 15;

/// One decoder a thread: a handle is not for several threads at a time.
class Handle {
 public:
  Handle() {
    SEHLAB_CHECK(cs_open(CS_ARCH_X86, CS_MODE_32, &handle_) == CS_ERR_OK);
    cs_option(handle_, CS_OPT_DETAIL, CS_OPT_ON);
    instruction_ = cs_malloc(handle_);
    SEHLAB_CHECK(instruction_ != nullptr);
  }
  ~Handle() {
    cs_free(instruction_, 1);
    cs_close(&handle_);
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  /// Null when the bytes are no instruction; else valid until the next call.
  const cs_insn* decode(std::span<const std::byte> bytes, GuestAddr address) {
    const auto* code = reinterpret_cast<const std::uint8_t*>(bytes.data());
    std::size_t size = std::min(bytes.size(), kLongestInstruction);
    std::uint64_t at = address.value;
    return cs_disasm_iter(handle_, &code, &size, &at, instruction_) ? instruction_ : nullptr;
  }

 private:
  csh handle_ = 0;
  cs_insn* instruction_ = nullptr;
};

Handle& decoder() {
  thread_local Handle handle;
  return handle;
}

}  // namespace

std::optional<Instruction> decode(std::span<const std::byte> bytes, GuestAddr address) {
  const cs_insn* found = decoder().decode(bytes, address);
  if (found == nullptr) return std::nullopt;
  const auto* first = reinterpret_cast<const std::byte*>(found->bytes);
  return Instruction{address, {first, first + found->size}, found->mnemonic, found->op_str};
}

}  // namespace sehlab::emu
