/* The parts of std::exception that its inline members call (vcruntime140). */
#include "crt/eh/cxx_eh.h"

size_t strlen(const char* text);
void* memmove(void* to, const void* from, size_t bytes);

typedef struct EXCEPTION_DATA {
  const char* _What;
  _Bool _DoFree;
} EXCEPTION_DATA;

/* Without memory the copy has no text. */
void __cdecl __std_exception_copy(const EXCEPTION_DATA* from, EXCEPTION_DATA* to) {
  if (!from->_DoFree || !from->_What) {
    to->_What = from->_What;
    to->_DoFree = 0;
    return;
  }
  size_t bytes = strlen(from->_What) + 1;
  char* text = malloc(bytes);
  if (!text) return;
  memmove(text, from->_What, bytes);
  to->_What = text;
  to->_DoFree = 1;
}

void __cdecl __std_exception_destroy(EXCEPTION_DATA* data) {
  if (data->_DoFree) free((void*)data->_What);
  data->_What = 0;
  data->_DoFree = 0;
}
