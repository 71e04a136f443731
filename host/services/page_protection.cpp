#include "host/services/page_protection.hpp"

#include "host/services/nt_values.hpp"

namespace sehlab::services {

ParsedProtection parse_protection(std::uint32_t protect, bool image) {
  constexpr std::uint32_t kModifiers = PAGE_GUARD | PAGE_NOCACHE | PAGE_WRITECOMBINE;
  ParsedProtection parsed;
  parsed.cache_control = (protect & (PAGE_NOCACHE | PAGE_WRITECOMBINE)) != 0;
  const std::uint32_t base = protect & ~kModifiers;
  switch (base) {
    case PAGE_NOACCESS:
      parsed.rights = emu::kNoAccess;
      break;
    case PAGE_READONLY:
      parsed.rights = emu::kReadOnly;
      break;
    case PAGE_READWRITE:
      parsed.rights = emu::kReadWrite;
      break;
    case PAGE_EXECUTE:
    case PAGE_EXECUTE_READ:
      parsed.rights = emu::kReadExecute;
      break;
    case PAGE_EXECUTE_READWRITE:
      parsed.rights = emu::kReadWriteExecute;
      break;
    case PAGE_WRITECOPY:
      if (image) parsed.rights = emu::kReadWrite;
      break;
    case PAGE_EXECUTE_WRITECOPY:
      if (image) parsed.rights = emu::kReadWriteExecute;
      break;
    default:
      break;
  }
  // A page without access has nothing to guard.
  if (base == PAGE_NOACCESS && (protect & kModifiers) != 0) parsed.rights.reset();
  if (parsed.rights) parsed.rights->guard = (protect & PAGE_GUARD) != 0;
  return parsed;
}

std::uint32_t page_value(const emu::Protection& rights) {
  std::uint32_t value = PAGE_NOACCESS;
  if (rights.write) {
    value = rights.execute ? PAGE_EXECUTE_READWRITE : PAGE_READWRITE;
  } else if (rights.execute) {
    value = rights.read ? PAGE_EXECUTE_READ : PAGE_EXECUTE;
  } else if (rights.read) {
    value = PAGE_READONLY;
  }
  return value | (rights.guard ? PAGE_GUARD : 0);
}

}  // namespace sehlab::services
