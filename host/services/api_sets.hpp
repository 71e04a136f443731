// API sets: names of DLLs that no file has. Windows' loader maps each to the DLL that hosts it,
// for imports, LoadLibrary and GetModuleHandle alike (Microsoft, "Windows API sets").
#pragma once

#include <optional>
#include <string_view>

namespace sehlab::services {

/// The DLL that hosts the set `name` (lower case, with ".dll"): "ucrtbase.dll" for
/// "api-ms-win-crt-stdio-l1-1-0.dll"; nullopt for a name that is no set known here. The last
/// number is a minor version, which Windows' loader does not compare.
[[nodiscard]] std::optional<std::string_view> api_set_host(std::string_view name);

}  // namespace sehlab::services
