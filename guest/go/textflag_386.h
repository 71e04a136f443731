/* Macros shared by the assembly files: function symbols, and the thread's g and m. */
#ifndef GO_TEXTFLAG_386_H
#define GO_TEXTFLAG_386_H

#include "go/zasm_windows_386.h"

/* A COFF function symbol, so that tools name the function and not a label in it. */
#define TEXT(name)  \
  .p2align 4, 0xcc; \
  .globl name;      \
  .def name;        \
  .scl 2;           \
  .type 32;         \
  .endef;           \
  name:

#define get_tls(r) movl % fs : TIB_TLS, r
#define g(r) 0(r)
#define m(r) 4(r)

#endif
