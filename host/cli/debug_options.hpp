// What `sehlab gdb` and `sehlab debug` share: how the program is started.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "host/lab/debug/timeline.hpp"
#include "host/lab/injections.hpp"
#include "host/lab/run.hpp"

namespace CLI {
class App;
}

namespace sehlab::cli {

struct DebugArguments {
  std::string watch = "report";
  std::string profile;
  bool sehop = false;
  std::uint64_t seed = 0;
  std::vector<std::string> dll_folders, injections;
  std::string sandbox;
};

void add_debug_options(CLI::App& command, DebugArguments& arguments);

/// A program before its first instruction, and what it needs to live.
class DebuggedRun {
 public:
  /// `words`: PROGRAM and its arguments. Complains and returns an exit code, or 0.
  [[nodiscard]] int begin(const DebugArguments& arguments, const std::vector<std::string>& words,
                          std::string_view command, process::Output& streams);
  [[nodiscard]] lab::Timeline& timeline() { return *timeline_; }
  [[nodiscard]] watch::Mode watch() const { return options_.watch; }
  [[nodiscard]] std::string program() const { return options_.program.string(); }

 private:
  process::Options options_;
  process::Sandbox sandbox_{std::filesystem::path()};
  lab::Injections injections_;
  std::unique_ptr<lab::Timeline> timeline_;
};

}  // namespace sehlab::cli
