#include "emu/os/interrupt.hpp"

#include <signal.h>

#include <csignal>

namespace sehlab::os {
namespace {

volatile std::sig_atomic_t interrupted = 0;
struct sigaction before_int, before_term;

void note_interrupt(int) {
  interrupted = 1;
}

}  // namespace

Interrupt::Interrupt() {
  struct sigaction action {};
  action.sa_handler = note_interrupt;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  interrupted = 0;
  ::sigaction(SIGINT, &action, &before_int);
  ::sigaction(SIGTERM, &action, &before_term);
}

Interrupt::~Interrupt() {
  ::sigaction(SIGINT, &before_int, nullptr);
  ::sigaction(SIGTERM, &before_term, nullptr);
}

bool Interrupt::came() {
  return interrupted != 0;
}

}  // namespace sehlab::os
