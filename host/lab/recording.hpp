// Recording: what a run was started with and what came into it from outside, so that it can be run
// again just so, elsewhere and later: `sehlab run --record FILE`, `sehlab replay FILE`. A file in
// CBOR (RFC 8949), read with bounds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "emu/result.hpp"

namespace sehlab::lab {

/// Where a run stood, to be compared when it is run again.
struct Checkpoint {
  std::uint64_t instructions = 0;  ///< retired
  std::uint64_t digest = 0;        ///< of registers and memory
  bool operator==(const Checkpoint&) const = default;
};

struct Recording {
  static constexpr std::uint32_t kVersion = 1;

  std::string program;               ///< a path
  std::uint64_t program_digest = 0;  ///< of the file's bytes
  std::vector<std::string> arguments, dll_folders;
  std::string profile, watch;
  bool sehop = false;
  std::uint64_t seed = 0, budget = 0;
  std::vector<std::string> injections;  ///< as --inject has them
  std::vector<std::string> input;       ///< what each read of standard input gave
  struct File {
    std::string path;  ///< below C:\lab, with slashes, UTF-8
    bool folder = false;
    std::vector<std::uint8_t> bytes;
    bool operator==(const File&) const = default;
  };
  std::vector<File> files;  ///< of the sandbox, folders before what is in them
  std::vector<Checkpoint> checkpoints;
  std::string end;                 ///< "exited", "unhandled-exception", …
  std::uint64_t instructions = 0;  ///< of the whole run
  bool operator==(const Recording&) const = default;
};

/// A recording as a file holds it.
[[nodiscard]] std::vector<std::uint8_t> recording_bytes(const Recording& recording);
[[nodiscard]] Result<> write_recording(const Recording& recording,
                                       const std::filesystem::path& file);
/// The Error names the file, and what of it is wrong.
[[nodiscard]] Result<Recording> read_recording(const std::filesystem::path& file);
/// The same of its bytes.
[[nodiscard]] Result<Recording> parse_recording(std::span<const std::uint8_t> bytes,
                                                const std::string& name);

/// FNV-1a, 64 bits; 0 for what is no regular file.
[[nodiscard]] std::uint64_t digest_of(const std::filesystem::path& file);

}  // namespace sehlab::lab
