/* What a C++ program can set and ask of its exceptions, under Microsoft's names. */
#ifndef CRT_EH_H
#define CRT_EH_H

#ifdef __cplusplus

class type_info;
struct _EXCEPTION_POINTERS;

typedef void(__cdecl* terminate_handler)();
typedef void(__cdecl* unexpected_handler)();
typedef void(__cdecl* _se_translator_function)(unsigned code, _EXCEPTION_POINTERS* pointers);

#ifndef CRT_MSVCRT
extern "C" { /* msvcrt has the next under C++ names */
#endif
[[noreturn]] void __cdecl terminate();
[[noreturn]] void __cdecl unexpected();
terminate_handler __cdecl set_terminate(terminate_handler handler);
unexpected_handler __cdecl set_unexpected(unexpected_handler handler);
_se_translator_function __cdecl _set_se_translator(_se_translator_function translator);
int __cdecl _is_exception_typeof(const type_info& type, _EXCEPTION_POINTERS* pointers);
#ifndef CRT_MSVCRT
}
#endif

extern "C" {
terminate_handler __cdecl _get_terminate();
unexpected_handler __cdecl _get_unexpected();
bool __cdecl __uncaught_exception();
int __cdecl __uncaught_exceptions(); /* vcruntime140 alone on Windows; here msvcrt, too */
void** __cdecl __current_exception();
void** __cdecl __current_exception_context();
}

#endif
#endif
