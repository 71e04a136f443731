#include "host/services/api_sets.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace sehlab::services {
namespace {

struct Contract {
  std::string_view name;  ///< without the minor version
  std::string_view host;
};

// The C runtime's: Microsoft, "Universal CRT deployment" lists them. Sorted.
constexpr auto kRuntime = std::to_array<std::string_view>({
    "conio-l1-1",
    "convert-l1-1",
    "environment-l1-1",
    "filesystem-l1-1",
    "heap-l1-1",
    "locale-l1-1",
    "math-l1-1",
    "multibyte-l1-1",
    "private-l1-1",
    "process-l1-1",
    "runtime-l1-1",
    "stdio-l1-1",
    "string-l1-1",
    "time-l1-1",
    "utility-l1-1",
});
static_assert(std::is_sorted(kRuntime.begin(), kRuntime.end()));

// Of the system's, those that kernelbase does not host; of the application model's, which
// kernel.appcore hosts, kernel32 has the same functions.
constexpr auto kElsewhere = std::to_array<Contract>({
    {"api-ms-win-appmodel-runtime-l1-1", "kernel32.dll"},
    {"api-ms-win-core-crt-l1-1", "ntdll.dll"},
    {"api-ms-win-core-kernel32-legacy-l1-1", "kernel32.dll"},
    {"api-ms-win-core-rtlsupport-l1-1", "ntdll.dll"},
    {"api-ms-win-security-systemfunctions-l1-1", "advapi32.dll"},
});

constexpr std::string_view kCrtPrefix = "api-ms-win-crt-";
constexpr std::string_view kCorePrefix = "api-ms-win-core-";

/// "x-l1-1-0.dll" without its ending and minor version; empty when it has neither.
std::string_view without_minor(std::string_view name) {
  if (!name.ends_with(".dll")) return {};
  name.remove_suffix(4);
  const std::size_t dash = name.rfind('-');
  if (dash == name.npos || dash + 1 == name.size()) return {};
  const std::string_view minor = name.substr(dash + 1);
  const bool number =
      std::ranges::all_of(minor, [](unsigned char c) { return std::isdigit(c) != 0; });
  return number ? name.substr(0, dash) : std::string_view();
}

}  // namespace

std::optional<std::string_view> api_set_host(std::string_view name) {
  const std::string_view contract = without_minor(name);
  if (contract.starts_with(kCrtPrefix)) {
    const bool known = std::ranges::binary_search(kRuntime, contract.substr(kCrtPrefix.size()));
    return known ? std::optional<std::string_view>("ucrtbase.dll") : std::nullopt;
  }
  const auto elsewhere = std::ranges::find(kElsewhere, contract, &Contract::name);
  if (elsewhere != kElsewhere.end()) return elsewhere->host;
  if (!contract.starts_with(kCorePrefix)) return std::nullopt;
  return "kernelbase.dll";
}

}  // namespace sehlab::services
