// The loader's lower half: what is loaded, what it exports, what has to be called. These gates
// stand for code of ntdll's user half, so a bad pointer faults.
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "host/services/gate_services.hpp"
#include "host/services/guest_memory.hpp"
#include "host/services/nt_values.hpp"
#include "host/win32/status.hpp"

namespace sehlab::services::gates {
namespace {

constexpr std::uint32_t kLongestName = 4096;  // of an export; C++ names are long

/// Writes `value` where argument `index` points.
template <typename T>
Outcome give(GateCall& call, std::size_t index, const T& value) {
  if (auto fault = call.memory.write_object(pointer(call, index), value)) return faulted(*fault);
  return returned(win32::STATUS_SUCCESS);
}

/// Writes a string and its zero, when there is room, and always how much room it needs. Arguments
/// from `first`: buffer, bytes, &needed.
Outcome give_string(GateCall& call, std::size_t first, std::string_view text) {
  const GuestAddr buffer = pointer(call, first);
  const std::uint32_t room = call.argument[first + 1];
  const auto needed = static_cast<std::uint32_t>(text.size() + 1);
  std::string with_zero(text);
  with_zero.push_back('\0');
  if (auto fault = probe_write(call, pointer(call, first + 2), 4)) return faulted(*fault);
  if (room >= needed) {
    if (auto fault = call.memory.write(buffer, std::as_bytes(std::span(with_zero)))) {
      return faulted(*fault);
    }
  }
  write_probed(call, pointer(call, first + 2), needed);
  return returned(room >= needed ? win32::STATUS_SUCCESS : win32::STATUS_BUFFER_TOO_SMALL);
}

/// The name of a module without folders: C:\lab\x.dll and C:/lab/x.dll are x.dll.
std::string_view without_folder(std::string_view name) {
  const auto slash = name.find_last_of("\\/");
  return slash == std::string_view::npos ? name : name.substr(slash + 1);
}

/// A module's name as the caller gave it in arguments 0 and 1.
struct ModuleName {
  std::string text;
  std::optional<Outcome> refused;
};

ModuleName read_module_name(GateCall& call) {
  constexpr std::uint32_t kLongest = 3 * 260;  // MAX_PATH units, as UTF-8
  const ReadString read = read_string(call, pointer(call, 0), call.argument[1], kLongest);
  if (read.too_long) return {{}, returned(win32::STATUS_DLL_NOT_FOUND)};
  if (read.fault) return {{}, faulted(*read.fault)};
  const std::string_view name = without_folder(read.text);
  if (name.empty() || name.find('\0') != std::string_view::npos) {
    return {{}, returned(win32::STATUS_DLL_NOT_FOUND)};
  }
  return {std::string(name), std::nullopt};
}

}  // namespace

Outcome LdrpQueryInitializer(GateCall& call) {
  const auto all = call.kernel.initializers();
  if (call.argument[0] >= all.size()) return returned(STATUS_NO_MORE_ENTRIES);
  const Initializer& one = all[call.argument[0]];
  return give(call, 1, std::array<std::uint32_t, 2>{one.module_base.value, one.routine.value});
}

Outcome LdrpQueryModule(GateCall& call) {
  const auto all = call.kernel.modules();
  if (call.argument[0] >= all.size()) return returned(STATUS_NO_MORE_ENTRIES);
  return give(call, 1, all[call.argument[0]].value);
}

Outcome LdrpProgramEntry(GateCall& call) {
  return returned(call.kernel.entry_point().value);
}

Outcome LdrpQueryCommandLine(GateCall& call) {
  return give_string(call, 0, call.kernel.command_line());
}

Outcome LdrpQueryModulePath(GateCall& call) {
  const std::string path = call.kernel.module_path(pointer(call, 0));
  if (path.empty()) return returned(win32::STATUS_DLL_NOT_FOUND);
  return give_string(call, 1, path);
}

Outcome LdrpFindModule(GateCall& call) {
  const ModuleName name = read_module_name(call);
  if (name.refused) return *name.refused;
  const auto base = call.kernel.find_module(name.text);
  if (!base) return returned(win32::STATUS_DLL_NOT_FOUND);
  return give(call, 2, base->value);
}

Outcome LdrpMapModule(GateCall& call) {
  const ModuleName name = read_module_name(call);
  if (name.refused) return *name.refused;
  if (auto fault = probe_write(call, pointer(call, 2), 4)) return faulted(*fault);
  const auto base = call.kernel.load_module(name.text);
  if (!base) return returned(base.error());
  write_probed(call, pointer(call, 2), base->value);
  return returned(win32::STATUS_SUCCESS);
}

Outcome LdrpUnmapModule(GateCall& call) {
  return returned(call.kernel.unload_module(pointer(call, 0)) ? win32::STATUS_SUCCESS
                                                              : win32::STATUS_DLL_NOT_FOUND);
}

Outcome LdrpFindExport(GateCall& call) {
  const GuestAddr base = pointer(call, 0), name_at = pointer(call, 1);
  if (auto fault = probe_write(call, pointer(call, 4), 4)) return faulted(*fault);
  if (call.kernel.module_path(base).empty()) return returned(win32::STATUS_DLL_NOT_FOUND);
  std::optional<GuestAddr> found;
  NtStatus missing = win32::STATUS_ENTRYPOINT_NOT_FOUND;
  if (name_at == GuestAddr{}) {
    missing = win32::STATUS_ORDINAL_NOT_FOUND;
    const std::uint32_t ordinal = call.argument[3];
    if (ordinal <= 0xffff) {
      found = call.kernel.find_export(base, static_cast<std::uint16_t>(ordinal));
    }
  } else {
    const ReadString name = read_string(call, name_at, call.argument[2], kLongestName);
    if (name.fault) return faulted(*name.fault);
    if (!name.too_long) found = call.kernel.find_export(base, std::string_view(name.text));
  }
  if (!found) return returned(missing);
  write_probed(call, pointer(call, 4), found->value);
  return returned(win32::STATUS_SUCCESS);
}

}  // namespace sehlab::services::gates
