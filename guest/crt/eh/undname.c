/* Undecorating the names of types: fundamental types, classes and enumerations in their scopes,
 * templates over types and numbers, pointers, references and functions. (The format is described in
 * Microsoft's "Decorated names" and in public write-ups.) */
#include "crt/eh/undname.h"

typedef struct Reader {
  const char* at;
  char* out;
  char* end;
  const char* names[10]; /* for the digits that stand for a name said before */
  int name_count;
  BOOL failed;
} Reader;

static void put(Reader* r, const char* text) {
  while (*text) {
    if (r->out + 1 >= r->end) {
      r->failed = TRUE;
      return;
    }
    *r->out++ = *text++;
  }
}

static BOOL take(Reader* r, const char* text) {
  const char* at = r->at;
  while (*text) {
    if (*at++ != *text++) return FALSE;
  }
  r->at = at;
  return TRUE;
}

static void type(Reader* r);

static void put_name(Reader* r, const char* name) {
  for (char one[2] = {0, 0}; *name && *name != '@' && !r->failed; ++name) {
    one[0] = *name;
    put(r, one);
  }
}

/* A number of a template's arguments: 0-9 are 1 to 10; otherwise A to P are digits, then @. */
static void number(Reader* r) {
  char digits[12];
  int count = 0;
  ULONG value = 0;
  if (take(r, "?")) put(r, "-");
  if (*r->at >= '0' && *r->at <= '9') {
    value = (ULONG)(*r->at++ - '0') + 1;
  } else {
    while (*r->at >= 'A' && *r->at <= 'P') value = value << 4 | (ULONG)(*r->at++ - 'A');
    if (!take(r, "@")) r->failed = TRUE;
  }
  do {
    digits[count++] = (char)('0' + value % 10);
    value /= 10;
  } while (value);
  for (char one[2] = {0, 0}; count > 0;) {
    one[0] = digits[--count];
    put(r, one);
  }
}

static void template_name(Reader* r) {
  Reader inner = *r; /* a template's arguments number their names anew */
  inner.name_count = 0;
  put_name(&inner, inner.at);
  inner.names[inner.name_count++] = inner.at;
  while (*inner.at && *inner.at != '@') ++inner.at;
  take(&inner, "@");
  put(&inner, "<");
  for (BOOL first = TRUE; !inner.failed && !take(&inner, "@"); first = FALSE) {
    if (!*inner.at) inner.failed = TRUE;
    if (!first) put(&inner, ",");
    if (take(&inner, "$0")) {
      number(&inner);
    } else {
      type(&inner);
    }
  }
  if (inner.out > r->out && inner.out[-1] == '>') put(&inner, " ");
  put(&inner, ">");
  r->at = inner.at;
  r->out = inner.out;
  r->failed = inner.failed;
}

/* A name in its scopes, written inside out: "b@a@@" is a::b. */
static void scoped_name(Reader* r) {
  char* parts[16];
  int count = 0;
  char* begin = r->out;
  while (!r->failed && !take(r, "@")) {
    if (!*r->at || count == 16) {
      r->failed = TRUE;
      return;
    }
    parts[count++] = r->out;
    if (*r->at >= '0' && *r->at <= '9') {
      int index = *r->at++ - '0';
      if (index >= r->name_count) r->failed = TRUE;
      if (!r->failed) put_name(r, r->names[index]);
    } else if (take(r, "?$")) {
      template_name(r);
    } else if (take(r, "?A")) {
      while (*r->at && *r->at != '@') ++r->at;
      take(r, "@");
      put(r, "`anonymous namespace'");
    } else if (*r->at == '?') {
      r->failed = TRUE;
    } else {
      if (r->name_count < 10) r->names[r->name_count++] = r->at;
      put_name(r, r->at);
      while (*r->at && *r->at != '@') ++r->at;
      take(r, "@");
    }
  }
  if (r->failed || count < 2) return;
  char text[UNDNAME_ROOM];
  char* to = text;
  char* part_end = r->out;
  for (int i = count - 1; i >= 0; --i) {
    for (char* c = parts[i]; c < part_end; ++c) *to++ = *c;
    part_end = parts[i];
    if (i && to + 2 < text + sizeof text) {
      *to++ = ':';
      *to++ = ':';
    }
  }
  *to = 0;
  r->out = begin;
  put(r, text);
}

static BOOL fundamental(Reader* r) {
  static const char* const kNames[][2] = {{"C", "signed char"},
                                          {"D", "char"},
                                          {"E", "unsigned char"},
                                          {"F", "short"},
                                          {"G", "unsigned short"},
                                          {"H", "int"},
                                          {"I", "unsigned int"},
                                          {"J", "long"},
                                          {"K", "unsigned long"},
                                          {"M", "float"},
                                          {"N", "double"},
                                          {"O", "long double"},
                                          {"X", "void"},
                                          {"_J", "__int64"},
                                          {"_K", "unsigned __int64"},
                                          {"_N", "bool"},
                                          {"_W", "wchar_t"},
                                          {"_S", "char16_t"},
                                          {"_U", "char32_t"},
                                          {"$$T", "std::nullptr_t"}};
  for (size_t i = 0; i < sizeof kNames / sizeof *kNames; ++i) {
    if (!take(r, kNames[i][0])) continue;
    put(r, kNames[i][1]);
    return TRUE;
  }
  return FALSE;
}

static BOOL named(Reader* r) {
  if (take(r, "V")) {
    put(r, "class ");
  } else if (take(r, "U")) {
    put(r, "struct ");
  } else if (take(r, "T")) {
    put(r, "union ");
  } else if (take(r, "W4")) {
    put(r, "enum ");
  } else {
    return FALSE;
  }
  scoped_name(r);
  return TRUE;
}

static void put_qualifiers(Reader* r) {
  if (take(r, "B")) {
    put(r, " const");
  } else if (take(r, "C")) {
    put(r, " volatile");
  } else if (take(r, "D")) {
    put(r, " const volatile");
  } else if (!take(r, "A")) {
    r->failed = TRUE;
  }
}

/* P6 convention result arguments Z. */
static void function_pointer(Reader* r) {
  const char* convention = take(r, "A")   ? "__cdecl"
                           : take(r, "G") ? "__stdcall"
                           : take(r, "E") ? "__thiscall"
                           : take(r, "I") ? "__fastcall"
                                          : 0;
  if (!convention) r->failed = TRUE;
  if (r->failed) return;
  type(r);
  put(r, " (");
  put(r, convention);
  put(r, "*)(");
  if (take(r, "X")) {
    put(r, "void");
  } else {
    for (BOOL first = TRUE; !r->failed && !take(r, "@"); first = FALSE) {
      if (!first) put(r, ",");
      if (take(r, "Z")) {
        put(r, "...)");
        return;
      }
      type(r);
    }
  }
  if (!take(r, "Z")) r->failed = TRUE;
  put(r, ")");
}

static void type(Reader* r) {
  static const char* const kPointers[][2] = {{"P", " *"},          {"Q", " * const"},
                                             {"R", " * volatile"}, {"S", " * const volatile"},
                                             {"A", " &"},          {"$$Q", " &&"}};
  if (r->failed || fundamental(r) || named(r)) return;
  if (take(r, "P6")) {
    function_pointer(r);
    return;
  }
  for (size_t i = 0; i < sizeof kPointers / sizeof *kPointers; ++i) {
    if (!take(r, kPointers[i][0])) continue;
    const char* qualifiers = r->at;
    if (!*r->at) break;
    ++r->at;
    type(r);
    const char* behind = r->at;
    r->at = qualifiers;
    put_qualifiers(r);
    r->at = behind;
    put(r, kPointers[i][1]);
    return;
  }
  r->failed = TRUE;
}

size_t undecorate_type(const char* decorated, char* text) {
  Reader r = {decorated, text, text + UNDNAME_ROOM, {0}, 0, FALSE};
  if (!take(&r, ".")) return 0;
  if (take(&r, "?A")) {
    if (!named(&r)) return 0;
  } else {
    type(&r);
  }
  if (r.failed || *r.at) return 0;
  *r.out = 0;
  return (size_t)(r.out - text);
}
