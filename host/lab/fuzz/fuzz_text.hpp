// What `sehlab fuzz` says of campaigns and findings, as text and as JSON.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "host/lab/fuzz/campaign.hpp"
#include "host/lab/fuzz/findings.hpp"

namespace sehlab::lab {

/// "sequences with libFuzzer, 2 jobs, 60 s".
[[nodiscard]] std::string campaign_title(const FuzzRun& run);
/// The line of numbers that is shown while it runs.
[[nodiscard]] std::string progress_text(const FuzzRun& run, const EngineStatus& status,
                                        double seconds);
/// What came of it: a paragraph a bug, and a last line.
[[nodiscard]] std::string campaign_text(FuzzedGuest& guest, const FuzzRun& run,
                                        const CampaignAnswer& answer, std::span<const Bug> bugs);
/// The same as one JSON object (docs/fuzzing.md).
[[nodiscard]] std::string campaign_json(FuzzedGuest& guest, const FuzzRun& run,
                                        const CampaignAnswer& answer, std::span<const Bug> bugs);

/// An input that was run again.
struct Replayed {
  std::string file;
  std::string rule, signature, report;  ///< empty: it is as it should be
};
[[nodiscard]] std::string replay_text(const Replayed& one);
[[nodiscard]] std::string replay_json(std::span<const Replayed> all);

}  // namespace sehlab::lab
