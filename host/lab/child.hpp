// Child: a program of another kind than a guest (a fuzzing engine, a compiler) that runs beside the
// lab, with what it says line by line.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "emu/os/process.hpp"
#include "emu/result.hpp"

namespace sehlab::lab {

struct ChildCommand {
  std::vector<std::string> words;  ///< the program, then its arguments; found by PATH without a '/'
  /// Added to our own environment, or in place of what is there.
  std::vector<std::pair<std::string, std::string>> environment;
};

/// As a shell takes it: what is added to the environment, the program, its arguments.
[[nodiscard]] std::string shell_line(const ChildCommand& command);

/// Ends with its children when it goes.
class Child {
 public:
  /// Its standard input is empty; standard output and error are one stream. It leads a process
  /// group of its own, so that a terminal's Ctrl-C does not reach it. An Error when there is no
  /// such program or the system has no room.
  [[nodiscard]] static Result<Child> start(const ChildCommand& command);
  Child(Child&& other) noexcept;
  Child& operator=(Child&& other) noexcept;
  ~Child();

  /// Hands over each whole line that came, waiting for one if there is none, at most that long.
  /// A line longer than 64 KiB comes in parts.
  void read_lines(std::chrono::milliseconds most,
                  const std::function<void(std::string_view)>& line);
  /// How it ended: its exit code, 1000 + N when signal N ended it; nullopt: it runs.
  [[nodiscard]] std::optional<int> ended();
  /// Asks its group to end (SIGINT), and makes it (SIGKILL) after `grace`; then what it still said.
  void end(std::chrono::milliseconds grace, const std::function<void(std::string_view)>& line);

 private:
  explicit Child(os::StartedProgram started)
      : id_(started.id), output_(std::move(started.output)) {}
  bool take(const std::function<void(std::string_view)>& line);

  os::ProcessId id_ = -1;
  os::Descriptor output_;  ///< closed when its end was read
  std::string rest_;
  std::optional<int> status_;
};

}  // namespace sehlab::lab
