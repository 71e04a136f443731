/* Sorting and searching, and the small arithmetic of <stdlib.h>. */
#include "crt.h"

typedef int(__cdecl* compare_function)(const void*, const void*);
typedef int(__cdecl* compare_with_context)(void*, const void*, const void*);

static int call_plain(void* compare, const void* a, const void* b) {
  return ((compare_function)compare)(a, b);
}

static void swap(char* a, char* b, size_t size) {
  for (; size > 0; --size, ++a, ++b) {
    const char c = *a;
    *a = *b;
    *b = c;
  }
}

/* Puts `root` where it belongs in the heap of `count` elements below it. */
static void sift(char* base, size_t root, size_t count, size_t size, compare_with_context compare,
                 void* context) {
  for (size_t child; (child = 2 * root + 1) < count; root = child) {
    char* larger = base + child * size;
    if (child + 1 < count && compare(context, larger, larger + size) < 0) {
      larger += size;
      ++child;
    }
    if (compare(context, base + root * size, larger) >= 0) return;
    swap(base + root * size, larger, size);
  }
}

static void heap_sort(char* base, size_t count, size_t size, compare_with_context compare,
                      void* context) {
  for (size_t root = count / 2; root-- > 0;) sift(base, root, count, size, compare, context);
  while (count-- > 1) {
    swap(base, base + count * size, size);
    sift(base, 0, count, size, compare, context);
  }
}

static void insertion_sort(char* base, size_t count, size_t size, compare_with_context compare,
                           void* context) {
  for (size_t i = 1; i < count; ++i) {
    for (char* at = base + i * size; at > base && compare(context, at - size, at) > 0; at -= size) {
      swap(at - size, at, size);
    }
  }
}

/* Quicksort around a middle element; too deep, the rest is sorted as a heap: n log n at worst. */
static void sort(char* base, size_t count, size_t size, compare_with_context compare, void* context,
                 int depth) {
  while (count > 8) {
    if (depth-- == 0) {
      heap_sort(base, count, size, compare, context);
      return;
    }
    swap(base, base + count / 2 * size, size);
    size_t low = 0, high = count;
    for (;;) {
      do ++low;
      while (low < count && compare(context, base + low * size, base) < 0);
      do --high;
      while (compare(context, base + high * size, base) > 0);
      if (low >= high) break;
      swap(base + low * size, base + high * size, size);
    }
    swap(base, base + high * size, size);
    sort(base, high, size, compare, context, depth);
    base += (high + 1) * size;
    count -= high + 1;
  }
  insertion_sort(base, count, size, compare, context);
}

void qsort_s(void* base, size_t count, size_t size, compare_with_context compare, void* context) {
  if ((!base && count > 0) || size == 0 || !compare) {
    crt_invalid_parameter();
    return;
  }
  int depth = 2;
  for (size_t n = count; n > 1; n /= 2) depth += 2;
  sort(base, count, size, compare, context, depth);
}
void qsort(void* base, size_t count, size_t size, compare_function compare) {
  if (!compare) {
    crt_invalid_parameter();
    return;
  }
  qsort_s(base, count, size, call_plain, (void*)compare);
}

void* bsearch_s(const void* key, const void* base, size_t count, size_t size,
                compare_with_context compare, void* context) {
  if ((!base && count > 0) || size == 0 || !compare) {
    crt_invalid_parameter();
    return 0;
  }
  const char* first = base;
  while (count > 0) {
    const char* middle = first + count / 2 * size;
    const int order = compare(context, key, middle);
    if (order == 0) return (void*)middle;
    if (order > 0) {
      first = middle + size;
      count -= count / 2 + 1;
    } else {
      count /= 2;
    }
  }
  return 0;
}
void* bsearch(const void* key, const void* base, size_t count, size_t size,
              compare_function compare) {
  return bsearch_s(key, base, count, size, compare ? call_plain : 0, (void*)compare);
}

void* _lfind(const void* key, const void* base, unsigned* count, unsigned size,
             compare_function compare) {
  const char* at = base;
  for (unsigned i = 0; i < *count; ++i, at += size) {
    if (compare(key, at) == 0) return (void*)at;
  }
  return 0;
}
void* _lsearch(const void* key, void* base, unsigned* count, unsigned size,
               compare_function compare) {
  void* found = _lfind(key, base, count, size, compare);
  return found ? found : memcpy((char*)base + size * (*count)++, key, size);
}

void* _lfind_s(const void* key, const void* base, unsigned* count, size_t size,
               compare_with_context compare, void* context) {
  if (!key || !count || (!base && *count > 0) || size == 0 || !compare) {
    crt_invalid_parameter();
    return 0;
  }
  const char* at = base;
  for (unsigned i = 0; i < *count; ++i, at += size) {
    if (compare(context, key, at) == 0) return (void*)at;
  }
  return 0;
}
void* _lsearch_s(const void* key, void* base, unsigned* count, size_t size,
                 compare_with_context compare, void* context) {
  if (!key || !count || !base || size == 0 || !compare) {
    crt_invalid_parameter();
    return 0;
  }
  void* found = _lfind_s(key, base, count, size, compare, context);
  return found ? found : memcpy((char*)base + size * (*count)++, key, size);
}
