// A crash told to people: the trace's part of the story and the processor's put together.
#pragma once

#include <string>

#include "host/lab/run.hpp"
#include "host/process/options.hpp"
#include "host/report/crash_report.hpp"
#include "host/report/crash_story.hpp"
#include "host/report/style.hpp"

namespace sehlab::lab {

/// Registers and instructions at the fault, as the report wants them.
[[nodiscard]] report::CrashScene crash_scene(const process::Crash& crash);

/// The report of a run that died, made from what `story` heard of it; empty when it did not die.
[[nodiscard]] std::string crash_text(const process::End& end, const report::CrashStory& story,
                                     report::Style style);

/// What `sehlab run` says at the end of a run on standard error: a crash report, or why the run
/// was ended; nothing when the program ended by itself.
[[nodiscard]] std::string last_words(const process::End& end, const report::CrashStory& story,
                                     report::Style style);

/// Runs the program once more with `story` listening, its output dropped, and the same reads of
/// standard input. Runs are deterministic, so this tells of the same crash; it is how a run that
/// nobody watched, and that therefore cost nothing extra, gets its report.
void retell(process::Options options, const std::vector<std::string>& input,
            report::CrashStory& story);

}  // namespace sehlab::lab
