// sehlab manual: the manual page, for the build, which installs it.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "host/cli/command.hpp"
#include "host/cli/manual.hpp"

namespace sehlab::cli {

Command add_manual(CLI::App& app) {
  app.add_subcommand("manual", "Print sehlab(1)")->group("");  // not listed
  return [&app] {
    std::fputs(manual_page(app, SEHLAB_VERSION).c_str(), stdout);
    return kOk;
  };
}

}  // namespace sehlab::cli
