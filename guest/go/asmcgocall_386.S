/* From Go to C and from C back to Go (asm_386.s: asmcgocall, cgocallback_gofunc). */
#include "go/textflag_386.h"

.text

/* uintptr asmcgocall(void (*fn)(void*), void *arg): calls fn(arg) on g0's stack, at the place
 * that g0->sched.sp gives, and comes back. The 32 bytes there hold:
 *   0 arg   4 the goroutine's SP   8 g */
TEXT(_asmcgocall)
  pushl %ebp
  movl %esp, %ebp
  pushl %esi
  pushl %edi
  pushl %ebx
  movl 8(%ebp), %eax
  movl 12(%ebp), %ebx
  movl %esp, %edx

  get_tls(%ecx)
  movl m(%ecx), %esi
  movl m_g0(%esi), %edi
  movl g(%ecx), %esi
  cmpl %esi, %edi
  je Lasmcgocall_on_g0
  /* gosave<>: how far this goroutine's stack is in use; a callback starts below */
  movl %edx, g_sched+gobuf_sp(%esi)
  movl $Lasmcgocall_return, g_sched+gobuf_pc(%esi)
  movl $0, g_sched+gobuf_ret(%esi)
  movl $0, g_sched+gobuf_ctxt(%esi)
  movl %ebp, g_sched+gobuf_bp(%esi)
  movl %esi, g_sched+gobuf_g(%esi)
  movl %edi, g(%ecx)
  movl g_sched+gobuf_sp(%edi), %esp
Lasmcgocall_on_g0:
  subl $32, %esp
  andl $~15, %esp
  movl %esi, 8(%esp)
  movl %edx, 4(%esp)
  movl %ebx, 0(%esp)
  calll *%eax
Lasmcgocall_return:
  get_tls(%ecx)
  movl 8(%esp), %esi
  movl %esi, g(%ecx)
  movl 4(%esp), %esp
  popl %ebx
  popl %edi
  popl %esi
  popl %ebp
  retl

/* cgocallback_gofunc(FuncVal *fn, void *args, uintptr argsize), called on the thread's stack by
 * callbackasm1. Its frame is 12 bytes:
 *   0 the old g0->sched.sp, which unwindm knows
 *   4 and 8 left free: the SEH record of a thread that Go did not create (needm) */
TEXT(_cgocallback_gofunc)
  subl $12, %esp
  xorl %edx, %edx /* the old m, none if the thread is not Go's */
  get_tls(%ecx)
  testl %ecx, %ecx
  je Lneedm
  movl m(%ecx), %edx
  testl %edx, %edx
  jne Lhavem
Lneedm:
  movl $0, 0(%esp) /* needm's argument; its address tells needm where this frame is */
  calll _needm
  xorl %edx, %edx
  get_tls(%ecx)
  /* g0->sched.sp of a borrowed M is nothing yet: unwindm must restore a place that is valid */
  movl m(%ecx), %eax
  movl m_g0(%eax), %eax
  movl %esp, g_sched+gobuf_sp(%eax)
Lhavem:
  get_tls(%ecx)
  movl m(%ecx), %edi
  /* save g0->sched.sp and let what is called next use g0's stack below here */
  movl m_g0(%edi), %esi
  movl g_sched+gobuf_sp(%esi), %eax
  movl %eax, 0(%esp)
  movl %esp, g_sched+gobuf_sp(%esi)

  /* Switch to curg's stack, where asmcgocall left it. Its frame there:
   *   0 the old m                20 curg->sched.pc, while callbacks overwrite that
   *   4,8 and 12,16: two links of the EBP chain, for cgocallback_gofunc and callbackasm1,
   *   which have no room for one on the thread's stack. */
  movl m_curg(%edi), %esi
  movl %esi, g(%ecx)
  movl g_sched+gobuf_sp(%esi), %edi
  movl g_sched+gobuf_pc(%esi), %eax
  movl %eax, -4(%edi)
  movl 12+48(%esp), %eax /* what called callbackasm1 */
  movl %eax, -8(%edi)
  movl %ebp, -12(%edi)
  movl 12(%esp), %eax /* the return address into callbackasm1 */
  movl %eax, -16(%edi)
  leal -12(%edi), %eax
  movl %eax, -20(%edi)
  leal -20(%edi), %ebp
  leal -24(%edi), %esp
  movl %edx, 0(%esp)
  calll _cgocallbackg
  movl 0(%esp), %edx
  movl 12(%esp), %ebp

  /* restore curg->sched, as it was when C was called */
  get_tls(%ecx)
  movl g(%ecx), %esi
  leal 24(%esp), %edi
  movl -4(%edi), %eax
  movl %edi, g_sched+gobuf_sp(%esi)
  movl %eax, g_sched+gobuf_pc(%esi)

  /* back to g0's stack, and give its space below back */
  movl m(%ecx), %edi
  movl m_g0(%edi), %esi
  movl %esi, g(%ecx)
  movl g_sched+gobuf_sp(%esi), %esp
  movl 0(%esp), %eax
  movl %eax, g_sched+gobuf_sp(%esi)

  testl %edx, %edx
  jne Ldropped
  calll _dropm
Ldropped:
  addl $12, %esp
  retl
