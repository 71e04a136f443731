#include "host/services/known_dlls.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "host/services/name_case.hpp"

namespace sehlab::services {
namespace {

// Part of every installation of Windows XP to 10 (public SDK: the DLLs behind its import
// libraries), and the C runtimes that Microsoft's compilers link to. Sorted.
constexpr auto kNames = std::to_array<std::string_view>({
    "activeds",     "advapi32",    "atl",
    "authz",        "avicap32",    "avifil32",
    "avrt",         "bcrypt",      "bcryptprimitives",
    "cabinet",      "cfgmgr32",    "combase",
    "comctl32",     "comdlg32",    "concrt140",
    "credui",       "crtdll",      "crypt32",
    "cryptbase",    "cryptnet",    "cryptui",
    "d2d1",         "d3d10",       "d3d11",
    "d3d8",         "d3d9",        "dbgcore",
    "dbgeng",       "dbghelp",     "ddraw",
    "dhcpcsvc",     "dinput",      "dinput8",
    "dnsapi",       "dsound",      "dwmapi",
    "dwrite",       "dxgi",        "dxva2",
    "fltlib",       "gdi32",       "gdiplus",
    "glu32",        "hid",         "imagehlp",
    "imm32",        "iphlpapi",    "kernel.appcore",
    "kernel32",     "kernelbase",  "lz32",
    "mfc140",       "mfc140u",     "mfc42",
    "mfc42u",       "mpr",         "msacm32",
    "mscoree",      "msctf",       "msdelta",
    "msi",          "msimg32",     "msvcirt",
    "msvcp100",     "msvcp110",    "msvcp120",
    "msvcp140",     "msvcp60",     "msvcp70",
    "msvcp71",      "msvcp80",     "msvcp90",
    "msvcr100",     "msvcr110",    "msvcr120",
    "msvcr70",      "msvcr71",     "msvcr80",
    "msvcr90",      "msvcrt",      "msvfw32",
    "mswsock",      "ncrypt",      "ndfapi",
    "netapi32",     "normaliz",    "nsi",
    "ntdll",        "ntdsapi",     "odbc32",
    "ole32",        "oleacc",      "oleaut32",
    "oledlg",       "oleprn",      "olepro32",
    "opengl32",     "pdh",         "powrprof",
    "profapi",      "propsys",     "psapi",
    "quartz",       "rasapi32",    "rasman",
    "riched20",     "rpcrt4",      "rstrtmgr",
    "rtutils",      "sechost",     "secur32",
    "setupapi",     "shcore",      "shell32",
    "shlwapi",      "snmpapi",     "sspicli",
    "tapi32",       "tdh",         "ucrtbase",
    "urlmon",       "user32",      "userenv",
    "usp10",        "uxtheme",     "vcomp140",
    "vcruntime140", "version",     "wer",
    "wevtapi",      "winhttp",     "wininet",
    "winmm",        "winscard",    "winspool.drv",
    "winsta",       "wintrust",    "wlanapi",
    "wldap32",      "wofutil",     "ws2_32",
    "wsock32",      "wtsapi32",    "xinput1_3",
    "xinput1_4",    "xinput9_1_0", "xmllite",
});
static_assert(std::is_sorted(kNames.begin(), kNames.end()));

}  // namespace

bool is_windows_dll(std::string_view name) {
  std::string lower = folded_name(name);
  if (lower.ends_with(".dll")) lower.resize(lower.size() - 4);
  if (lower.starts_with("api-ms-win-") || lower.starts_with("ext-ms-win-")) return true;
  return std::binary_search(kNames.begin(), kNames.end(), std::string_view(lower));
}

}  // namespace sehlab::services
