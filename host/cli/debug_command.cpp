// sehlab debug PROGRAM.exe [ARG...]: GDB, started on a program of the lab.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "host/cli/command.hpp"
#include "host/cli/console.hpp"
#include "host/cli/debug_options.hpp"
#include "host/lab/debug/debug_session.hpp"
#include "host/lab/debug/debugger_process.hpp"
#include "host/lab/debug/loopback.hpp"

namespace sehlab::cli {
namespace {

struct DebugCommandArguments {
  CLI::App* subcommand = nullptr;
  lab::DebuggerStart start;
  DebugArguments debug;
};

int run_debug(const DebugCommandArguments& arguments) {
  lab::ConsoleOutput streams(stdout);
  lab::GuestConsole console(streams);
  console.leave_terminal();
  DebuggedRun run;
  if (const int code =
          run.begin(arguments.debug, arguments.subcommand->remaining(), "debug", console)) {
    return code;
  }
  auto listener = lab::LoopbackListener::open("127.0.0.1:0");
  if (!listener) return complain("debug: " + listener.error().text(), kLabFailed);
  lab::DebuggerStart start = arguments.start;
  start.program = run.program();
  start.address = (*listener)->address();
  auto debugger = lab::DebuggerProcess::start(start);
  if (!debugger) {
    return complain("debug: cannot start " + debugger.error().text(), kLabFailed);
  }
  const auto connection = (*listener)->accept([&] { return !debugger->ended(); });
  listener->reset();
  if (connection == nullptr) return complain("debug: gdb did not connect", kFailed);
  static_cast<void>(lab::serve_debugger(run.timeline(), run.watch(), console, *connection));
  return debugger->wait() == 0 ? kOk : kFailed;
}

}  // namespace

Command add_debug(CLI::App& app) {
  auto arguments = std::make_shared<DebugCommandArguments>();
  CLI::App* debug = app.add_subcommand("debug", "Start GDB on a program, forwards and backwards");
  arguments->subcommand = debug;
  debug->prefix_command();
  debug
      ->add_option("--ex", arguments->start.commands, "A command for GDB to begin with, repeatable")
      ->allow_extra_args(false)
      ->type_name("COMMAND");
  debug->add_flag("--batch", arguments->start.batch, "End GDB after those");
  debug->add_option("--source", arguments->start.source, "Folder that the sources' names begin in")
      ->type_name("DIR");
  debug->add_option("--gdb", arguments->start.debugger, "Which GDB")->type_name("PROGRAM");
  add_debug_options(*debug, arguments->debug);
  debug->footer(
      "Options stand before PROGRAM.exe; all that follows it is the guest's.\n"
      "In GDB: goto PLACE, back KIND, push ADDRESS, chain, dispatch, monitor help.\n"
      "Exit code: 0, or 1 when GDB failed, 2 bad usage, 125 without GDB, 126 and 127 as of run.");
  return [arguments] { return run_debug(*arguments); };
}

}  // namespace sehlab::cli
