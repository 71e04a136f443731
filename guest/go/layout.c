/* The assembly's offsets against the C types. */
#include <stddef.h>

#include "go/runtime.h"
#include "go/zasm_windows_386.h"

#define SAME(type, field, offset) \
  _Static_assert(offsetof(type, field) == (offset), #type "." #field)

SAME(Gobuf, sp, gobuf_sp);
SAME(Gobuf, pc, gobuf_pc);
SAME(Gobuf, g, gobuf_g);
SAME(Gobuf, ret, gobuf_ret);
SAME(Gobuf, ctxt, gobuf_ctxt);
SAME(Gobuf, bp, gobuf_bp);
SAME(Gobuf, bx, gobuf_bx);
SAME(Gobuf, si, gobuf_si);
SAME(Gobuf, di, gobuf_di);
_Static_assert(sizeof(Gobuf) == gobuf__size, "Gobuf");
SAME(G, stackguard, g_stackguard);
SAME(G, stackbase, g_stackbase);
SAME(G, panic, g_panic);
SAME(G, defer, g_defer);
SAME(G, sched, g_sched);
SAME(M, g0, m_g0);
SAME(M, curg, m_curg);
SAME(M, tls, m_tls);
SAME(M, seh, m_seh);
SAME(M, cret, m_cret);
SAME(M, moreargp, m_moreargp);
SAME(M, moreargsize, m_moreargsize);
SAME(M, morefn, m_morefn);
SAME(M, morebuf, m_morebuf);
SAME(SEH, prev, seh_prev);
SAME(SEH, handler, seh_handler);
SAME(LibCall, fn, libcall_fn);
SAME(LibCall, n, libcall_n);
SAME(LibCall, args, libcall_args);
SAME(LibCall, r1, libcall_r1);
SAME(LibCall, r2, libcall_r2);
SAME(LibCall, err, libcall_err);
SAME(WinCallbackContext, gobody, cbctxt_gobody);
SAME(WinCallbackContext, argsize, cbctxt_argsize);
SAME(WinCallbackContext, restorestack, cbctxt_restorestack);
