#include "host/lab/debug/debugger_process.hpp"

#include <utility>

#include "emu/os/system.hpp"

namespace sehlab::lab {

namespace {

constexpr int kSignal = 1000;  // of os::ending_of

}  // namespace

std::string debugger_script() {
  std::string script;
  const auto going = [&](const char* name, const char* text) {
    script += std::string("define ") + name + "\nif $argc == 1\nmonitor " + name +
              " $arg0\nreverse-continue\nelse\nhelp " + name + "\nend\nend\ndocument " + name +
              '\n' + text + "\nend\n";
  };
  going("goto",
        "Go to a place of the run, forwards or backwards: goto 32262, goto fault, goto defect#2,\n"
        "goto start, goto end.");
  going("back", "Go back to the last event of a kind: back push, back fault, back exposed.");
  going("push", "Go back to where the registration record at an address was linked.");
  for (const char* name : {"chain", "dispatch", "memory"}) {
    script += std::string("define ") + name + "\nmonitor " + name + "\nend\ndocument " + name +
              "\nmonitor " + name + "\nend\n";
  }
  return script;
}

std::vector<std::string> debugger_words(const DebuggerStart& what, const std::string& script) {
  std::vector<std::string> words{what.debugger, "-q"};
  if (what.batch) words.emplace_back("-batch");
  const auto command = [&](const char* option, std::string text) {
    words.emplace_back(option);
    words.push_back(std::move(text));
  };
  // The images are files of this machine.
  command("-iex", "set sysroot");
  if (!what.source.empty()) command("-d", what.source);
  command("-x", script);
  command("-ex", "target remote " + what.address);
  for (const std::string& one : what.commands) command("-ex", one);
  words.push_back(what.program);
  return words;
}

Result<DebuggerProcess> DebuggerProcess::start(const DebuggerStart& what) {
  const auto script = os::text_for_children(debugger_script());
  if (!script) return fail(what.debugger, script.error().text());
  const auto id = os::start_on_our_terminal(debugger_words(what, script->path));
  if (!id) return tl::make_unexpected(id.error());
  os::leave_interrupts_to_children();
  return DebuggerProcess(*id);
}

void DebuggerProcess::take(int ending) {
  code_ = ending >= kSignal ? 1 : ending;
  os::forget(id_);
}

std::optional<int> DebuggerProcess::ended() {
  if (code_) return code_;
  if (const auto ending = os::ending_of(id_)) take(*ending);
  return code_;
}

int DebuggerProcess::wait() {
  if (!code_) take(os::wait_for(id_));
  return *code_;
}

}  // namespace sehlab::lab
