#include "host/cli/command_tree.hpp"

namespace sehlab::cli {
namespace {

TreeOption shown(const CLI::Option& option) {
  TreeOption out;
  out.description = option.get_description();
  out.takes_value = option.get_items_expected_max() > 0;
  if (out.takes_value) out.type = option.get_type_name();
  for (const std::string& name : option.get_snames()) out.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) out.names.push_back("--" + name);
  if (out.names.empty()) {
    out.positional = true;
    out.names.push_back(option.get_name());
  }
  return out;
}

void collect(const CLI::App& app, const std::vector<std::string>& words,
             std::vector<CommandPlace>& places) {
  CommandPlace place{words, app.get_description(), app.get_footer(), {}, {}};
  for (const CLI::Option* option : app.get_options()) place.options.push_back(shown(*option));
  // Commands of no group are for the build alone.
  const auto below =
      app.get_subcommands([](const CLI::App* command) { return !command->get_group().empty(); });
  for (const CLI::App* command : below) {
    place.commands.emplace_back(command->get_name(), command->get_description());
  }
  places.push_back(std::move(place));
  for (const CLI::App* command : below) {
    std::vector<std::string> longer = words;
    longer.push_back(command->get_name());
    collect(*command, longer, places);
  }
}

}  // namespace

std::vector<CommandPlace> command_tree(const CLI::App& app) {
  std::vector<CommandPlace> places;
  collect(app, {}, places);
  return places;
}

}  // namespace sehlab::cli
