/* msvcrt exports these functions by C++ names; vcruntime140 and ucrtbase by C names. */
#ifndef CRT_EH_NAMES_H
#define CRT_EH_NAMES_H

#ifndef CRT_MSVCRT
#define CRT_MSVCRT 0
#endif

#if CRT_MSVCRT
#define CRT_NAME(plain, decorated) __asm__(decorated)
#else
#define CRT_NAME(plain, decorated) __asm__(plain)
#endif

#endif
