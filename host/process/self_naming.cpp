#include "host/process/self_naming.hpp"

#include <array>
#include <cstddef>

#include "host/process/environment.hpp"
#include "lab/gates.h"

namespace sehlab::process {
namespace {

constexpr std::uint32_t kPoolBytes = 0x10000;
constexpr std::uint32_t kStubBytes = 4;

}  // namespace

Result<SelfNaming::Gate> SelfNaming::gate(const std::string& dll, const std::string& module,
                                          const std::string& function) {
  const auto key = std::pair(module, function);
  if (const auto known = gates_.find(key); known != gates_.end()) return known->second;
  if (next_ == end_) {
    const auto pool = space_.find_free(kPoolBytes, kUserSpace, kAllocationGranularity);
    if (!pool) return fail("", "no room for the gates of unknown imports");
    if (auto done = space_.reserve(*pool, kPoolBytes); !done)
      return tl::make_unexpected(done.error());
    if (auto done = space_.commit(*pool, kPoolBytes, emu::kReadExecute); !done) {
      return tl::make_unexpected(done.error());
    }
    next_ = *pool;
    end_ = *pool + kPoolBytes;
  }
  // int LAB_GATE_VECTOR, then int3 should anything ever run past it.
  const std::array<std::uint8_t, kStubBytes> stub{0xcd, LAB_GATE_VECTOR, 0xcc, 0xcc};
  if (!space_.raw().put(next_, stub)) return fail("", "a gate's memory could not be written");
  const Gate gate{next_, &imports_.emplace_back(UnboundImport{dll, function})};
  next_ += kStubBytes;
  gates_.emplace(key, gate);
  return gate;
}

}  // namespace sehlab::process
