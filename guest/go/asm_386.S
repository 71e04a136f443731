/* Switches between a goroutine's stack and the thread's own (asm_386.s).
 *
 * EBP is kept as a chain of frames that crosses from stack to stack the way the calls do, so that
 * a walk from C code finds asmstdcall, asmcgocall and then cgocall on the goroutine's stack. */
#include "go/textflag_386.h"

.text

/* Fill a Gobuf at 0(buf) with what the caller of the present function needs to go on, given that
 * its return address is at off(%esp). */
#define SAVE_CALLER(buf, off, tmp) \
  leal off+4(%esp), tmp; \
  movl tmp, gobuf_sp(buf); \
  movl off(%esp), tmp; \
  movl tmp, gobuf_pc(buf); \
  movl $0, gobuf_ret(buf); \
  movl $0, gobuf_ctxt(buf); \
  movl %ebp, gobuf_bp(buf); \
  movl %ebx, gobuf_bx(buf); \
  movl %esi, gobuf_si(buf); \
  movl %edi, gobuf_di(buf)

/* void gosave(Gobuf*): saves the caller's state. The caller's SP is taken below its argument, so
 * everything that the caller still needs is above gobuf.sp. */
TEXT(_gosave)
  movl 4(%esp), %eax
  SAVE_CALLER(%eax, 0, %ecx)
  get_tls(%ecx)
  movl g(%ecx), %edx
  movl %edx, gobuf_g(%eax)
  retl

/* void gogo(Gobuf*): goes on where a Gobuf says, with EAX=ret and EDX=ctxt. */
TEXT(_gogo)
  movl 4(%esp), %ecx
  movl gobuf_g(%ecx), %edx
  get_tls(%eax)
  movl %edx, g(%eax)
  movl gobuf_sp(%ecx), %esp
  movl gobuf_bp(%ecx), %ebp
  movl gobuf_bx(%ecx), %ebx
  movl gobuf_si(%ecx), %esi
  movl gobuf_di(%ecx), %edi
  movl gobuf_ret(%ecx), %eax
  movl gobuf_ctxt(%ecx), %edx
  movl $0, gobuf_sp(%ecx) /* clear, to help the collector */
  movl $0, gobuf_ret(%ecx)
  movl $0, gobuf_ctxt(%ecx)
  movl gobuf_pc(%ecx), %ecx
  jmpl *%ecx

/* void mcall(void (*fn)(G*)): switches to g0's stack and calls fn(g). fn must not return; the
 * caller goes on when someone does gogo(&g->sched). */
TEXT(_mcall)
  get_tls(%ecx)
  movl g(%ecx), %eax
  leal g_sched(%eax), %edx
  SAVE_CALLER(%edx, 0, %ecx)
  movl %eax, gobuf_g(%edx)
  movl 4(%esp), %edi /* fn */
  get_tls(%ecx)
  movl m(%ecx), %edx
  movl m_g0(%edx), %esi
  cmpl %esi, %eax
  jne Lmcall_switch
  calll _badmcall
Lmcall_switch:
  pushl %ebp
  movl %esp, %ebp /* the frame that a walk on g0 comes back to */
  movl %esi, g(%ecx)
  movl g_sched+gobuf_sp(%esi), %esp
  pushl %eax
  calll *%edi
  calll _badmcall2
  ud2

/* void newstackcall(FuncVal*, void *args, uint32 size): calls a function value with copied
 * arguments, on a new piece of stack if need be. The way there is over g0, as for every call that
 * Go made through newstack: the thread's own stack is in use, at g0->sched.sp, for these few
 * instructions. */
TEXT(_newstackcall)
  get_tls(%ecx)
  movl m(%ecx), %edx
  movl g(%ecx), %eax
  cmpl m_g0(%edx), %eax
  jne Lnewstackcall_on_g
  calll _badmcall
Lnewstackcall_on_g:
  /* m->morebuf: where to go on when the function returns */
  leal m_morebuf(%edx), %edx
  SAVE_CALLER(%edx, 0, %ecx)
  movl %eax, gobuf_g(%edx)
  /* what to call */
  get_tls(%ecx)
  movl m(%ecx), %edx
  movl 4(%esp), %ecx
  movl %ecx, m_morefn(%edx)
  movl 8(%esp), %ecx
  movl %ecx, m_moreargp(%edx)
  movl 12(%esp), %ecx
  movl %ecx, m_moreargsize(%edx)
  /* g->sched: how much of this stack is in use, and the frame that the function returns to */
  pushl %ebp
  movl %esp, %ebp
  movl %ebp, g_sched+gobuf_bp(%eax)
  movl %esp, g_sched+gobuf_sp(%eax)
  movl $_newstackcall, g_sched+gobuf_pc(%eax)
  movl %eax, g_sched+gobuf_g(%eax)
  movl m_g0(%edx), %esi
  get_tls(%ecx)
  movl %esi, g(%ecx)
  movl g_sched+gobuf_sp(%esi), %esp
  calll _newstack
  ud2

/* A function called through newstack returns to lessstack+1, so that a walk names lessstack as its
 * caller: oldstack gives the piece of stack back. */
TEXT(_lessstack)
  nop
  get_tls(%ecx)
  movl m(%ecx), %edx
  movl %eax, m_cret(%edx)
  movl m_g0(%edx), %esi
  movl %esi, g(%ecx)
  movl g_sched+gobuf_sp(%esi), %esp
  calll _oldstack
  ud2

/* int32 deferproc(int32 siz, FuncVal *fn, ...): returns 0 now, and 1 when a panic that a deferred
 * function recovered goes on in this frame (returns_twice; argp-8 is the SP of the second return,
 * as in Go). */
TEXT(_deferproc)
  pushl %ebp
  movl %esp, %ebp
  pushl %edi
  pushl %esi
  pushl %ebx
  pushl (%ebp)
  movl %esp, %eax /* the caller's bp, bx, si, di */
  leal 16(%ebp), %ecx
  pushl %eax
  pushl 4(%ebp)
  pushl %ecx
  pushl 12(%ebp)
  pushl 8(%ebp)
  calll _newdeferrecord
  addl $36, %esp
  popl %ebp
  xorl %eax, %eax
  retl

/* void calldeferred(FuncVal*, uintptr *args, uint32 size): deferreturn's call. */
TEXT(_calldeferred)
  pushl %ebp
  movl %esp, %ebp
  pushl %esi
  pushl %edi
  movl 16(%ebp), %ecx
  subl %ecx, %esp
  movl %esp, %edi
  movl 12(%ebp), %esi
  cld
  rep movsb
  movl 8(%ebp), %edx
  xorl %eax, %eax
  calll *(%edx)
  leal -8(%ebp), %esp
  popl %edi
  popl %esi
  popl %ebp
  retl

/* A goroutine's first function returns to goexit+1, so that a walk names goexit as its caller. */
TEXT(_goexit)
  nop
  calll _goexit1
  ud2

/* void setmg(M*, G*): this thread's m and g; no m: the thread is none of Go's any more. */
TEXT(_setmg)
  movl 4(%esp), %eax
  movl 8(%esp), %edx
  testl %eax, %eax
  jne Lsetmg_settls
  movl $0, %fs:TIB_TLS
  retl
Lsetmg_settls:
  leal m_tls(%eax), %ecx
  movl %ecx, %fs:TIB_TLS
  movl %eax, m(%ecx)
  movl %edx, g(%ecx)
  retl

/* Double precision, as Go set the x87 up. */
TEXT(_asminit)
  pushl $0x27f
  fldcw (%esp)
  popl %eax
  retl

TEXT(_breakpoint)
  int3
  retl
