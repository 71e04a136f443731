/* What _stat and _findfirst say of a file, before it is put into one of their structures. */
#ifndef CRT_LIBC_FILE_FACTS_H
#define CRT_LIBC_FILE_FACTS_H

#include "crt.h"

struct crt_file_facts {
  DWORD attributes;
  int64_t created, accessed, written; /* seconds since 1970; -1: not known */
  int64_t size;
};
void crt_file_facts(const WIN32_FILE_ATTRIBUTE_DATA* data, struct crt_file_facts* to);
/* From 100 ns since 1601. */
int64_t crt_seconds(LARGE_INTEGER time);

#endif
