// Recordings. What is read is written again as the same recording; what is refused is named.
#include "host/lab/recording.hpp"

#include "tests/fuzz/property.hpp"

namespace sehlab::fuzzing {
namespace {

void errors_name_the_file(const Error& error) {
  holds(error.where == "fuzz.recording" && !error.what.empty(), "an error names the file",
        error.text());
}

void a_recording_is_read_as_it_was_written(const lab::Recording& recording) {
  const auto bytes = lab::recording_bytes(recording);
  const auto again = lab::parse_recording(bytes, "written");
  holds(again.has_value(), "what was written can be read", again ? "" : again.error().text());
  holds(*again == recording, "a recording is read as it was written");
}

void checkpoints_ascend(const lab::Recording& recording) {
  for (std::size_t i = 1; i < recording.checkpoints.size(); ++i) {
    holds(recording.checkpoints[i - 1].instructions < recording.checkpoints[i].instructions,
          "checkpoints ascend");
  }
}

}  // namespace
}  // namespace sehlab::fuzzing

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sehlab;
  const auto recording = lab::parse_recording({data, size}, "fuzz.recording");
  if (!recording) {
    fuzzing::errors_name_the_file(recording.error());
    return 0;
  }
  fuzzing::a_recording_is_read_as_it_was_written(*recording);
  fuzzing::checkpoints_ascend(*recording);
  return 0;
}
