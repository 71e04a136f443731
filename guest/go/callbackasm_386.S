/* What Windows calls when it calls back: one 5-byte stub a callback, and the way from there to
 * cgocallback_gofunc (zcallback_windows.s, sys_windows_386.s). */
#include "go/textflag_386.h"

.text

TEXT(_callbackasm)
.rept 2000
  calll _callbackasm1
.endr

/* E is the address of the return address that Windows' call left. The layout below E is Go's:
 *   E-4 di  E-8 si  E-c bp  E-10 bx  E-14 sigtramp  E-18 the old fs:[0]: these two are the record
 *   E-1c the word that the result overwrites  E-20 restorestack  E-24 argsize  E-28 args
 *   E-2c gobody  E-30 the return address of cgocallback_gofunc, whose frame ends at E-3c */
TEXT(_callbackasm1)
  movl 0(%esp), %eax /* in which stub are we: the callback's number */
  addl $4, %esp
  leal 4(%esp), %ecx /* address of the callback's parameters */

  pushl %edi
  pushl %esi
  pushl %ebp
  pushl %ebx

  /* set up the SEH frame again: Go's handler shall come before those of the C code */
  pushl $_sigtramp
  pushl %fs:0
  movl %esp, %fs:0

  subl $_callbackasm, %eax
  movl $0, %edx
  movl $5, %ebx /* divide by 5: a call takes 5 bytes */
  divl %ebx
  decl %eax /* the return address is behind the call */
  movl _cbctxts(,%eax,4), %eax
  movl cbctxt_gobody(%eax), %ebx
  movl cbctxt_argsize(%eax), %edx
  movl cbctxt_restorestack(%eax), %eax
  xchgl %eax, %ebx /* eax gobody, ebx restorestack */

  /* the result's word lies behind the arguments: save what is there */
  pushl (%ecx,%edx)
  pushl %ebx
  addl $4, %edx /* arguments and result */
  pushl %edx
  pushl %ecx
  pushl %eax
  cld
  calll _cgocallback_gofunc
  popl %eax
  popl %ecx
  popl %edx
  popl %ebx /* restorestack */

  movl -4(%ecx,%edx), %eax /* the result */
  popl -4(%ecx,%edx)
  movl %ebx, %ecx

  /* the normal return's half of the link: a panic never comes here */
  popl %fs:0
  popl %ebx /* sigtramp */

  popl %ebx
  popl %ebp
  popl %esi
  popl %edi

  popl %edx /* remove the callback's parameters if it is stdcall */
  addl %ecx, %esp
  pushl %edx
  cld
  retl
