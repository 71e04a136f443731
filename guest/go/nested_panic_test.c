/* Go calls C calls Go calls C calls Go: a panic at the innermost level, recovered at each level
 * that there is. At every level fs:[0] must be again what it was there before the panic. */
#include "go/tests.h"

enum { Levels = 3 };

/* One Go function of the pile: 1 is the outermost, Levels panics. */
typedef struct Level Level;
struct Level {
  FuncVal f;
  T* t;
  int32 level;
  int32 recoverat;
  uintptr seh;
  bool returned;  /* C returned here, after a deeper level recovered */
  bool recovered; /* this level did */
};

/* C of another kind at each level: one that links nothing, one that links three records. */
static const char* const functions[Levels] = {"", "CallBackPlain", "CallBackThroughThreeRecords"};

static void checkseh(Level* l, const char* when) {
  if (GetSEH() != l->seh) {
    T_Errorf(l->t, "level %d, SEH after %s: %#x became %#x", l->level, when, l->seh, GetSEH());
  }
}

static GOFUNC(recover_at_level) {
  Level* l = *(Level**)(ctxt + 1);
  if (l->level != l->recoverat) return;
  checkcallbackpanic(l->t, recover());
  l->recovered = true;
  checkseh(l, "panic");
}

static GOFUNC(enter_level) {
  Level* l = (Level*)ctxt;
  struct {
    FuncVal f;
    Level* level;
  } deferred = {{recover_at_level}, l};
  l->seh = GetSEH();
  DEFER(0, &deferred.f);
  if (l->level == Levels) panic(goerror("callback panic"));
  cdllCall(l->t, functions[l->level], &l[1].f, 2, 0);
  l->returned = true;
  checkseh(l, "return");
  RETURN;
}

static void nestedPanic(T* t, int32 recoverat) {
  Level levels[Levels];
  int32 i;
  LockOSThread();
  for (i = 0; i < Levels; i++) {
    Level l = {{enter_level}, t, i + 1, recoverat, 0, false, false};
    levels[i] = l;
  }
  CALLFUNC(&levels[0].f);
  for (i = 1; i <= Levels; i++) {
    Level* l = &levels[i - 1];
    if (l->recovered != (i == recoverat)) T_Errorf(t, "level %d: recovered %d", i, l->recovered);
    if (l->returned != (i < recoverat)) T_Errorf(t, "level %d: returned %d", i, l->returned);
  }
  UnlockOSThread();
}

TEST(TestNestedPanicLevel1) {
  nestedPanic(t, 1);
}
TEST(TestNestedPanicLevel2) {
  nestedPanic(t, 2);
}
TEST(TestNestedPanicLevel3) {
  nestedPanic(t, 3);
}
