#include "host/process/sandbox.hpp"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>
#include <vector>

namespace sehlab::process {
namespace {

namespace fs = std::filesystem;

bool read_whole(const fs::path& file, std::vector<std::byte>& bytes) {
  std::ifstream in(file, std::ios::binary);
  std::vector<char> text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  bytes.resize(text.size());
  if (!text.empty()) std::memcpy(bytes.data(), text.data(), text.size());
  return in.good() || in.eof();
}

std::u16string guest_path(const fs::path& relative) {
  std::u16string path = u"\\??\\C:\\lab\\" + relative.generic_u16string();
  std::replace(path.begin(), path.end(), u'/', u'\\');
  return path;
}

/// Brings one folder of the host up to date with the guest's.
class Writer {
 public:
  explicit Writer(const fs::path& top) : top_(top) {}

  Result<> write(const services::FileNode& folder, const fs::path& below) {
    for (const auto& [folded, node] : folder.children) {
      const fs::path relative = below / fs::path(node->name);
      if (auto done = node->directory ? write_folder(*node, relative) : write_file(*node, relative);
          !done)
        return done;
      kept.insert(relative);
    }
    return {};
  }

  std::set<fs::path> kept;

 private:
  Result<> write_folder(const services::FileNode& node, const fs::path& relative) {
    std::error_code error;
    const fs::file_type is = fs::symlink_status(top_ / relative, error).type();
    if (is == fs::file_type::not_found) {
      fs::create_directory(top_ / relative, error);
      if (error) return fail((top_ / relative).string(), error.message());
    } else if (is != fs::file_type::directory) {
      return fail((top_ / relative).string(), "not written: it is no folder, or a link");
    }
    return write(node, relative);
  }

  Result<> write_file(const services::FileNode& node, const fs::path& relative) {
    const fs::path file = top_ / relative;
    std::error_code error;
    const fs::file_type is = fs::symlink_status(file, error).type();
    if (is != fs::file_type::not_found && is != fs::file_type::regular)
      return fail(file.string(), "not written: it is no file, or a link");
    std::vector<std::byte> before;
    const auto data = node.data.view();
    if (is == fs::file_type::regular && read_whole(file, before) &&
        std::ranges::equal(before, data)) {
      return {};
    }
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out.write(reinterpret_cast<const char*>(data.data()),
              static_cast<std::streamsize>(data.size()));
    if (!out.flush()) return fail(file.string(), "cannot be written");
    return {};
  }

  const fs::path& top_;
};

}  // namespace

Result<> Sandbox::fill(services::FileTree& tree, std::uint64_t now) {
  std::error_code error;
  if (!fs::is_directory(folder_, error)) return fail(folder_.string(), "no folder");
  return fill_folder(tree, {}, now);
}

Result<> Sandbox::fill_folder(services::FileTree& tree, const fs::path& below, std::uint64_t now) {
  std::vector<fs::directory_entry> entries;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder_ / below, error)) entries.push_back(entry);
  if (error) return fail((folder_ / below).string(), error.message());
  std::sort(entries.begin(), entries.end());
  for (const fs::directory_entry& entry : entries) {
    const fs::file_type is = entry.symlink_status(error).type();
    const bool directory = is == fs::file_type::directory;
    if (!directory && is != fs::file_type::regular) continue;
    const fs::path relative = below / entry.path().filename();
    const auto refuse = [&](const char* why) { return fail(entry.path().string(), why); };
    const auto found = tree.find(guest_path(relative));
    if (found.status != 0 || found.place.folder == nullptr)
      return refuse("Windows has no such name for a file");
    if (found.place.node != nullptr) return refuse("there is the same name in another case");
    const auto node = tree.make(found.place, directory, now);
    if (node == nullptr) return refuse("too many files for a sandbox");
    filled_.insert(relative);
    if (directory) {
      if (auto done = fill_folder(tree, relative, now); !done) return done;
      continue;
    }
    std::vector<std::byte> bytes;
    const auto size = fs::file_size(entry.path(), error);
    if (error || size > services::FileTree::kMostBytes || !tree.resize(*node, size))
      return refuse("too large for a sandbox");
    if (!read_whole(entry.path(), bytes)) return refuse("cannot be read");
    bytes.resize(node->data.size());
    node->data = std::move(bytes);
  }
  return {};
}

Result<> Sandbox::store(const services::FileTree& tree) const {
  Writer writer(folder_);
  if (auto done = writer.write(*tree.root(), {}); !done) return done;
  std::error_code error;
  for (auto it = filled_.rbegin(); it != filled_.rend(); ++it) {  // what is in a folder, first
    if (!writer.kept.contains(*it)) fs::remove(folder_ / *it, error);
  }
  return {};
}

}  // namespace sehlab::process
