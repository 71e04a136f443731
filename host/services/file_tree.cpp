#include "host/services/file_tree.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "host/services/name_case.hpp"
#include "host/services/nt_values.hpp"
#include "host/win32/status.hpp"

namespace sehlab::services {
namespace {

constexpr std::u16string_view kPrefix = u"\\??\\C:\\";
constexpr std::size_t kLongestName = 255;

/// Names that stand for a device in every folder (Microsoft: "Naming Files, Paths").
bool is_device(std::u16string_view name) {
  const std::u16string stem = FileTree::folded(name.substr(0, name.find(u'.')));
  static constexpr std::array<std::u16string_view, 4> kDevices{u"CON", u"PRN", u"AUX", u"NUL"};
  if (std::ranges::find(kDevices, stem) != kDevices.end()) return true;
  return stem.size() == 4 && (stem.starts_with(u"COM") || stem.starts_with(u"LPT")) &&
         stem[3] >= u'1' && stem[3] <= u'9';
}

bool is_name(std::u16string_view name) {
  if (name.empty() || name.size() > kLongestName || name == u"." || name == u"..") return false;
  if (name.back() == u'.' || name.back() == u' ' || is_device(name)) return false;
  return std::ranges::all_of(name, [](char16_t c) {
    return c >= 0x20 && std::u16string_view(u"<>:\"/\\|?*").find(c) == std::u16string_view::npos;
  });
}

}  // namespace

OpenFile::~OpenFile() {
  if (!node || !delete_on_close || node->removed) return;
  if (const auto parent = node->parent.lock(); parent && node->children.empty()) {
    parent->children.erase(FileTree::folded(node->name));
    node->removed = true;
  }
}

FileTree::FileTree() : root_(std::make_shared<FileNode>()) {
  root_->name = u"lab";
  root_->number = ++numbers_;
  root_->directory = true;
}

std::u16string FileTree::folded(std::u16string_view name) {
  std::u16string result(name);
  std::ranges::transform(result, result.begin(), upper_case);
  return result;
}

FileTree::Found FileTree::find(std::u16string_view path) const {
  if (!path.starts_with(kPrefix)) return {STATUS_OBJECT_PATH_NOT_FOUND, {}};
  path.remove_prefix(kPrefix.size());
  // A name that no file can have is told before a folder that is not there.
  for (std::size_t at = 0; at <= path.size();) {
    const std::size_t end = std::min(path.find(u'\\', at), path.size());
    if (!is_name(path.substr(at, end - at))) return {STATUS_OBJECT_NAME_INVALID, {}};
    at = end + 1;
  }
  Place place{nullptr, {}, nullptr};
  bool first = true;
  while (true) {
    const std::size_t end = std::min(path.find(u'\\'), path.size());
    const std::u16string_view name = path.substr(0, end);
    path.remove_prefix(std::min(end + 1, path.size()));
    if (first) {
      // Nothing of drive C: is there but the one folder.
      if (folded(name) != u"LAB") {
        return {path.empty() ? STATUS_OBJECT_NAME_NOT_FOUND : STATUS_OBJECT_PATH_NOT_FOUND, {}};
      }
      place.node = root_;
      first = false;
    } else {
      if (!place.node || !place.node->directory) return {STATUS_OBJECT_PATH_NOT_FOUND, {}};
      place.folder = place.node;
      place.name = name;
      const auto child = place.folder->children.find(folded(name));
      place.node = child == place.folder->children.end() ? nullptr : child->second;
    }
    if (path.empty()) return {win32::STATUS_SUCCESS, std::move(place)};
  }
}

std::u16string FileTree::path_of(const FileNode& node) const {
  if (&node == root_.get()) return u"\\lab";
  const auto parent = node.parent.lock();
  return (parent ? path_of(*parent) : std::u16string()) + u'\\' + node.name;
}

std::shared_ptr<FileNode> FileTree::make(const Place& place, bool directory, std::uint64_t now) {
  if (files_ >= kMostFiles) return nullptr;
  ++files_;
  auto node = std::make_shared<FileNode>();
  node->number = ++numbers_;
  node->name = place.name;
  node->directory = directory;
  node->parent = place.folder;
  node->created = node->written = node->accessed = now;
  place.folder->children[folded(place.name)] = node;
  return node;
}

void FileTree::remove(FileNode& node) {
  if (node.removed) return;
  node.removed = true;
  if (const auto parent = node.parent.lock()) parent->children.erase(folded(node.name));
}

bool FileTree::move(const std::shared_ptr<FileNode>& node, const Place& to) {
  for (auto up = to.folder; up; up = up->parent.lock()) {
    if (up == node) return false;
  }
  if (to.node && to.node != node) remove(*to.node);
  remove(*node);
  node->removed = false;
  node->name = to.name;
  node->parent = to.folder;
  to.folder->children[folded(to.name)] = node;
  return true;
}

bool FileTree::resize(FileNode& node, std::uint64_t bytes) {
  const std::uint64_t others = bytes_ - std::min<std::uint64_t>(bytes_, node.data.size());
  if (bytes > kMostBytes || others + bytes > kMostBytes) return false;
  bytes_ = others + bytes;
  node.data.edit().resize(bytes);
  return true;
}

bool FileTree::shared(FileNode& node, std::uint32_t access, std::uint32_t share) {
  std::erase_if(node.opened, [](const auto& file) { return file.expired(); });
  return std::ranges::all_of(node.opened, [&](const auto& weak) {
    const auto file = weak.lock();
    return (access & ~file->share) == 0 && (file->access & ~share) == 0;
  });
}

bool FileTree::matches(std::u16string_view name, std::u16string_view pattern) {
  // "*.*" has always meant every name, with a full stop or without.
  if (pattern == u"*.*" || pattern == u"*") return true;
  std::size_t n = 0, p = 0, star = std::u16string_view::npos, from = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == u'*') {
      star = p++;
      from = n;
    } else if (p < pattern.size() &&
               (pattern[p] == u'?' || upper_case(pattern[p]) == upper_case(name[n]))) {
      ++p;
      ++n;
    } else if (star != std::u16string_view::npos) {
      p = star + 1;
      n = ++from;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && (pattern[p] == u'*' || pattern[p] == u'?')) ++p;
  return p == pattern.size();
}

}  // namespace sehlab::services
