/* The example in C of docs/library.md. It runs in a folder where component.dll is. */
#include <sehlab/sehlab.h>
#include <stdio.h>

int main(void) {
  static const unsigned char cut[] = {3, 10};
  int wrong = 1;
  sehlab_lab* lab = sehlab_open("component.dll", NULL);
  sehlab_call* call = sehlab_call_new(lab, "ParseHeader");
  sehlab_call_bytes(call, cut, sizeof cut);
  sehlab_run* run = sehlab_call_run(call);
  if (run == NULL) {
    fprintf(stderr, "%s\n", sehlab_error(lab));
  } else {
    wrong = (int32_t)sehlab_run_value(run) != -1 || !sehlab_run_chain_intact(run);
    fputs(sehlab_run_report(run), stdout);
  }
  sehlab_run_free(run);
  sehlab_call_free(call);
  sehlab_close(lab);
  return wrong;
}
