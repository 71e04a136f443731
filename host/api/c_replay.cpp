// sehlab.h: moments, recordings, scenarios.
#include <algorithm>
#include <filesystem>

#include "host/api/c_handles.hpp"
#include "host/api/sehlab/replay.hpp"
#include "host/api/sehlab/scenarios.hpp"

using namespace sehlab;

struct sehlab_replay {
  std::optional<Replay> replay;
  std::string error;
};

struct sehlab_verdicts {
  std::string json, error;
};

void sehlab_moment_free(sehlab_moment* moment) {
  delete moment;
}
const char* sehlab_moment_report(const sehlab_moment* moment) {
  return moment->report.c_str();
}
const char* sehlab_moment_json(const sehlab_moment* moment) {
  return moment->json.c_str();
}
int sehlab_moment_read(const sehlab_moment* moment, std::uint32_t from, void* into,
                       std::size_t size) {
  std::string error;
  const auto read = [&] {
    const auto bytes = moment->moment.memory(GuestAddr{from}, size);
    std::ranges::copy(bytes, static_cast<std::byte*>(into));
  };
  return attempt(error, read) ? 0 : -1;
}

sehlab_replay* sehlab_replay_open(const char* recording) {
  auto* replay = new (std::nothrow) sehlab_replay;
  if (replay == nullptr) return nullptr;
  attempt(replay->error, [&] { replay->replay.emplace(text(recording)); });
  return replay;
}
void sehlab_replay_close(sehlab_replay* replay) {
  delete replay;
}
const char* sehlab_replay_error(const sehlab_replay* replay) {
  return error_or_null(replay->error);
}
sehlab_moment* sehlab_replay_go_to(sehlab_replay* replay, const char* place) {
  sehlab_moment* made = nullptr;
  attempt(replay->error, [&] {
    if (!replay->replay) throw LabError("the recording was not opened");
    made = new sehlab_moment(replay->replay->go_to(text(place)));
  });
  return made;
}

sehlab_verdicts* sehlab_run_scenarios(const char* const* paths, std::size_t count,
                                      std::uint32_t jobs, const char* junit) {
  auto* verdicts = new (std::nothrow) sehlab_verdicts;
  if (verdicts == nullptr) return nullptr;
  attempt(verdicts->error, [&] {
    ScenarioOptions options;
    options.jobs = std::clamp(jobs, 1u, 256u);
    options.junit = text(junit);
    const std::vector<std::filesystem::path> all(paths, paths + count);
    verdicts->json = run_scenarios_json(all, options);
  });
  return verdicts;
}
void sehlab_verdicts_free(sehlab_verdicts* verdicts) {
  delete verdicts;
}
const char* sehlab_verdicts_error(const sehlab_verdicts* verdicts) {
  return error_or_null(verdicts->error);
}
const char* sehlab_verdicts_json(const sehlab_verdicts* verdicts) {
  return verdicts->json.c_str();
}
