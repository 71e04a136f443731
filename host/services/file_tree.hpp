// FileTree: the guest's one folder, C:\lab, with all that is in it, in memory. What a guest does to
// its files is done here and nowhere else: no path of the host is ever made of a guest's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "host/services/kernel.hpp"
#include "host/services/shared_bytes.hpp"

namespace sehlab::services {

struct FileNode {
  std::u16string name;       ///< as it was spelt when it was made
  std::uint64_t number = 0;  ///< its own, never used again
  bool directory = false;
  bool read_only = false;
  bool removed = false;  ///< it has no name any more, only handles
  SharedBytes data;
  std::map<std::u16string, std::shared_ptr<FileNode>> children;  ///< by name in capital letters
  std::weak_ptr<FileNode> parent;
  std::uint64_t created = 0, written = 0, accessed = 0;  ///< system times, 100 ns
  std::vector<std::weak_ptr<struct OpenFile>> opened;
};

/// How one handle (or its duplicates) has a file open.
struct OpenFileValues {
  std::uint32_t access = 0;  ///< kFileRead, kFileWrite, kFileDelete
  std::uint32_t share = 0;   ///< the same
  std::uint64_t position = 0;
  bool append_only = false;
  bool delete_on_close = false;
  std::size_t listed = 0;  ///< of the listing
};

/// A file as that handle has it open.
struct OpenFile : OpenFileValues {
  std::shared_ptr<FileNode> node;
  std::optional<std::vector<std::shared_ptr<FileNode>>> listing;  ///< NtQueryDirectoryFile's

  OpenFile() = default;
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile();
};

inline constexpr std::uint32_t kFileRead = 1, kFileWrite = 2, kFileDelete = 4;

class FileTree {
 public:
  /// What one guest may keep in its files.
  static constexpr std::uint64_t kMostBytes = 256u << 20;
  static constexpr std::size_t kMostFiles = 100'000;

  FileTree();

  [[nodiscard]] const std::shared_ptr<FileNode>& root() const { return root_; }

  /// A place in the tree: the folder, and what has the name in it, if anything.
  struct Place {
    std::shared_ptr<FileNode> folder;  ///< null for the root itself
    std::u16string name;
    std::shared_ptr<FileNode> node;
  };
  /// `path`: "\??\C:\lab\…", as kernel32 has made it of the program's. A status when there is no
  /// such folder, or when no file can have the name.
  struct Found {
    NtStatus status = 0;
    Place place;
  };
  [[nodiscard]] Found find(std::u16string_view path) const;
  /// "\lab\…": where the node is in its volume.
  [[nodiscard]] std::u16string path_of(const FileNode& node) const;

  /// Null when the tree is full.
  [[nodiscard]] std::shared_ptr<FileNode> make(const Place& place, bool directory,
                                               std::uint64_t now);
  /// Takes the name away; handles keep what they have.
  void remove(FileNode& node);
  /// Under another name; what had that is gone. A folder does not go into itself: false.
  [[nodiscard]] bool move(const std::shared_ptr<FileNode>& node, const Place& to);
  /// Of the bytes that are new, zeros. False: there is no room.
  [[nodiscard]] bool resize(FileNode& node, std::uint64_t bytes);

  /// The same tree with another root: a copy of this one's, made by who copies all that refers to
  /// its nodes.
  [[nodiscard]] FileTree with_root(std::shared_ptr<FileNode> root) const {
    FileTree copy = *this;
    copy.root_ = std::move(root);
    return copy;
  }

  /// May it be opened so, beside those who have it open?
  [[nodiscard]] static bool shared(FileNode& node, std::uint32_t access, std::uint32_t share);
  /// The name in capital letters (upper_case).
  [[nodiscard]] static std::u16string folded(std::u16string_view name);
  /// "*" and "?" as Windows' directory listings have them.
  [[nodiscard]] static bool matches(std::u16string_view name, std::u16string_view pattern);

 private:
  std::shared_ptr<FileNode> root_;
  std::uint64_t bytes_ = 0;
  std::size_t files_ = 0;
  std::uint64_t numbers_ = 0;
};

}  // namespace sehlab::services
