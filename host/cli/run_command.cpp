// sehlab run PROGRAM.exe [ARG...]: run a 32-bit console program.
#include <fmt/core.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "host/cli/command.hpp"
#include "host/lab/result_file.hpp"
#include "host/lab/run.hpp"
#include "host/report/crash_report.hpp"
#include "host/trace/jsonl_writer.hpp"
#include "host/trace/text_writer.hpp"
#include "host/trace/trace.hpp"

namespace sehlab::cli {
namespace {

struct RunOptions {
  std::string trace;  ///< "", "text" or "jsonl"
  std::string output;
  std::string result;
  std::string watch = "off";
  std::string profile;
  std::uint64_t budget = 0;
  std::uint64_t seed = 0;
  std::vector<std::string> dll_folders;
  CLI::App* subcommand = nullptr;
};

}  // namespace
}  // namespace sehlab::cli
