/* Offsets that the assembly uses, under the names Go's build gave them in zasm_windows_386.h.
 * layout.c asserts each against runtime.h. */
#ifndef GO_ZASM_WINDOWS_386_H
#define GO_ZASM_WINDOWS_386_H

#define gobuf_sp 0
#define gobuf_pc 4
#define gobuf_g 8
#define gobuf_ret 12
#define gobuf_ctxt 16
#define gobuf_bp 20
#define gobuf_bx 24
#define gobuf_si 28
#define gobuf_di 32
#define gobuf__size 36

#define g_stackguard 0
#define g_stackbase 4
#define g_panic 8
#define g_defer 12
#define g_sched 16

#define m_g0 0
#define m_curg 4
#define m_tls 8
#define m_seh 24
#define m_cret 28
#define m_moreargp 32
#define m_moreargsize 36
#define m_morefn 40
#define m_morebuf 44

#define seh_prev 0
#define seh_handler 4

#define libcall_fn 0
#define libcall_n 4
#define libcall_args 8
#define libcall_r1 12
#define libcall_r2 16
#define libcall_err 20

#define cbctxt_gobody 0
#define cbctxt_argsize 4
#define cbctxt_restorestack 8

/* words of a g0 callback frame (cgocallback_gofunc's 12 bytes) up to the callback's arguments */
#define CBARGS_OFFSET 16

/* NT_TIB.ArbitraryUserPointer: the word that holds the address of {g, m} */
#define TIB_TLS 0x14
#define TEB_LAST_ERROR 0x34

#endif
