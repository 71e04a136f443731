// sehlab replay RECORDING --to PLACE: a recorded run, gone through forwards and backwards.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "host/cli/command.hpp"
#include "host/cli/console.hpp"
#include "host/lab/recording.hpp"
#include "host/lab/replay.hpp"
#include "host/lab/standing.hpp"

namespace sehlab::cli {
namespace {

struct ReplayArguments {
  std::string recording;
  std::vector<std::string> places;
  bool json = false;
};

int run_replay(const ReplayArguments& arguments) {
  const auto recording = lab::read_recording(arguments.recording);
  if (!recording) return complain(recording.error().text(), kUsage);
  auto replay = lab::Replay::open(*recording);
  if (!replay) return complain("replay: " + replay.error().text(), kUsage);
  std::vector<std::string> places = arguments.places;
  if (places.empty()) places.emplace_back("end");
  bool first = true;
  for (const std::string& place : places) {
    if (auto went = (*replay)->go_to(place); !went) {
      std::cout.flush();
      return complain("replay: " + went.error().text(), kUsage);
    }
    if (!first && !arguments.json) std::cout << '\n';
    first = false;
    const lab::Standing now = lab::standing(**replay);
    std::cout << (arguments.json ? lab::standing_json(now)
                                 : lab::standing_text(now, style_of(stdout)));
  }
  if (!std::cout.flush()) return complain("standard output cannot be written", kLabFailed);
  return kOk;
}

}  // namespace

Command add_replay(CLI::App& app) {
  auto arguments = std::make_shared<ReplayArguments>();
  CLI::App* replay = app.add_subcommand(
      "replay", "Go to any instruction of a recorded run, forwards or backwards");
  replay->add_option("RECORDING", arguments->recording, "What sehlab run --record wrote")
      ->required();
  replay
      ->add_option("--to", arguments->places,
                   "An instruction's number, event:N, a kind of event (fault, defect#2, …), start "
                   "or end; several are gone to one after the other")
      ->type_name("PLACE");
  replay->add_flag("--json", arguments->json, "Where it stands, as one line of JSON a place");
  replay->footer(
      "Exit code: 0 there, 2 no such place, or the run is not the recorded one,\n"
      "125 the lab failed.");
  return [arguments] { return run_replay(*arguments); };
}

}  // namespace sehlab::cli
