/* The lab as a C interface: opaque handles, no type of another library. For bindings; C++ has
 * <sehlab/lab.hpp>.
 *
 * Texts are UTF-8 and end with a zero. What a function gives belongs to the handle it was asked of,
 * until that is closed or, where it says so, until the next call. A handle belongs to one thread at
 * a time. No function throws. */
#ifndef SEHLAB_H
#define SEHLAB_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Counts the changes of this interface that break callers. */
#define SEHLAB_ABI 1
uint32_t sehlab_abi(void);
/* As three numbers: "1.2.3" */
const char* sehlab_version(void);
/* Names of the systems that a lab can be, the default one first; null beyond the last. */
const char* sehlab_profile(size_t index);

typedef struct sehlab_lab sehlab_lab;
typedef struct sehlab_call sehlab_call;
typedef struct sehlab_run sehlab_run;
typedef struct sehlab_guest sehlab_guest;
typedef struct sehlab_snapshot sehlab_snapshot;
typedef struct sehlab_moment sehlab_moment;
typedef struct sehlab_replay sehlab_replay;
typedef struct sehlab_verdicts sehlab_verdicts;

/* ---- a lab ---- */

enum sehlab_watch { SEHLAB_WATCH_OFF, SEHLAB_WATCH_REPORT, SEHLAB_WATCH_STRICT, SEHLAB_WATCH_STOP };

typedef struct sehlab_options {
  size_t size;               /* of this struct: sizeof(sehlab_options) */
  const char* profile;       /* null: the default one */
  const char* system_folder; /* null: beside the library */
  const char* calls_from;    /* null: a program's entry point */
  const char* const* dll_folders;
  size_t dll_folder_count;
  const char* const* arguments; /* of a program, behind its name */
  size_t argument_count;
  uint64_t budget; /* instructions of loading and of each call; 0: the default */
  uint64_t seed;
  uint32_t watch;    /* enum sehlab_watch: a struct of zeros is OFF, null options are REPORT */
  uint32_t sehop;    /* not 0: on */
  const void* input; /* standard input */
  size_t input_size;
  const char* files;        /* a folder that the guest has a copy of as C:\lab; null: none */
  const char* suppressions; /* a file; null: none */
} sehlab_options;

/* Never null but when there is no memory; sehlab_error tells whether it can be used. `options`:
 * null for the defaults. */
sehlab_lab* sehlab_open(const char* image, const sehlab_options* options);
void sehlab_close(sehlab_lab* lab); /* after its calls; runs may live on */
/* What went wrong in the last function that failed; null: nothing did. Until the next call. */
const char* sehlab_error(const sehlab_lab* lab);
/* 0: there is none. */
uint32_t sehlab_address(sehlab_lab* lab, const char* function);

/* Gives EAX. */
typedef uint32_t (*sehlab_function)(sehlab_guest* guest, void* user);
/* 0, or -1 with an error. See Lab::provide in <sehlab/lab.hpp>. */
int sehlab_provide(sehlab_lab* lab, const char* dll, const char* name, size_t words,
                   sehlab_function function, void* user);

/* From where calls are made, and which functions are provided. Null: sehlab_error(lab). */
sehlab_snapshot* sehlab_snapshot_take(sehlab_lab* lab);
/* 0, or -1 with an error. */
int sehlab_snapshot_restore(sehlab_lab* lab, const sehlab_snapshot* snapshot);
void sehlab_snapshot_free(sehlab_snapshot* snapshot);

/* ---- a call ---- */

/* `function` null: the program as a whole. */
sehlab_call* sehlab_call_new(sehlab_lab* lab, const char* function);
void sehlab_call_free(sehlab_call* call);
void sehlab_call_word(sehlab_call* call, uint32_t word);
void sehlab_call_word64(sehlab_call* call, uint64_t words);
void sehlab_call_double(sehlab_call* call, double value);
void sehlab_call_float(sehlab_call* call, float value);
/* The function gets their address in the guest, also of none; NULL is sehlab_call_word(call, 0). */
void sehlab_call_bytes(sehlab_call* call, const void* bytes, size_t size);
enum sehlab_convention { SEHLAB_STANDARD, SEHLAB_FASTCALL, SEHLAB_THISCALL };
void sehlab_call_convention(sehlab_call* call, uint32_t convention);
/* As `sehlab run --inject` takes it. */
void sehlab_call_inject(sehlab_call* call, const char* specification);
void sehlab_call_profile(sehlab_call* call, const char* name);
void sehlab_call_watch(sehlab_call* call, uint32_t watch);
void sehlab_call_budget(sehlab_call* call, uint64_t instructions);
/* Null: sehlab_error(lab). May be run again. */
sehlab_run* sehlab_call_run(sehlab_call* call);

/* A run whose effects last: calls are made from where it returned. Null: sehlab_error(lab). */
sehlab_run* sehlab_call_keep(sehlab_call* call);
/* A run for each instruction of an undisturbed one, disturbed before it. `what`: "fault=read
 * address=0". Gives the undisturbed one; the runs that `each` is told of are its own only until it
 * returns, and what it returns says whether there is to be another: 0, or it was the last. As many
 * runs as it has instructions. Null: sehlab_error(lab), also when `each` ended it. */
typedef int (*sehlab_swept)(uint64_t position, const sehlab_run* run, void* user);
sehlab_run* sehlab_call_sweep(sehlab_call* call, const char* what, sehlab_swept each, void* user);
/* A run as far as a place: "fault", "defect#2", "event:45", an instruction, "start", "end"; one
 * beyond the end is the end. Null: sehlab_error(lab). */
sehlab_moment* sehlab_call_go_to(sehlab_call* call, const char* place);
/* Of the program as a whole. 0, or -1 with an error. */
int sehlab_call_record(sehlab_call* call, const char* file);

/* ---- a run ---- */

enum sehlab_ended {
  SEHLAB_RETURNED,
  SEHLAB_EXITED,
  SEHLAB_UNHANDLED_EXCEPTION,
  SEHLAB_BUDGET_SPENT,
  SEHLAB_UNMODELLED,
  SEHLAB_STOPPED
};
void sehlab_run_free(sehlab_run* run);
/* Another handle of the same run, to be freed, too: of a swept one, for later. Null: no memory. */
sehlab_run* sehlab_run_copy(const sehlab_run* run);
uint32_t sehlab_run_ended(const sehlab_run* run);
/* The exit code, or that of the exception that nobody took; else 0. */
uint32_t sehlab_run_code(const sehlab_run* run);
const char* sehlab_run_detail(const sehlab_run* run);
/* EDX:EAX and ST(0) of a call that returned; of any other 0: look at sehlab_run_ended first. */
uint64_t sehlab_run_value(const sehlab_run* run);
double sehlab_run_floating_value(const sehlab_run* run);
/* The bytes of an argument after the call; null: it has none. */
const void* sehlab_run_bytes(const sehlab_run* run, size_t argument, size_t* size);
int sehlab_run_exception_handled(const sehlab_run* run);
size_t sehlab_run_exceptions(const sehlab_run* run);
int sehlab_run_chain_intact(const sehlab_run* run);
/* That the run retired. */
uint64_t sehlab_run_instructions(const sehlab_run* run);
size_t sehlab_run_defects(const sehlab_run* run);
/* "dangling"; null beyond the last. */
const char* sehlab_run_defect(const sehlab_run* run, size_t index);
/* The line of an injection that never fired, with the reason; null beyond the last. */
const char* sehlab_run_never_fired(const sehlab_run* run, size_t index);
size_t sehlab_run_handlers(const sehlab_run* run, int unwound);
/* "component!_except_handler3@component!Parse"; null beyond the last. */
const char* sehlab_run_handler(const sehlab_run* run, int unwound, size_t index);
const char* sehlab_run_output(const sehlab_run* run, size_t* size);
const char* sehlab_run_error_output(const sehlab_run* run, size_t* size);
const char* sehlab_run_report(const sehlab_run* run);
/* The events as JSON Lines (docs/trace-format.md). */
const char* sehlab_run_trace(const sehlab_run* run);

/* ---- moments of a run ---- */

void sehlab_moment_free(sehlab_moment* moment);
const char* sehlab_moment_report(const sehlab_moment* moment);
/* As `sehlab replay --json` has it (docs/replay.md). */
const char* sehlab_moment_json(const sehlab_moment* moment);
/* 0, or -1: nothing is there, or the lab or the replay that gave the moment has gone on. */
int sehlab_moment_read(const sehlab_moment* moment, uint32_t from, void* into, size_t size);

/* What `sehlab run --record` or sehlab_call_record wrote. Never null but when there is no memory;
 * sehlab_replay_error tells whether it can be used. */
sehlab_replay* sehlab_replay_open(const char* recording);
void sehlab_replay_close(sehlab_replay* replay);
/* As sehlab_error. */
const char* sehlab_replay_error(const sehlab_replay* replay);
/* Null: sehlab_replay_error. */
sehlab_moment* sehlab_replay_go_to(sehlab_replay* replay, const char* place);

/* ---- scenarios ---- */

/* Runs scenario files and folders of them, `jobs` at a time. Never null but when there is no
 * memory. `junit`: a file for the results as JUnit XML, or null. */
sehlab_verdicts* sehlab_run_scenarios(const char* const* paths, size_t count, uint32_t jobs,
                                      const char* junit);
void sehlab_verdicts_free(sehlab_verdicts* verdicts);
/* Null: there are verdicts. */
const char* sehlab_verdicts_error(const sehlab_verdicts* verdicts);
/* As `sehlab test --json` prints them (docs/scenarios.md). */
const char* sehlab_verdicts_json(const sehlab_verdicts* verdicts);

/* ---- the guest, while a provided function runs ----
 *
 * 0: done. -1: the guest has left the provided function for good (an exception was taken further
 * out, the process ended): return at once, with any value; every further call gives -1. */
int sehlab_guest_argument(sehlab_guest* guest, size_t n, uint32_t* value);
int sehlab_guest_read(sehlab_guest* guest, uint32_t from, void* into, size_t size);
int sehlab_guest_write(sehlab_guest* guest, uint32_t to, const void* bytes, size_t size);
int sehlab_guest_call(sehlab_guest* guest, uint32_t function, const uint32_t* words, size_t count,
                      uint32_t* value);
int sehlab_guest_raise(sehlab_guest* guest, uint32_t code, const uint32_t* parameters,
                       size_t count);
int sehlab_guest_set_last_error(sehlab_guest* guest, uint32_t code);
/* Gives the run up, since the provided function cannot go on: what ran it gives null, and the error
 * is `why`. -1, as above: return at once. */
int sehlab_guest_give_up(sehlab_guest* guest, const char* why);

#ifdef __cplusplus
}
#endif

#endif
