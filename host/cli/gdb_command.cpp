// sehlab gdb PROGRAM.exe --listen 127.0.0.1:PORT: a program of the lab under somebody's debugger.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "host/cli/command.hpp"
#include "host/cli/console.hpp"
#include "host/cli/debug_options.hpp"
#include "host/lab/debug/debug_session.hpp"
#include "host/lab/debug/loopback.hpp"

namespace sehlab::cli {
namespace {

struct GdbArguments {
  CLI::App* subcommand = nullptr;
  std::string listen;
  bool once = false;
  DebugArguments debug;
};

/// PROGRAM.exe --listen ADDRESS [-- ARG...]: the one option that may stand behind the program.
/// The rest is the guest's; the word that stands between the two, if there is one, is misplaced.
std::string take_listen(std::vector<std::string>& words, std::string& listen) {
  constexpr std::string_view kOption = "--listen";
  if (!listen.empty() || words.size() < 2) return {};
  const auto first = words.begin() + 1;
  auto behind = first + 1;
  if (first->starts_with("--listen=")) {
    listen = first->substr(kOption.size() + 1);
  } else if (*first == kOption && behind != words.end()) {
    listen = *behind++;
  } else {
    return {};
  }
  const auto mark = std::find(behind, words.end(), "--");
  if (mark != words.end() && behind->starts_with("-") && mark != behind) return *behind;
  if (mark == behind && mark != words.end()) ++behind;
  words.erase(first, behind);
  return {};
}

int run_gdb(GdbArguments& arguments) {
  std::vector<std::string> words = arguments.subcommand->remaining();
  const std::string misplaced = take_listen(words, arguments.listen);
  if (!misplaced.empty()) {
    return complain("gdb: \"" + misplaced + "\" stands behind the program; options stand before it",
                    kUsage);
  }
  if (arguments.listen.empty()) {
    return complain("gdb: --listen 127.0.0.1:PORT is missing (see sehlab gdb --help)", kUsage);
  }
  lab::ConsoleOutput streams(stdout);
  lab::GuestConsole console(streams);
  DebuggedRun run;
  if (const int code = run.begin(arguments.debug, words, "gdb", console)) return code;
  std::string address = arguments.listen;
  for (;;) {
    auto listener = lab::LoopbackListener::open(address);
    if (!listener) return complain("gdb: " + listener.error().text(), kUsage);
    address = (*listener)->address();
    complain("gdb: listening on " + address, kOk);
    const auto connection = (*listener)->accept([] { return true; });
    listener->reset();
    if (connection == nullptr) return complain("gdb: nobody came", kFailed);
    const auto ending = lab::serve_debugger(run.timeline(), run.watch(), console, *connection);
    if (ending != gdb::Session::Ending::Lost) return kOk;
    if (arguments.once) return complain("gdb: the connection broke", kFailed);
    complain("gdb: the debugger is gone, the program stands where it stood", kOk);
  }
}

}  // namespace

Command add_gdb(CLI::App& app) {
  auto arguments = std::make_shared<GdbArguments>();
  CLI::App* gdb = app.add_subcommand("gdb", "Let GDB attach to a program, forwards and backwards");
  arguments->subcommand = gdb;
  gdb->prefix_command();
  gdb->add_option("--listen", arguments->listen, "Where: 127.0.0.1:PORT; PORT 0 is a free one")
      ->type_name("ADDRESS");
  gdb->add_flag("--once", arguments->once, "End when the debugger is gone, whyever it is");
  add_debug_options(*gdb, arguments->debug);
  gdb->footer(
      "Options stand before PROGRAM.exe, --listen right behind it, too; all else that follows\n"
      "is the guest's.\n"
      "Then: gdb PROGRAM.exe -iex \"set sysroot\" -ex \"target remote 127.0.0.1:PORT\"\n"
      "A debugger that disconnects, or is lost, may come again; kill and detach end it.\n"
      "Exit code: 0 when the debugger went, 1 when --once and the connection broke, 2 bad usage,\n"
      "125 without a connection, 126 and 127 as of run.");
  return [arguments] { return run_gdb(*arguments); };
}

}  // namespace sehlab::cli
