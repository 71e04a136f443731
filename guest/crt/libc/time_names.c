/* The names of days and months as C++'s locale takes them over: each after a colon, short and long.
 * The caller frees them. (Visual C++'s <xlocinfo.h> calls these by name.) */
#include <time.h>

#include "crt.h"

static const char day_names[] =
    ":Sun:Sunday:Mon:Monday:Tue:Tuesday:Wed:Wednesday:Thu:Thursday:Fri:Friday:Sat:Saturday";
static const char month_names[] =
    ":Jan:January:Feb:February:Mar:March:Apr:April:May:May:Jun:June:Jul:July:Aug:August"
    ":Sep:September:Oct:October:Nov:November:Dec:December";

static wchar_t* widened(const char* text) {
  const size_t characters = strlen(text) + 1;
  wchar_t* wide = malloc(characters * sizeof *wide);
  return wide && mbstowcs(wide, text, characters) != (size_t)-1 ? wide : 0;
}

char* _Getdays(void) {
  return _strdup(day_names);
}
char* _Getmonths(void) {
  return _strdup(month_names);
}
wchar_t* _W_Getdays(void) {
  return widened(day_names);
}
wchar_t* _W_Getmonths(void) {
  return widened(month_names);
}
