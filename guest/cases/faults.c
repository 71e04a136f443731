/* Each row is a few bytes of code that a processor refuses, or that trap; what its handler is given
 * goes to standard output, a line a row: code, parameters, ExceptionAddress and the context's EIP,
 * both as offsets into the row's code. Facts 2.1 to 2.3. A dash stands for what the facts leave
 * open. */
#include "cases/say.h"
#include "system/nt.h"

enum { kCode = 0x20000000, kData = 0x21000000, kPage = 0x1000, kMost = 32 };
enum { kEip = 0xb8 / 4, kEflags = 0xc0 / 4, kEsp = 0xc4 / 4 }; /* dwords of a CONTEXT */
enum { kPlain = 0, kFirstParameter = 1, kNoEip = 2, kNoAddress = 4, kNoSecond = 8 };

struct Row {
  const char* name;
  BYTE size, open;
  BYTE code[kMost];
};

#define ROW(name, open, ...)                     \
  {                                              \
    name, sizeof((BYTE[]){__VA_ARGS__}), open, { \
      __VA_ARGS__                                \
    }                                            \
  }
#define PREFIX5 0x64, 0x64, 0x64, 0x64, 0x64

static const struct Row rows[] = {
    ROW("div ecx by 0", 0, 0x31, 0xc9, 0xf7, 0xf1),
    ROW("idiv overflow", 0, 0xb8, 0, 0, 0, 0x80, 0x99, 0xb9, 0xff, 0xff, 0xff, 0xff, 0xf7, 0xf9),
    ROW("div overflow of a byte", 0, 0xb8, 0, 0x10, 0, 0, 0xb1, 1, 0xf6, 0xf1),
    ROW("aam 0", 0, 0xd4, 0),
    ROW("int3", kFirstParameter, 0xcc),
    ROW("int 3 in two bytes", kFirstParameter, 0xcd, 3),
    ROW("into", kNoEip, 0xb0, 0x7f, 4, 1, 0xce),
    ROW("bound", 0, 0xb8, 9, 0, 0, 0, 0x62, 6),
    ROW("ud2", 0, 0x0f, 0x0b),
    ROW("lock nop", 0, 0xf0, 0x90),
    ROW("lock add to a register", 0, 0xf0, 1, 0xc0),
    ROW("fifteen prefixes", 0, PREFIX5, PREFIX5, PREFIX5, 0x90),
    ROW("hlt", 0, 0xf4),
    ROW("cli", 0, 0xfa),
    ROW("sti", 0, 0xfb),
    ROW("in al, dx", 0, 0xec),
    ROW("in eax, 10h", 0, 0xe5, 0x10),
    ROW("out dx, al", 0, 0xee),
    ROW("out 10h, al", 0, 0xe6, 0x10),
    ROW("insb", 0, 0x89, 0xf7, 0x6c),
    ROW("rep insb", 0, 0x89, 0xf7, 0xf3, 0x6c),
    ROW("outsb", 0, 0x6e),
    ROW("lldt", 0, 0x0f, 0, 0xd0),
    ROW("ltr", 0, 0x0f, 0, 0xd8),
    ROW("lgdt", 0, 0x0f, 1, 0x16),
    ROW("lidt", 0, 0x0f, 1, 0x1e),
    ROW("lmsw", 0, 0x0f, 1, 0xf0),
    ROW("clts", 0, 0x0f, 6),
    ROW("invd", 0, 0x0f, 8),
    ROW("wbinvd", 0, 0x0f, 9),
    ROW("mov from cr0", 0, 0x0f, 0x20, 0xc0),
    ROW("mov to cr0", 0, 0x0f, 0x22, 0xc0),
    ROW("mov from dr0", 0, 0x0f, 0x21, 0xc0),
    ROW("mov to dr0", 0, 0x0f, 0x23, 0xc0),
    ROW("wrmsr", 0, 0x0f, 0x30),
    ROW("rdmsr", 0, 0x0f, 0x32),
    ROW("rdpmc", 0, 0x0f, 0x33),
    ROW("int 0", 0, 0xcd, 0),
    ROW("int 0dh", 0, 0xcd, 0x0d),
    ROW("int ffh", 0, 0xcd, 0xff),
    ROW("selector without descriptor", kNoSecond, 0xb8, 0xe8, 0xbe, 0, 0, 0x8e, 0xd8),
    ROW("null selector for the stack", kNoSecond, 0x8e, 0xd0),
    ROW("icebp", 0, 0xf1),
    ROW("single step", 0, 0x9c, 0x81, 0x0c, 0x24, 0, 1, 0, 0, 0x9d, 0x90, 0x90),
    ROW("read of null", 0, 0xa1, 0, 0, 0, 0),
    ROW("write to null", 0, 0xa3, 0, 0, 0, 0),
    ROW("call of null", 0, 0xff, 0xd0),
    ROW("call of data", 0, 0xff, 0xd6),
    ROW("write to a read-only page", 0, 0x89, 3),
    ROW("write across two pages", 0, 0xa3, 0xfe, 0x0f, 0, 0x21),
    ROW("read of a page without access", 0, 0xa1, 0, 0x10, 0, 0x21),
    ROW("read of a guard page", 0, 0x8b, 7),
    ROW("the guard page again", 0, 0x8b, 7, 0xc3),
    ROW("movaps, misaligned", 0, 0x0f, 0x28, 0x46, 4),
    ROW("mov, misaligned, EFLAGS.AC", 0, 0x9c, 0x81, 0x0c, 0x24, 0, 0, 4, 0, 0x9d, 0x8b, 0x46, 1,
        0xc3),
    ROW("int 2ah", 0, 0xcd, 0x2a, 0xc3),
    ROW("int 2ch", 0, 0xcd, 0x2c),
    ROW("int 2dh, no service", kNoAddress, 0xb8, 0x34, 0x12, 0, 0, 0xcd, 0x2d, 0x90, 0xc3),
    ROW("int 2dh, print", kNoAddress, 0xb8, 1, 0, 0, 0, 0xcd, 0x2d, 0x90, 0xc3),
    ROW("x87 division by 0", 0, 0xdb, 0xe3, 0x68, 0x7b, 3, 0, 0, 0xd9, 0x2c, 0x24, 0x58, 0xd9, 0xe8,
        0xd9, 0xee, 0xde, 0xf9, 0x9b, 0xc3),
    ROW("x87 stack fault", 0, 0xdb, 0xe3, 0x68, 0x7e, 3, 0, 0, 0xd9, 0x2c, 0x24, 0x58, 0xd8, 0xc1,
        0x9b, 0xc3),
    ROW("x87 invalid operation", 0, 0xdb, 0xe3, 0x68, 0x7e, 3, 0, 0, 0xd9, 0x2c, 0x24, 0x58, 0xd9,
        0xee, 0xd9, 0xee, 0xde, 0xf9, 0x9b, 0xc3),
    ROW("SSE division by 0", 0, 0x68, 0x80, 0x1d, 0, 0, 0x0f, 0xae, 0x14, 0x24, 0x58, 0xb9, 1, 0, 0,
        0, 0xf3, 0x0f, 0x2a, 0xc1, 0x0f, 0x57, 0xc9, 0xf3, 0x0f, 0x5e, 0xc1, 0xc3),
};

void run_row(const void* code);
extern BYTE recovered[];
extern DWORD row_esp;

static EXCEPTION_RECORD met;
static DWORD met_eip, exceptions;

int on_fault(EXCEPTION_RECORD* record, void* frame, DWORD* context, void* dispatcher) {
  (void)frame;
  (void)dispatcher;
  if (exceptions++ == 0) {
    met = *record;
    met_eip = context[kEip];
  }
  context[kEip] = (DWORD)recovered;
  context[kEsp] = row_esp;
  context[kEflags] &= ~0x40100u; /* AC, TF */
  return 0;
}

static char line[160];

static void add(const char* text) {
  char* to = line + lstrlenA(line);
  do *to = *text++;
  while (*to++ != 0);
}

static void add_hex(DWORD value) {
  char digits[9];
  for (int i = 0; i < 8; ++i) {
    DWORD digit = value >> (28 - 4 * i) & 0xf;
    digits[i] = (char)(digit < 10 ? '0' + digit : 'a' + digit - 10);
  }
  digits[8] = 0;
  add(digits);
}

static void add_place(const char* what, DWORD address, int open) {
  add(what);
  if (open) {
    add("-");
  } else if (address - kCode >= kPage) {
    add_hex(address);
  } else {
    char offset[4] = {'+', (char)('0' + (address - kCode) / 10),
                      (char)('0' + (address - kCode) % 10), 0};
    add(offset);
  }
}

static void report(const struct Row* row) {
  line[0] = 0;
  add(row->name);
  add(": ");
  if (exceptions == 0) {
    add("no exception\n");
    say(line);
    return;
  }
  add_hex(met.ExceptionCode);
  add(" {");
  for (DWORD i = 0; i < met.NumberParameters; ++i) {
    if (i != 0) add(" ");
    int open = (i != 0 && (row->open & kFirstParameter)) || (i == 1 && (row->open & kNoSecond));
    if (open) {
      add("-");
    } else {
      add_hex(met.ExceptionInformation[i]);
    }
  }
  add("}");
  add_place(" at ", (DWORD)met.ExceptionAddress, row->open & kNoAddress);
  add_place(" eip ", met_eip, row->open & kNoEip);
  add("\n");
  say(line);
}

void start(void) {
  DWORD old;
  BYTE* code = VirtualAlloc((void*)kCode, kPage, MEM_COMMIT | MEM_RESERVE, PAGE_EXECUTE_READWRITE);
  BYTE* data = VirtualAlloc((void*)kData, 4 * kPage, MEM_COMMIT | MEM_RESERVE, PAGE_READWRITE);
  if (code != (BYTE*)kCode || data != (BYTE*)kData) ExitProcess(1);
  ((DWORD*)data)[1] = 5; /* BOUND's: 0 to 5 */
  VirtualProtect(data + kPage, kPage, PAGE_NOACCESS, &old);
  VirtualProtect(data + 2 * kPage, kPage, PAGE_READONLY, &old);
  VirtualProtect(data + 3 * kPage, kPage, PAGE_READWRITE | PAGE_GUARD, &old);
  for (DWORD i = 0; i < sizeof(rows) / sizeof(rows[0]); ++i) {
    for (DWORD at = 0; at < kMost; ++at) code[at] = at < rows[i].size ? rows[i].code[at] : 0x90;
    exceptions = 0;
    run_row(code);
    report(&rows[i]);
  }
  ExitProcess(0);
}
