// Places: where the names of a specification are in a process.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emu/guest_addr.hpp"
#include "emu/result.hpp"
#include "host/inject/spec.hpp"
#include "host/process/process.hpp"

namespace sehlab::inject {

/// How hard to look for what is not in memory: before a run an image that is to be loaded later is
/// read from its file, so that a name that it does not have is told at once.
enum class Search : std::uint8_t { Loaded, Files };

/// Addresses that something has now; none and `awaited`: in an image that is not loaded.
struct Sites {
  std::vector<GuestAddr> addresses;
  std::string awaited;
};

/// The image of that name, with or without extension, in any case; null: it is not loaded.
[[nodiscard]] const process::Module* loaded(const process::Modules& modules,
                                            std::string_view image);

/// " (did you mean "Parse"?)": an export, with or without its decorations; or nothing.
[[nodiscard]] std::string near_export(const load::Image& image, std::string_view function);

// Errors have no `where`; they say which name is unknown, and which is near.
[[nodiscard]] Result<Sites> find_name(const process::Modules& modules, const Name& name,
                                      Search search);
[[nodiscard]] Result<Sites> find_line(const process::Modules& modules, const AtLine& at,
                                      Search search);
/// Where a call of an export arrives: at its code, through forwarders, or at the gate that only
/// says its name.
[[nodiscard]] Result<Sites> find_function(process::Modules& modules, const AtCall& at,
                                          Search search);

/// What the value is just now. An Error: it names an image that is not loaded.
[[nodiscard]] Result<std::uint32_t> evaluate(const Value& value, process::Process& process);

}  // namespace sehlab::inject
