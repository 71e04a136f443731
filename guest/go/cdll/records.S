/* Calls back with three records linked, each with a handler of its own that takes nothing. */
#define TEXT(name) .p2align 4, 0xcc; .globl name; .def name; .scl 2; .type 32; .endef; name:

.text

/* EXCEPTION_DISPOSITION handler(record, frame, context, dispatcher): ExceptionContinueSearch */
TEXT(_first_handler)
  movl $1, %eax
  retl
TEXT(_second_handler)
  movl $1, %eax
  retl
TEXT(_third_handler)
  movl $1, %eax
  retl

/* uint32_t stdcall CallBackThroughThreeRecords(Callback callback, uint32_t parameter) */
TEXT(_CallBackThroughThreeRecords@8)
  pushl %ebp
  movl %esp, %ebp
  pushl $_first_handler
  pushl %fs:0
  movl %esp, %fs:0
  pushl $_second_handler
  pushl %fs:0
  movl %esp, %fs:0
  pushl $_third_handler
  pushl %fs:0
  movl %esp, %fs:0

  pushl 12(%ebp)
  pushl $1
  calll *8(%ebp)

  popl %fs:0
  addl $4, %esp
  popl %fs:0
  addl $4, %esp
  popl %fs:0
  addl $4, %esp
  popl %ebp
  retl $8
