#include "host/process/what_happened.hpp"

#include <fmt/format.h>

#include <system_error>

namespace sehlab::process {

std::string how_ended(const End& end) {
  switch (end.kind) {
    case trace::EndKind::Exited:
      return fmt::format("exited with code {}", end.code);
    case trace::EndKind::UnhandledException:
      return fmt::format("died of exception {:#010x}", end.code);
    default:
      return "stopped: " + end.detail;
  }
}

Result<> check_loaded(const Modules& modules, const std::filesystem::path& dll) {
  const auto loaded = modules.file_of(dll.filename().string());
  std::error_code error;
  if (loaded && std::filesystem::equivalent(*loaded, dll, error)) return {};
  return fail(dll.string(), fmt::format("another DLL of that name comes first: {}",
                                        loaded ? loaded->string() : "none"));
}

}  // namespace sehlab::process
