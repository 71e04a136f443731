#ifndef CRT_STARTUP_PASS_ON_H
#define CRT_STARTUP_PASS_ON_H

/* The result of a function with the arguments that follow `last`. */
#define PASS_ON(last, call)  \
  va_list arguments;         \
  va_start(arguments, last); \
  const int result = call;   \
  va_end(arguments);         \
  return result

#endif
