#include "host/cli/fuzz_options.hpp"

#include <fmt/core.h>
#include <signal.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <iostream>

#include "host/cli/console.hpp"

namespace sehlab::cli {
namespace {

volatile std::sig_atomic_t interrupted = 0;

void note_interrupt(int) {
  interrupted = 1;
}

}  // namespace

void GuestArguments::add_to(CLI::App& command) {
  command
      .add_option("--guest", guest,
                  "sequences, sequences_go, sequences_go_buggy, or a DLL of your own")
      ->type_name("NAME|FILE.dll")
      ->capture_default_str();
  command
      .add_option("--oracle", oracle,
                  "What counts: everything that differs from the prediction, or only the ending")
      ->check(CLI::IsMember({"everything", "ending"}))
      ->capture_default_str();
}

FuzzProgress::FuzzProgress() : terminal_(isatty(STDERR_FILENO) != 0), told_(Clock::now()) {}

void FuzzProgress::operator()(const std::string& text) {
  const auto now = Clock::now();
  if (!terminal_) {
    if (now - told_ < std::chrono::seconds(10)) return;
    fmt::print(stderr, "{}\n", text);
  } else {
    fmt::print(stderr, "\r{}\x1b[K", text);
    shown_ = true;
  }
  std::fflush(stderr);
  told_ = now;
}

void FuzzProgress::clear() {
  if (shown_) fmt::print(stderr, "\r\x1b[K");
  shown_ = false;
}

Interrupt::Interrupt() {
  struct sigaction action {};
  action.sa_handler = note_interrupt;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  interrupted = 0;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

Interrupt::~Interrupt() {
  signal(SIGINT, SIG_DFL);
  signal(SIGTERM, SIG_DFL);
}

bool Interrupt::came() {
  return interrupted != 0;
}

int finish(bool found) {
  if (!std::cout.flush()) return complain("standard output cannot be written", kLabFailed);
  return found ? kFailed : kOk;
}

}  // namespace sehlab::cli
