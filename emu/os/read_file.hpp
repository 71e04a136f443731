// The whole of a file, or what is wrong with it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "emu/result.hpp"

namespace sehlab::os {

enum class FileTrouble : std::uint8_t { Missing, Folder, Special, TooLarge, Unreadable };

struct FileError {
  FileTrouble trouble = FileTrouble::Unreadable;
  std::string reason;  ///< the system's, of Unreadable
};

struct FileContents {
  std::shared_ptr<std::byte[]> data;
  std::size_t size = 0;
};

/// The whole of a regular file of at most `most` bytes. Opening it never waits for anybody.
[[nodiscard]] tl::expected<FileContents, FileError> read_file(const std::filesystem::path& path,
                                                              std::size_t most);

}  // namespace sehlab::os
