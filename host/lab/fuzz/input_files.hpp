// Inputs of fuzz targets as files: read with a bound, folders of them in the order of their names.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "emu/result.hpp"

namespace sehlab::lab {

using InputBytes = std::vector<std::byte>;

/// At most a megabyte; what engines make is far below. An Error names the file.
[[nodiscard]] Result<InputBytes> read_input(const std::filesystem::path& file);

/// The file itself, or each file in the folder. Names that engines give to what is no input
/// (README.txt, and those that begin with a dot) are left out of a folder. An Error when there is
/// no such thing.
[[nodiscard]] Result<std::vector<std::filesystem::path>> input_files(
    const std::filesystem::path& path);

/// Writes a file whole. An Error names it.
[[nodiscard]] Result<> write_file(const std::filesystem::path& file, std::string_view text);
[[nodiscard]] Result<> write_file(const std::filesystem::path& file,
                                  std::span<const std::byte> bytes);
/// Makes a folder and those above it. An Error names it.
[[nodiscard]] Result<> make_folder(const std::filesystem::path& folder);

/// Two lower-case digits a byte.
[[nodiscard]] std::string hex_digits(std::span<const std::byte> bytes);

}  // namespace sehlab::lab
