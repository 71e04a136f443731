// Section: memory that can be mapped, more than once: the system's own, or what a file holds. A
// View is one mapping of it.
#pragma once

#include <cstdint>
#include <memory>

#include "emu/address_space.hpp"

namespace sehlab::services {

struct FileNode;

struct Section {
  std::shared_ptr<emu::SharedPages> pages;
  std::uint32_t size = 0;  ///< bytes; the pages' end may be past it
  bool writable = false;
  std::shared_ptr<FileNode> file;  ///< null: the system's memory
};

struct View {
  std::shared_ptr<Section> section;
  std::uint32_t offset = 0, size = 0;  ///< whole pages
  std::uint32_t protect = 0;           ///< PAGE_…, as it was mapped
};

/// Brings what a view of a file may have changed into the file.
void write_back(const View& view);

}  // namespace sehlab::services
