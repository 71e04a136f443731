// Copies of a process's objects refer to one another as the originals do, and to nothing of
// theirs. What objects do is Microsoft's documentation's (CreateFile, FILE_FLAG_DELETE_ON_CLOSE,
// DuplicateHandle, CreatePipe, SetWaitableTimer).
#include "host/process/object_copies.hpp"

#include <doctest/doctest.h>

#include <array>

#include "host/services/system_time.hpp"
#include "host/win32/status.hpp"

using namespace sehlab;
using namespace sehlab::process;

namespace {

/// True when a wait of thread 4 is satisfied; takes what it takes.
bool wait(Objects& objects, Handle handle) {
  NtStatus status = 0;
  const std::array handles{handle};
  return objects.try_wait(handles, false, 4, status).has_value();
}

/// A tree with the file "f" in it, opened.
struct OpenedFile {
  services::FileTree tree;
  std::shared_ptr<services::FileNode> node =
      tree.make(tree.find(u"\\??\\C:\\lab\\f").place, false, 1);
  std::shared_ptr<services::OpenFile> file = std::make_shared<services::OpenFile>();

  OpenedFile() {
    file->node = node;
    file->position = 7;
    node->opened.push_back(file);
  }
};

std::shared_ptr<services::FileNode> named_f(const std::shared_ptr<services::FileNode>& root) {
  const auto found = root->children.find(u"F");
  return found == root->children.end() ? nullptr : found->second;
}

}  // namespace

TEST_SUITE("process") {
  TEST_CASE("two handles of one object are two handles of one copy") {
    Objects objects;
    const Handle event = objects.add(Event{true, false});
    const Handle second = *objects.duplicate(event);
    const Handle other = objects.add(Event{true, false});
    ObjectCopies copies;
    Objects copy = objects.copy(copies);
    CHECK(copy.find(event) == copy.find(second));
    CHECK(copy.find(event) != copy.find(other));
    CHECK(copy.find(event) != objects.find(event));
    CHECK(copy.set_event(second, true) == 0);
    CHECK(wait(copy, event));
    CHECK_FALSE(wait(copy, other));
    CHECK_FALSE(wait(objects, event));  // of the original nothing is seen
  }

  TEST_CASE("names lead to the copies, slots of closed handles are used again, flags stay") {
    Objects objects;
    const Handle mutex = objects.add(Mutex{});
    objects.name(mutex, u"lock");
    const Handle closed = objects.add(Event{});
    CHECK(objects.close(closed) == 0);
    CHECK(objects.set_flags(mutex, services::kHandleInherited));
    ObjectCopies copies;
    Objects copy = objects.copy(copies);
    const auto opened = copy.open_named(u"lock");
    REQUIRE(opened);
    CHECK(*opened == closed);
    CHECK(copy.find(*opened) == copy.find(mutex));
    CHECK(copy.flags(mutex) == services::kHandleInherited);
    CHECK(wait(copy, mutex));  // thread 4 owns the copy
    CHECK(std::get<Mutex>(*objects.find(mutex)).owner == 0);
  }

  TEST_CASE("a timer that is set goes off in the copy as in the original, each for itself") {
    Objects objects;
    Timer timer;
    timer.manual_reset = true;
    const Handle handle = objects.add(timer);
    bool was = true;
    const std::uint64_t due = 1'000;
    REQUIRE(objects.set_timer(handle, due, 0, std::nullopt, was) == 0);
    ObjectCopies copies;
    Objects copy = objects.copy(copies);
    CHECK(copy.pass_time(due).empty());
    CHECK(wait(copy, handle));
    CHECK_FALSE(wait(objects, handle));
    CHECK(objects.pass_time(due).empty());
    CHECK(wait(objects, handle));
  }

  TEST_CASE("an open file's copy is of the copied tree, with its position") {
    OpenedFile rig;
    Objects objects;
    const Handle handle = objects.add(FileObject{rig.file});
    rig.node->data.edit().assign(3, std::byte{5});
    ObjectCopies copies;
    const auto root = copies.of(rig.tree.root());
    Objects copy = objects.copy(copies);
    const auto& file = copy.find_as<FileObject>(handle)->file;
    REQUIRE(named_f(root));
    CHECK(file->node == named_f(root));
    CHECK(file->node != rig.node);
    CHECK(file->position == 7);
    CHECK(file->node->parent.lock() == root);
    REQUIRE(file->node->opened.size() == 1);
    CHECK(file->node->opened[0].lock() == file);
    file->node->data.edit()[0] = std::byte{6};
    CHECK(rig.node->data.view()[0] == std::byte{5});
  }

  TEST_CASE("closing the copy of a file opened to be deleted deletes the copy's file alone") {
    OpenedFile rig;
    rig.file->delete_on_close = true;
    Objects objects;
    const Handle handle = objects.add(FileObject{rig.file});
    rig.file.reset();
    std::shared_ptr<services::FileNode> root;
    Objects copy;
    {
      ObjectCopies copies;
      root = copies.of(rig.tree.root());
      copy = objects.copy(copies);
    }
    CHECK(named_f(root) != nullptr);  // its holder is the handle's object
    CHECK(copy.close(handle) == 0);
    CHECK(named_f(root) == nullptr);
    CHECK(named_f(rig.tree.root()) == rig.node);
    CHECK(objects.close(handle) == 0);
    CHECK(named_f(rig.tree.root()) == nullptr);
  }

  TEST_CASE("both ends of a pipe are copied to ends of one pipe") {
    const auto pipe = std::make_shared<services::Pipe>();
    pipe->capacity = 16;
    pipe->data.push_back(std::byte{1});
    Objects objects;
    const Handle reads =
        objects.add(PipeObject{std::make_shared<services::PipeEnd>(pipe, /*reading=*/true)});
    const Handle writes =
        objects.add(PipeObject{std::make_shared<services::PipeEnd>(pipe, /*reading=*/false)});
    Objects copy;
    {
      ObjectCopies copies;
      copy = objects.copy(copies);
    }
    const auto& reader = copy.find_as<PipeObject>(reads)->end;
    const auto& writer = copy.find_as<PipeObject>(writes)->end;
    CHECK(reader->pipe == writer->pipe);
    CHECK(reader->pipe != pipe);
    CHECK(reader->pipe->data == pipe->data);
    CHECK(reader->reads);
    CHECK_FALSE(writer->reads);
    CHECK(copy.close(writes) == 0);
    CHECK_FALSE(reader->pipe->has_writer);
    CHECK(pipe->has_writer);
  }

  TEST_CASE("a section's copy has the same pages and the copied file") {
    OpenedFile rig;
    const auto section = std::make_shared<services::Section>();
    section->size = 4096;
    section->file = rig.node;
    Objects objects;
    const Handle handle = objects.add(SectionObject{section});
    ObjectCopies copies;
    const auto root = copies.of(rig.tree.root());
    const Objects copy = objects.copy(copies);
    const auto& copied = copy.find_as<SectionObject>(handle)->section;
    CHECK(copied != section);
    CHECK(copied == copies.of(section));
    CHECK(copied->pages == section->pages);
    CHECK(copied->size == 4096);
    CHECK(copied->file == named_f(root));
  }

  TEST_CASE("nothing is copied to nothing") {
    ObjectCopies copies;
    CHECK(copies.of(std::shared_ptr<Object>()) == nullptr);
    CHECK(copies.of(std::shared_ptr<services::Section>()) == nullptr);
    CHECK(copies.of(std::shared_ptr<services::FileNode>()) == nullptr);
  }
}
