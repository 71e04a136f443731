#include "emu/os/abort_catcher.hpp"

#include <signal.h>

#include <mutex>

namespace sehlab::os {
namespace {

thread_local AbortCatcher* innermost = nullptr;
struct sigaction before_us;
std::mutex installing;

void on_abort(int) {
  // raise() runs the handler on the thread that aborted.
  if (innermost != nullptr) siglongjmp(innermost->point(), 1);
  sigaction(SIGABRT, &before_us, nullptr);
  raise(SIGABRT);
}

}  // namespace

void AbortCatcher::install() {
  const std::lock_guard lock(installing);
  struct sigaction ours {};
  ours.sa_handler = on_abort;
  sigemptyset(&ours.sa_mask);
  struct sigaction now {};
  sigaction(SIGABRT, nullptr, &now);
  if (now.sa_handler == on_abort) return;
  before_us = now;
  sigaction(SIGABRT, &ours, nullptr);
}

AbortCatcher::AbortCatcher() : outer_(innermost) {
  innermost = this;
}

AbortCatcher::~AbortCatcher() {
  innermost = outer_;
}

void AbortCatcher::caught() {
  // The handler was left with its signal blocked.
  sigset_t abort_only;
  sigemptyset(&abort_only);
  sigaddset(&abort_only, SIGABRT);
  pthread_sigmask(SIG_UNBLOCK, &abort_only, nullptr);
}

}  // namespace sehlab::os
