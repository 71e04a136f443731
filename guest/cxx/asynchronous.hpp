/* Makes the tables of the function that calls it those of /EHa, which clang 14 does not write for
 * 32-bit code (it sets FI_EHS_FLAG and HT_ISSTDDOTDOT always): the flag of the function and that of
 * each catch (...) are cleared. */
#ifndef CXX_ASYNCHRONOUS_HPP
#define CXX_ASYNCHRONOUS_HPP

#include "cases/steps.h"
#include "crt/eh/cxx_eh.h"

/* The innermost record is the caller's: its handler is "mov eax, tables; jmp __CxxFrameHandler3".
 */
NOINLINE static void compiled_with_EHa() {
  const EHRegistrationNode* frame = reinterpret_cast<EHRegistrationNode*>(teb_read(0));
  const BYTE* thunk = static_cast<const BYTE*>(frame->frameHandler);
  while (*thunk != 0xb8) ++thunk; /* mov eax, imm32 */
  FuncInfo* info = *reinterpret_cast<FuncInfo* const*>(thunk + 1);
  DWORD old;
  VirtualProtect(info, sizeof *info, PAGE_READWRITE, &old);
  info->EHFlags &= ~static_cast<DWORD>(FI_EHS_FLAG);
  for (LONG i = 0; i < info->nTryBlocks; ++i) {
    TryBlockMapEntry& entry = info->pTryBlockMap[i];
    VirtualProtect(entry.pHandlerArray, sizeof(HandlerType) * (SIZE_T)entry.nCatches,
                   PAGE_READWRITE, &old);
    for (LONG c = 0; c < entry.nCatches; ++c) {
      entry.pHandlerArray[c].adjectives &= ~static_cast<DWORD>(HT_ISSTDDOTDOT);
    }
  }
}

#endif
