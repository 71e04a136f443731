// Injections: what a run's specifications ask for, from the command line or a scenario, with the
// one who carries it out (host/inject).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "emu/result.hpp"
#include "host/inject/injector.hpp"
#include "host/process/options.hpp"
#include "host/scenario/scenario.hpp"

namespace sehlab::lab {

class Injections {
 public:
  Injections() = default;
  /// Arguments of `--inject`. An Error names the argument and the part of it that is wrong.
  [[nodiscard]] static Result<Injections> parse(const std::vector<std::string>& specs,
                                                std::uint64_t seed);
  /// The tables [[inject]] of a scenario; an Error has file and line.
  [[nodiscard]] static Result<Injections> of(const scenario::Scenario& scenario);

  /// For process::Options: null when there are none. Lives as long as this.
  [[nodiscard]] process::Intervention* intervention() { return injector_.get(); }
  /// What became of each in a run that ended so.
  [[nodiscard]] std::vector<inject::Outcome> outcomes(const process::End& end) const;

 private:
  std::unique_ptr<inject::Injector> injector_;
};

/// "inject: at=… never fired: its place was not come to", a line for each that did not.
[[nodiscard]] std::vector<std::string> never_fired(const std::vector<inject::Outcome>& outcomes);

}  // namespace sehlab::lab
