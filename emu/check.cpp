#include "emu/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace sehlab {
namespace {

struct Dump {
  StateDump dump = nullptr;
  void* owner = nullptr;
};
thread_local Dump current;

}  // namespace

void set_state_dump(StateDump dump, void* owner) {
  current = {dump, owner};
}

void check_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "sehlab: %s:%d: broken invariant: %s\n", file, line, condition);
  // Taken out first: a check that fails while the state is printed must not come back here.
  const Dump dump = current;
  current = {};
  if (dump.dump != nullptr) {
    std::fputs(dump.dump(dump.owner).c_str(), stderr);
    std::fputc('\n', stderr);
  }
  std::fflush(stderr);
  std::abort();
}

}  // namespace sehlab
