// ObjectCopies: copies of a process's kernel objects that refer to one another as the originals do,
// and to nothing of theirs: what happens to the ones is not seen in the others.
#pragma once

#include <memory>
#include <unordered_map>

#include "host/process/objects.hpp"
#include "host/services/file_tree.hpp"
#include "host/services/section.hpp"

namespace sehlab::process {

/// Each original has one copy. Keep it until all of them are where they belong: a file that was
/// opened to be deleted goes with its last holder. Memory of sections stays the same object, whose
/// bytes are a machine's to put back.
class ObjectCopies {
 public:
  /// Null for null, in all of these.
  [[nodiscard]] std::shared_ptr<Object> of(const std::shared_ptr<Object>& object);
  [[nodiscard]] std::shared_ptr<services::FileNode> of(
      const std::shared_ptr<services::FileNode>& node);
  [[nodiscard]] std::shared_ptr<services::OpenFile> of(
      const std::shared_ptr<services::OpenFile>& file);
  [[nodiscard]] std::shared_ptr<services::PipeEnd> of(
      const std::shared_ptr<services::PipeEnd>& end);
  [[nodiscard]] std::shared_ptr<services::Section> of(
      const std::shared_ptr<services::Section>& section);

 private:
  template <typename T>
  using Known = std::unordered_map<const T*, std::shared_ptr<T>>;
  [[nodiscard]] std::shared_ptr<services::Pipe> of(const std::shared_ptr<services::Pipe>& pipe);

  Known<Object> objects_;
  Known<services::FileNode> nodes_;
  Known<services::OpenFile> files_;
  Known<services::Pipe> pipes_;
  Known<services::PipeEnd> pipe_ends_;
  Known<services::Section> sections_;
};

}  // namespace sehlab::process
