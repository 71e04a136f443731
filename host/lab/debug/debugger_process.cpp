#include "host/lab/debug/debugger_process.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

extern char** environ;

namespace sehlab::lab {

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
  const auto failed = [&](int error) { return fail(what.debugger, std::strerror(error)); };
  // A file that only the child has, and that is gone with it.
  const int script = ::memfd_create("sehlab-gdb", 0);
  if (script < 0) return failed(errno);
  const std::string text = debugger_script();
  if (::write(script, text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
    ::close(script);
    return failed(errno);
  }
  std::vector<std::string> words = debugger_words(what, "/proc/self/fd/" + std::to_string(script));
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  pid_t id = -1;
  const int error =
      ::posix_spawnp(&id, what.debugger.c_str(), nullptr, nullptr, pointers.data(), environ);
  ::close(script);
  if (error != 0) return failed(error);
  ::signal(SIGINT, SIG_IGN);
  return DebuggerProcess(id);
}

void DebuggerProcess::take(int status) {
  code_ = WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

std::optional<int> DebuggerProcess::ended() {
  int status = 0;
  if (!code_ && ::waitpid(id_, &status, WNOHANG) == id_) take(status);
  return code_;
}

int DebuggerProcess::wait() {
  while (!code_) {
    int status = 0;
    const pid_t got = ::waitpid(id_, &status, 0);
    if (got == id_) take(status);
    if (got < 0 && errno != EINTR) code_ = 1;
  }
  return *code_;
}

}  // namespace sehlab::lab
