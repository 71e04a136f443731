// lab::run: one guest program, run once, with whoever wants to listen. What the command line, the
// scenarios, the demo and the tests all go through.
#pragma once

#include <cstdio>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emu/result.hpp"
#include "host/lab/system_folder.hpp"
#include "host/process/captured_output.hpp"
#include "host/process/options.hpp"
#include "host/process/process.hpp"
#include "host/process/sandbox.hpp"
#include "host/trace/listener.hpp"

namespace sehlab::lab {

using process::CapturedOutput;

/// Writes through: the guest's standard output to `out`, its standard error to the lab's; and reads
/// the lab's standard input.
class ConsoleOutput final : public process::Output {
 public:
  explicit ConsoleOutput(std::FILE* out) : out_(out) {}
  void write(int stream, std::span<const std::byte> bytes) override;
  std::size_t read(std::span<std::byte> into) override;
  /// What each read gave, in order: a run can be repeated with it. Bounded; what is beyond is lost.
  [[nodiscard]] const std::vector<std::string>& input() const { return input_; }
  [[nodiscard]] bool input_lost() const { return lost_; }
  /// Something that the guest wrote to its standard output could not be passed on.
  [[nodiscard]] bool output_lost() const { return output_lost_; }

 private:
  std::FILE* out_;
  std::vector<std::string> input_;
  std::size_t kept_ = 0;
  bool lost_ = false, output_lost_ = false;
};

/// Why a program could not be started. `missing`: there is no such file (exit code 127); else
/// the image is at fault (126).
struct StartError {
  Error error;
  bool missing = false;
  bool sandbox = false;    ///< the folder given as a sandbox is at fault
  bool injection = false;  ///< an injection asks for what the program does not have
};

/// Why it could not be started, in the words of `sehlab run`.
[[nodiscard]] std::string refusal(const StartError& error);

/// The mode of that name ("off", "report", "strict", "stop").
[[nodiscard]] std::optional<watch::Mode> watch_mode(std::string_view name);
/// The name of a mode.
[[nodiscard]] std::string_view watch_word(watch::Mode mode);

/// A process at its first instruction: the sandbox is filled, the intervention has begun.
[[nodiscard]] tl::expected<std::unique_ptr<process::Process>, StartError> start(
    const process::Options& options, process::Output& output,
    const std::vector<trace::Listener*>& listeners);

/// Brings a process to its end.
using Drive = std::function<process::End(process::Process&)>;

/// Starts `options.program` and runs it to its end. An empty `listeners` costs nothing. `ended` is
/// told of the end before the sandbox's folder is changed: until then the run can be repeated.
[[nodiscard]] tl::expected<process::End, StartError> run(
    const process::Options& options, process::Output& output,
    const std::vector<trace::Listener*>& listeners,
    const std::function<void(const process::End&)>& ended = {}, const Drive& drive = {});
/// A run whose end is known already, for what `listeners` hear and `drive` sees. The sandbox's
/// folder stays as it is.
void repeat(const process::Options& options, process::Output& output,
            const std::vector<trace::Listener*>& listeners, const Drive& drive = {});

}  // namespace sehlab::lab
