#include "fuzz/hex_digit.h"
#include "fuzz/sequences/sequences.h"
#include "system/win32.h"

bool aloud;

void print_word(uint32_t word) {
  char line[9];
  DWORD written;
  uint32_t i;
  for (i = 0; i < 8; i++) line[i] = "0123456789abcdef"[word >> (28 - 4 * i) & 15];
  line[8] = '\n';
  WriteFile(GetStdHandle(STD_OUTPUT_HANDLE), line, sizeof line, &written, 0);
}

/* What follows the program's name, which may be in quotes. */
static const char* arguments(const char* line) {
  const char end = *line == '"' ? '"' : ' ';
  if (end == '"') line++;
  while (*line && *line != end) line++;
  return *line ? line + 1 : line;
}

void take_command_line(void) {
  const char* at = arguments(GetCommandLineA());
  uint32_t digits = 0, byte = 0;
  for (; *at && digits < 2 * LAB_SEQ_MOST_OPS * LAB_SEQ_OP_BYTES; at++) {
    if (hex_digit(*at) < 0) continue;
    byte = byte << 4 | (uint32_t)hex_digit(*at);
    if (digits++ & 1) lab_fuzz_input.bytes[digits / 2 - 1] = (uint8_t)byte;
  }
  lab_fuzz_input.size = digits / 2;
  aloud = digits != 0;
}
