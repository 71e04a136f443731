/* The runtime's functions, by the file that has them. Included by runtime.h. */
#ifndef GO_RUNTIME_FUNCS_H
#define GO_RUNTIME_FUNCS_H

/* asm_386.S */
void gosave(Gobuf* buf);
NORETURN void gogo(Gobuf* buf);
void mcall(void (*fn)(G*)); /* returns when someone goes on with g->sched */
void newstackcall(FuncVal* fn, void* args, uint32 size);
void lessstack(void);
int32 deferproc(int32 siz, FuncVal* fn, ...) __attribute__((returns_twice));
void calldeferred(FuncVal* fn, uintptr* args, uint32 size);
void goexit(void);
void setmg(M* mp, G* gp);
void asminit(void);
void breakpoint(void);
/* asmcgocall_386.S, callbackasm_386.S */
uintptr asmcgocall(void (*fn)(void*), void* arg);
void callbackasm(void);
/* sys_windows_386.S */
void asmstdcall(void* libcall);
void sigtramp(void);
void tstart_stdcall(void);
void install_exception_handler(void);
void remove_exception_handler(void);

/* The head of the chain of records, on the one system that has it; for all others the
 * commit defines both away. SEH_AS_ON_OTHER_SYSTEMS builds that (go_other.exe). */
#if defined(GOOSARCH_windows_386) && !defined(SEH_AS_ON_OTHER_SYSTEMS)
SEH* getseh(void);
void setseh(SEH* seh);
#else
#define getseh() ((SEH*)nil)
#define setseh(x) \
  do {            \
  } while (0)
#endif

/* panic.c */
void newdeferrecord(int32 siz, FuncVal* fn, uint8* argp, uintptr pc, uintptr* regs);
NOINLINE void deferreturn(void);
NORETURN NOINLINE void panic(Eface e);
Eface gorecover(uint8* argp);
#define recover() gorecover((uint8*)__builtin_frame_address(0) + 8)
NORETURN void Goexit(void);
NORETURN void panicstring(const char* message);
void unwindstack(G* gp, uint8* sp);
/* fatal.c */
NORETURN void throw(const char* message);
NORETURN void startpanic_exit(Panic* p);
NORETURN void badmcall(void);
NORETURN void badmcall2(void);
NORETURN void badsignal2(void);

/* stack.c */
void* stackalloc(uintptr size);
void stackfree(void* stack, uintptr size);
G* malg(uintptr stacksize);
NORETURN void newstack(void);
NORETURN void oldstack(void);
enum { StackSystem = 8 * 1024, StackGuard = StackSystem + 256, StackMin = 32 * 1024 };

/* proc.c, proc_park.c, proc_syscall.c, proc_lock.c, proc_extram.c */
extern M m0;
extern G g0;
extern M* allm;
extern G* allg;
void schedinit(void);
NOINLINE void newproc(int32 siz, FuncVal* fn, ...);
NOINLINE void mstart(void);
NORETURN void schedule(void);
void park(bool (*unlockf)(G*, void*), void* lock, const char* reason);
void ready(G* gp);
void Gosched(void);
NORETURN void goexit1(void);
void entersyscall(void);
void exitsyscall(void);
void lockOSThread(void);
void unlockOSThread(void);
void LockOSThread(void);
void UnlockOSThread(void);
bool LockedOSThread(void);
void newextram(void);
M* allocm(void);
void allgadd(G* gp);
extern volatile uint32 needextram;
NOINLINE void needm(uint32 x);
void dropm(void);

/* cgocall.c, callback_windows_386.c */
void cgocall(void (*fn)(void*), void* arg);
uintptr compilecallback(FuncVal* fn, uintptr nargs, bool cleanstack);

/* malloc.c, mgc0.c */
void mallocinit(void);
void* mal(uintptr n);
void gofree(void* v);
void* persistentalloc(uintptr n);
void gc(void);
#define GC gc

/* chan.c */
Hchan* makechan(uint32 capacity);
void chansend(Hchan* c, uintptr value);
uintptr chanrecv(Hchan* c, bool* ok);
void closechan(Hchan* c);

/* os_windows.c, note_windows.c */
void osinit(void);
void initsig(void);
void minit(void);
void unminit(void);
void newosproc(M* mp);
NOINLINE uintptr stdcall(void* fn, int32 count, ...);
NORETURN void exit(int32 code);
void write(int32 fd, const void* data, uint32 n);
void osyield(void);
void* SysAlloc(uintptr n);
void SysFree(void* v, uintptr n);
void* semacreate(void);
void lock(Lock* l);
void unlock(Lock* l);
void noteclear(Note* n);
void notesleep(Note* n);
void notewakeup(Note* n);

/* syscall_windows.c */
uintptr loadlibrary(const char* name);
uintptr getprocaddress(uintptr library, const char* name);
uintptr Syscall(uintptr fn, uintptr nargs, uintptr a1, uintptr a2, uintptr a3);
uintptr SyscallN(uintptr fn, uintptr nargs, uintptr* args);
void freelibrary(uintptr library);

/* print.c */
void printf(const char* format, ...); /* to standard error: %s %d %u %x %p */
uint32 snprintf(char* buffer, uint32 size, const char* format, ...);
uint32 vsnprintf(char* buffer, uint32 size, const char* format, __builtin_va_list args);
uint32 findnull(const char* s);
int32 streq(const char* a, const char* b);
void* memset(void* p, int32 c, uint32 n);
void* memcpy(void* to, const void* from, uint32 n);
#define memclr(p, n) memset((p), 0, (n))

/* export_test.c */
uintptr getseh_go(void);
#define GetSEH getseh_go
bool SetPanicOnFault(bool enabled);
uint32 GCReclaimed(void);             /* objects that collections have freed so far */
bool IsAllocated(uintptr complement); /* is there an object? Its address is not named */

#define cas(p, old, new) __sync_bool_compare_and_swap((p), (old), (new))
#define xchg(p, v) __sync_lock_test_and_set((p), (v))

/* The deferring statement of a function that returns nothing. A recovered panic goes on in this
 * frame, which runs what it deferred and returns; every other return of such a function goes
 * through RETURN. Locals that change between DEFER and then must be volatile. */
#define DEFER(size, ...)                       \
  do {                                         \
    if (deferproc((size), __VA_ARGS__) != 0) { \
      deferreturn();                           \
      return;                                  \
    }                                          \
  } while (0)
#define RETURN     \
  do {             \
    deferreturn(); \
    return;        \
  } while (0)

#endif
