/* System calls, thread starts and the SEH record (sys_windows_386.s). */
#include "go/textflag_386.h"

.text

/* void asmstdcall(LibCall *c): calls c->fn with c->n words, whatever convention it has. Runs on
 * the thread's own stack. */
TEXT(_asmstdcall)
  pushl %ebp
  movl %esp, %ebp
  pushl %esi
  pushl %edi
  pushl %ebx
  movl 8(%ebp), %ebx
  movl $0, %fs:TEB_LAST_ERROR /* SetLastError(0) */

  movl libcall_n(%ebx), %ecx
  movl libcall_args(%ebx), %esi
  movl %ecx, %eax
  shll $2, %eax
  subl %eax, %esp
  movl %esp, %edi
  cld
  rep movsl

  calll *libcall_fn(%ebx)
  leal -12(%ebp), %esp /* stdcall or cdecl */

  movl %eax, libcall_r1(%ebx)
  movl %edx, libcall_r2(%ebx)
  movl %fs:TEB_LAST_ERROR, %eax
  movl %eax, libcall_err(%ebx)
  popl %ebx
  popl %edi
  popl %esi
  popl %ebp
  retl

/* The SEH handler: EXCEPTION_DISPOSITION sigtramp(EXCEPTION_RECORD *info, void *frame,
 * CONTEXT *context, void *dispatcher). sighandler runs on the stack that faulted. */
TEXT(_sigtramp)
  pushl %ebp
  movl %esp, %ebp
  movl 8(%ebp), %eax
  testl $6, 4(%eax) /* EXCEPTION_UNWINDING | EXCEPTION_EXIT_UNWIND */
  movl $1, %eax
  jne Lsigtramp_done

  cld
  get_tls(%ecx)
  testl %ecx, %ecx
  je Lsigtramp_no_m
  cmpl $0, m(%ecx)
  jne Lsigtramp_m
Lsigtramp_no_m:
  calll _badsignal2
Lsigtramp_m:
  pushl %ebx
  pushl %esi
  pushl %edi
  pushl g(%ecx)
  pushl 16(%ebp)
  pushl 8(%ebp)
  calll _sighandler
  addl $12, %esp
  popl %edi
  popl %esi
  popl %ebx
Lsigtramp_done:
  popl %ebp
  retl

/* CreateThread's function: tstart on the new M, then the thread ends. */
TEXT(_tstart_stdcall)
  pushl %ebp
  movl %esp, %ebp
  pushl %ebx
  pushl %esi
  pushl %edi
  pushl 8(%ebp)
  calll _tstart
  addl $4, %esp
  popl %edi
  popl %esi
  popl %ebx
  popl %ebp
  xorl %eax, %eax
  retl $4

/* void tstart(M *newm): this thread's stack becomes newm's g0. */
TEXT(_tstart)
  pushl %ebp
  movl %esp, %ebp
  movl 8(%ebp), %ecx
  movl m_g0(%ecx), %edx
  movl %esp, g_stackbase(%edx)
  leal -(64*1024)(%esp), %eax
  movl %eax, g_stackguard(%edx)
  leal m_tls(%ecx), %eax
  movl %eax, %fs:TIB_TLS
  movl %edx, g(%eax)
  movl %ecx, m(%eax)
  cld
  calll _mstart
  popl %ebp
  retl

/* Link m->seh, a record on this thread's stack, as the head of the chain. */
TEXT(_install_exception_handler)
  pushl %ebp
  movl %esp, %ebp
  get_tls(%ecx)
  movl m(%ecx), %ecx
  movl m_seh(%ecx), %edx
  movl $_sigtramp, %eax
  movl %eax, seh_handler(%edx)
  movl %fs:0, %eax
  movl %eax, seh_prev(%edx)
  movl %edx, %fs:0
  popl %ebp
  retl

TEXT(_remove_exception_handler)
  pushl %ebp
  movl %esp, %ebp
  get_tls(%ecx)
  movl m(%ecx), %ecx
  movl m_seh(%ecx), %edx
  movl seh_prev(%edx), %eax
  movl %eax, %fs:0
  popl %ebp
  retl

/* SEH *getseh(void), void setseh(SEH*): the head of this thread's chain. */
TEXT(_getseh)
  movl %fs:0, %eax
  retl

TEXT(_setseh)
  movl 4(%esp), %eax
  movl %eax, %fs:0
  retl
