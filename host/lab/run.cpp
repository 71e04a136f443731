#include "host/lab/run.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <optional>
#include <utility>

#include "emu/os/descriptor.hpp"
#include "host/process/process.hpp"
#include "host/services/system_time.hpp"

namespace sehlab::lab {
namespace {

constexpr std::array<std::pair<std::string_view, watch::Mode>, 4> kWatchModes{
    {{"off", watch::Mode::Off},
     {"report", watch::Mode::Report},
     {"strict", watch::Mode::Strict},
     {"stop", watch::Mode::Stop}}};
constexpr std::size_t kMostKept = 16u << 20;  // bytes of standard input

}  // namespace

void ConsoleOutput::write(int stream, std::span<const std::byte> bytes) {
  std::FILE* to = stream == 2 ? stderr : out_;
  if (!bytes.empty()) std::fwrite(bytes.data(), 1, bytes.size(), to);
  if (std::fflush(to) != 0 && stream != 2) output_lost_ = true;
}

std::size_t ConsoleOutput::read(std::span<std::byte> into) {
  // What cannot be read is at its end.
  const std::size_t bytes = os::read_some(os::kStandardInput, into).value_or(0);
  if (bytes == 0) return 0;
  if (kept_ + bytes <= kMostKept) {
    input_.emplace_back(reinterpret_cast<const char*>(into.data()), bytes);
    kept_ += bytes;
  } else {
    lost_ = true;
  }
  return bytes;
}

std::string refusal(const StartError& error) {
  const char* what = error.missing     ? "no such program: "
                     : error.sandbox   ? "sandbox: "
                     : error.injection ? ""
                                       : "cannot run ";
  return what + error.error.text();
}

std::optional<watch::Mode> watch_mode(std::string_view name) {
  for (const auto& [word, mode] : kWatchModes) {
    if (word == name) return mode;
  }
  return std::nullopt;
}

std::string_view watch_word(watch::Mode mode) {
  for (const auto& [word, one] : kWatchModes) {
    if (one == mode) return word;
  }
  return {};
}

tl::expected<std::unique_ptr<process::Process>, StartError> start(
    const process::Options& options, process::Output& output,
    const std::vector<trace::Listener*>& listeners) {
  auto made = process::Process::create(options, output, listeners);
  if (!made) {
    return tl::make_unexpected(
        StartError{made.error(), made.error().kind == load::LoadFailure::Missing});
  }
  if (options.sandbox != nullptr) {
    if (auto filled = options.sandbox->fill((*made)->files(), services::kStartTime); !filled) {
      return tl::make_unexpected(StartError{filled.error(), false, true});
    }
  }
  if (auto begun = (*made)->begin_intervention(); !begun) {
    return tl::make_unexpected(StartError{begun.error(), false, false, true});
  }
  return std::move(*made);
}

tl::expected<process::End, StartError> run(const process::Options& options, process::Output& output,
                                           const std::vector<trace::Listener*>& listeners,
                                           const std::function<void(const process::End&)>& ended,
                                           const Drive& drive) {
  auto process = start(options, output, listeners);
  if (!process) return tl::make_unexpected(process.error());
  auto end = drive ? drive(**process) : (*process)->run();
  if (ended) ended(end);
  if (options.sandbox != nullptr) options.sandbox->finish((*process)->files());
  return end;
}

void repeat(const process::Options& options, process::Output& output,
            const std::vector<trace::Listener*>& listeners, const Drive& drive) {
  process::Options again = options;
  std::optional<process::Sandbox> sandbox;
  if (options.sandbox != nullptr) again.sandbox = &sandbox.emplace(*options.sandbox);
  auto process = start(again, output, listeners);
  if (process) static_cast<void>(drive ? drive(**process) : (*process)->run());
}

}  // namespace sehlab::lab
