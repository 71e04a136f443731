/* user32's and shell32's functions on text: as Microsoft documents wsprintf, CharUpper and their
 * kin and CommandLineToArgvW. */
#include "cases/say.h"
#include "system/win32_strings.h"

int __cdecl wsprintfA(char* to, const char* format, ...);
int __cdecl wsprintfW(WCHAR* to, const WCHAR* format, ...);
PVOID WINAPI CharUpperA(PVOID text);
PVOID WINAPI CharLowerW(PVOID text);
DWORD WINAPI CharUpperBuffW(WCHAR* text, DWORD length);
char* WINAPI CharNextA(const char* text);
char* WINAPI CharPrevA(const char* start, const char* text);
BOOL WINAPI IsCharAlphaA(char c);
BOOL WINAPI IsCharAlphaNumericW(WCHAR c);
BOOL WINAPI CharToOemA(const char* from, char* to);
BOOL WINAPI OemToCharA(const char* from, char* to);
WCHAR** WINAPI CommandLineToArgvW(const WCHAR* line, int* count);

int failures;
static char text[1100];

static void formats(void) {
  CHECK(wsprintfA(text, "%d %i %u", -5, 7, 0xffffffffu) == 15);
  CHECK(lstrcmpA(text, "-5 7 4294967295") == 0);
  wsprintfA(text, "%x %X %#x %#X %08lx", 0xabc, 0xabc, 0xabc, 0xabc, 0x12ab);
  CHECK(lstrcmpA(text, "abc ABC 0xabc 0XABC 000012ab") == 0);
  wsprintfA(text, "%5d|%-5d|%05d|%.3d|%5.2d", 42, 42, 42, 7, 7);
  CHECK(lstrcmpA(text, "   42|42   |00042|007|   07") == 0);
  wsprintfA(text, "%s %S %ls %hs %.2s %5s|%-5s|", "a", L"b", L"c", "d", "efg", "h", "i");
  CHECK(lstrcmpA(text, "a b c d ef     h|i    |") == 0);
  wsprintfA(text, "%c%C%lc %% %q", 'x', L'y', L'z');
  CHECK(lstrcmpA(text, "xyz % q") == 0);
  WCHAR wide[32];
  CHECK(wsprintfW(wide, L"%s %S %hs %d", L"w", "n", "m", 3) == 7);
  CHECK(lstrcmpiW(wide, L"w n m 3") == 0);
  char longer[600];
  for (int i = 0; i < 599; ++i) longer[i] = 'x';
  longer[599] = 0;
  CHECK(wsprintfA(text, "%s%s", longer, longer) <= 1024 && lstrlenA(text) <= 1024);
}

static void characters(void) {
  char word[] = "abc\xe4";
  CHECK(CharUpperA(word) == word && lstrcmpA(word, "ABC\xc4") == 0);
  CHECK((ULONG_PTR)CharUpperA((PVOID)(ULONG_PTR)'q') == 'Q');
  CHECK((ULONG_PTR)CharLowerW((PVOID)(ULONG_PTR)0xc4) == 0xe4);
  WCHAR wide[] = L"ab";
  CHECK(CharUpperBuffW(wide, 1) == 1 && wide[0] == 'A' && wide[1] == 'b');
  CHECK(CharNextA(word) == word + 1 && CharNextA(word + 4) == word + 4);
  CHECK(CharPrevA(word, word + 2) == word + 1 && CharPrevA(word, word) == word);
  CHECK(IsCharAlphaA('a') && IsCharAlphaA('\xe4') && !IsCharAlphaA('1'));
  CHECK(IsCharAlphaNumericW('1') && !IsCharAlphaNumericW('-'));
  CHECK(CharToOemA("\xe4x", word) && lstrcmpA(word, "\x84x") == 0); /* code page 437 */
  CHECK(OemToCharA("\x84x", word) && lstrcmpA(word, "\xe4x") == 0);
}

/* The arguments of `line` are those in `expected`, each with a "|" behind it. */
static BOOL splits(const WCHAR* line, const char* expected) {
  int count = 0;
  WCHAR** arguments = CommandLineToArgvW(line, &count);
  char* to = text;
  for (int i = 0; arguments && i < count; ++i) {
    for (const WCHAR* at = arguments[i]; *at; ++at) *to++ = (char)*at;
    *to++ = '|';
  }
  *to = 0;
  LocalFree(arguments);
  if (lstrcmpA(text, expected) == 0) return TRUE;
  say(text);
  say("\n");
  return FALSE;
}

static void arguments(void) {
  int count;
  CHECK(splits(L"prog a b", "prog|a|b|"));
  CHECK(splits(L"\"c:\\my files\\p\" \t a", "c:\\my files\\p|a|"));
  CHECK(
      splits(L"p \"abc\" d e", "p|abc|d|e|")); /* these four: "Parsing C command-line arguments" */
  CHECK(splits(L"p a\\\\b d\"e f\"g h", "p|a\\\\b|de fg|h|"));
  CHECK(splits(L"p a\\\\\\\"b c d", "p|a\\\"b|c|d|"));
  CHECK(splits(L"p a\\\\\\\\\"b c\" d e", "p|a\\\\b c|d|e|"));
  CHECK(splits(L"p \"\" x", "p||x|"));
  CHECK(splits(L" a", "|a|")); /* a blank ends an empty name */
  WCHAR** own = CommandLineToArgvW(L"", &count);
  CHECK(own && count == 1 && lstrlenW(own[0]) > 4);
  LocalFree(own);
}

void start(void) {
  formats();
  characters();
  arguments();
  CHECK_ENDS("strings");
}
