#include "host/lab/fuzz/finding_scenario.hpp"

#include <fmt/format.h>

#include "host/lab/scenario_text.hpp"
#include "host/trace/plain.hpp"

namespace sehlab::lab {

std::string finding_scenario(const process::Options& run, const std::string& finding,
                             const std::string& expectations) {
  std::string text = "# sehlab fuzz found: " + trace::harmless(finding) + "\n";
  text += "title   = " + toml_string("no longer " + trace::harmless(finding)) + "\n";
  text += "guest   = " + toml_string(guest_name(run.program)) + "\n";
  if (!run.arguments.empty()) text += "run     = " + toml_array(run.arguments) + "\n";
  if (!run.dll_folders.empty()) {
    std::vector<std::string> folders;
    for (const auto& folder : run.dll_folders) folders.push_back(folder.string());
    text += "dll_path = " + toml_array(folders) + "\n";
  }
  if (run.profile != nullptr) text += "profile = " + toml_string(run.profile->name) + "\n";
  if (run.budget != 0) text += fmt::format("budget  = {}\n", run.budget);
  return text + "\n[expect]\n" + expectations;
}

}  // namespace sehlab::lab
