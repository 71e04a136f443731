/* The program's entry point and the first steps on the first thread (rt0_windows_386.s and the
 * start of asm_386.s). */
#include "go/textflag_386.h"

.text

/* Windows enters here on the first thread's own stack. A return address of -1 is left, as Go
 * left one: nothing may return. */
TEXT(__rt0_386_windows)
  pushl %ebp
  movl %esp, %ebp
  pushl $-1
  jmp __rt0_go

TEXT(__rt0_go)
  /* g0 is this thread's stack, of 64 KB as the linker asks for */
  leal _g0, %ecx
  leal -(64*1024-104)(%esp), %ebx
  movl %ebx, g_stackguard(%ecx)
  movl %esp, g_stackbase(%ecx)

  calll _ldt0setup
  /* the TLS block must be where it is looked for */
  get_tls(%ebx)
  movl $0x123, g(%ebx)
  cmpl $0x123, _tls0
  je Ltls_ok
  ud2
Ltls_ok:
  get_tls(%ebx)
  leal _g0, %edx
  movl %edx, g(%ebx)
  leal _m0, %eax
  movl %eax, m(%ebx)
  movl %edx, m_g0(%eax)

  cld
  calll _osinit
  calll _schedinit
  pushl $_runtime_main_f
  pushl $0
  calll _newproc
  addl $8, %esp
  calll _mstart
  ud2

/* Windows has no LDT entry to set: only the pointer behind fs:[0x14]. */
TEXT(_ldt0setup)
  pushl $_tls0
  calll _setldt
  addl $4, %esp
  retl

TEXT(_setldt)
  movl 4(%esp), %eax
  movl %eax, %fs:TIB_TLS
  retl

.section .rdata,"dr"
.globl _runtime_main_f
.p2align 2
_runtime_main_f:
  .long _runtime_main

.bss
.globl _tls0
.p2align 4
_tls0:
  .space 32
