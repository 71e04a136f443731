// sehlab manual: the manual pages, for the build, which installs them.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <utility>

#include "emu/os/read_file.hpp"
#include "host/cli/command.hpp"
#include "host/cli/console.hpp"
#include "host/cli/manual.hpp"
#include "host/cli/manual_document.hpp"

namespace sehlab::cli {
namespace {

constexpr std::size_t kLongestDocument = std::size_t{1} << 24;  // bytes

struct ManualArguments {
  std::string page, about;
  std::vector<std::string> documents;
};

int print(const std::string& page) {
  const bool written = std::fputs(page.c_str(), stdout) >= 0 && std::fflush(stdout) == 0;
  return written ? kOk : complain("standard output cannot be written", kLabFailed);
}

int print_document(const ManualArguments& arguments) {
  std::vector<PageSource> sources;
  for (const std::string& file : arguments.documents) {
    const auto read = os::read_file(file, kLongestDocument);
    if (!read) return complain(file + ": cannot be read", kUsage);
    std::string text(reinterpret_cast<const char*>(read->data.get()), read->size);
    sources.push_back({std::filesystem::path(file).filename().string(), std::move(text)});
  }
  const auto page = manual_of_documents({arguments.page, arguments.about, SEHLAB_VERSION}, sources);
  return page ? print(*page) : complain(page.error().text(), kUsage);
}

}  // namespace

Command add_manual(CLI::App& app) {
  auto arguments = std::make_shared<ManualArguments>();
  CLI::App* manual = app.add_subcommand("manual", "Print sehlab(1)")->group("");  // not listed
  auto* documents = manual->add_option("DOCUMENT", arguments->documents,
                                       "Print a page of section 5 out of these files");
  for (auto* option : {manual->add_option("--page", arguments->page, "Its name"),
                       manual->add_option("--about", arguments->about, "What it is about")}) {
    option->needs(documents);
    documents->needs(option);
  }
  return [arguments, &app] {
    return arguments->documents.empty() ? print(manual_page(app, SEHLAB_VERSION))
                                        : print_document(*arguments);
  };
}

}  // namespace sehlab::cli
