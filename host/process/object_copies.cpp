#include "host/process/object_copies.hpp"

#include <utility>
#include <variant>

namespace sehlab::process {
namespace {

/// The copy of `original`, made by `make` the first time and then completed by `fill`: by then it
/// is known, to whatever refers back to it.
template <typename Known, typename T, typename Make, typename Fill>
std::shared_ptr<T> copy_of(Known& known, const std::shared_ptr<T>& original, Make make, Fill fill) {
  if (!original) return nullptr;
  if (const auto it = known.find(original.get()); it != known.end()) return it->second;
  const std::shared_ptr<T> copy = make(*original);
  known.emplace(original.get(), copy);
  fill(*original, *copy);
  return copy;
}

constexpr auto kNothing = [](const auto&, auto&) {};

}  // namespace

std::shared_ptr<Object> ObjectCopies::of(const std::shared_ptr<Object>& object) {
  const auto fill = [this](const Object&, Object& copy) {
    if (auto* file = std::get_if<FileObject>(&copy)) {
      file->file = of(file->file);
    } else if (auto* pipe = std::get_if<PipeObject>(&copy)) {
      pipe->end = of(pipe->end);
    } else if (auto* section = std::get_if<SectionObject>(&copy)) {
      section->section = of(section->section);
    }
  };
  return copy_of(
      objects_, object, [](const Object& o) { return std::make_shared<Object>(o); }, fill);
}

std::shared_ptr<services::FileNode> ObjectCopies::of(
    const std::shared_ptr<services::FileNode>& node) {
  const auto make = [](const services::FileNode& original) {
    auto copy = std::make_shared<services::FileNode>(original);
    copy->children.clear();
    copy->parent.reset();
    copy->opened.clear();
    return copy;
  };
  const auto fill = [this](const services::FileNode& original, services::FileNode& copy) {
    for (const auto& [name, child] : original.children) copy.children.emplace(name, of(child));
    copy.parent = of(original.parent.lock());
    for (const auto& opened : original.opened) {
      if (auto file = of(opened.lock())) copy.opened.push_back(file);
    }
  };
  return copy_of(nodes_, node, make, fill);
}

std::shared_ptr<services::OpenFile> ObjectCopies::of(
    const std::shared_ptr<services::OpenFile>& file) {
  const auto make = [](const services::OpenFile& original) {
    auto copy = std::make_shared<services::OpenFile>();
    static_cast<services::OpenFileValues&>(*copy) = original;
    return copy;
  };
  const auto fill = [this](const services::OpenFile& original, services::OpenFile& copy) {
    copy.node = of(original.node);
    if (!original.listing) return;
    copy.listing.emplace();
    for (const auto& node : *original.listing) copy.listing->push_back(of(node));
  };
  return copy_of(files_, file, make, fill);
}

std::shared_ptr<services::Pipe> ObjectCopies::of(const std::shared_ptr<services::Pipe>& pipe) {
  return copy_of(
      pipes_, pipe, [](const services::Pipe& p) { return std::make_shared<services::Pipe>(p); },
      kNothing);
}

std::shared_ptr<services::PipeEnd> ObjectCopies::of(const std::shared_ptr<services::PipeEnd>& end) {
  return copy_of(
      pipe_ends_, end,
      [this](const services::PipeEnd& e) {
        return std::make_shared<services::PipeEnd>(of(e.pipe), e.reads);
      },
      kNothing);
}

std::shared_ptr<services::Section> ObjectCopies::of(
    const std::shared_ptr<services::Section>& section) {
  const auto fill = [this](const services::Section&, services::Section& copy) {
    copy.file = of(copy.file);
  };
  return copy_of(
      sections_, section,
      [](const services::Section& s) { return std::make_shared<services::Section>(s); }, fill);
}

}  // namespace sehlab::process
