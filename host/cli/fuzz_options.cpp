#include "host/cli/fuzz_options.hpp"

#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <iostream>

#include "emu/os/terminal.hpp"
#include "host/cli/console.hpp"

namespace sehlab::cli {
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

FuzzProgress::FuzzProgress() : terminal_(os::is_terminal(stderr)), told_(Clock::now()) {}

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

int finish(bool found) {
  if (!std::cout.flush()) return complain("standard output cannot be written", kLabFailed);
  return found ? kFailed : kOk;
}

}  // namespace sehlab::cli
