// Sequences as people read them.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>

#include "emu/result.hpp"
#include "host/lab/fuzz/input_files.hpp"

namespace sehlab::lab {

/// Its operations on one line: "cgocall; callback; panic 0".
[[nodiscard]] std::string sequence_in_short(std::span<const std::byte> input);

/// A sequence's bytes, or its text form where the file is a .txt, or "-" (standard input). An Error
/// names the file and the line.
[[nodiscard]] Result<InputBytes> read_sequence(const std::filesystem::path& file);

}  // namespace sehlab::lab
