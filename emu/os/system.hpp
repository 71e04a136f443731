// What no standard covers, or not yet everywhere: each system has its own way. All of it is in one
// file a system (linux.cpp); docs/platforms.md says what another one needs.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "emu/os/descriptor.hpp"
#include "emu/result.hpp"

namespace sehlab::os {

// ---- memory ------------------------------------------------------------------------------------

/// Zeroed memory of so many bytes, at a page's start, that costs nothing until it is touched; null
/// when the system has no room.
[[nodiscard]] std::byte* map_zeroed(std::size_t bytes);
void unmap(std::byte* data, std::size_t bytes);
/// Makes these bytes of such memory zero and gives whole pages of the system's back to it.
[[nodiscard]] bool zero_mapped(std::byte* data, std::size_t bytes);

// ---- what runs ---------------------------------------------------------------------------------

/// The file of the program that runs; empty: it is not known.
[[nodiscard]] std::filesystem::path own_program();
/// The program or library file that this function was loaded from; empty: it is not known.
[[nodiscard]] std::filesystem::path file_of_code(const void* function);

// ---- between processes -------------------------------------------------------------------------

/// Two ends of a pipe that no program started later gets, unless it is told to.
struct Pipe {
  Descriptor read, write;
};
[[nodiscard]] Result<Pipe> make_pipe();

/// A text that the programs which are started while this lives read as the file `path`.
struct TextForChildren {
  Descriptor file;
  std::string path;
};
[[nodiscard]] Result<TextForChildren> text_for_children(std::string_view text);

// ---- sockets, which no program started later gets ----------------------------------------------

/// A TCP socket; not open, with errno, when there is none to have.
[[nodiscard]] Descriptor make_socket();
/// The next who wants to talk to this listening socket; not open when nobody is there any more.
[[nodiscard]] Descriptor accept_one(const Descriptor& listening);
/// Sends some of the bytes, at least one: how many; below 0 with errno. Never a signal.
[[nodiscard]] std::ptrdiff_t send_some(const Descriptor& socket, std::string_view bytes);

}  // namespace sehlab::os
