#include <corecrt.h>

#undef assert
#ifdef NDEBUG
#define assert(claim) ((void)0)
#elif CRT_MSVCRT
#define assert(claim) ((claim) ? (void)0 : _assert(#claim, __FILE__, __LINE__))
#else
#define CRT_WIDE_(text) L##text
#define CRT_WIDE(text) CRT_WIDE_(text)
#define assert(claim) \
  ((claim) ? (void)0 : _wassert(CRT_WIDE(#claim), CRT_WIDE(__FILE__), (unsigned)__LINE__))
#endif

CRT_BEGIN
void _assert(const char* claim, const char* file, unsigned line);
void _wassert(const wchar_t* claim, const wchar_t* file, unsigned line);
CRT_END
