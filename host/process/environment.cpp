#include "host/process/environment.hpp"

#include <cstddef>
#include <span>

#include "host/services/name_case.hpp"
#include "host/win32/peb.hpp"
#include "host/win32/teb.hpp"

namespace sehlab::process {
namespace {

constexpr GuestAddr kPeb{0x7ffdf000};
constexpr std::uint32_t kParametersBytes = 0x10000;

/// Writes `text` as UTF-16 at `at` and says where it lies; moves `at` on.
win32::UnicodeString put_string(emu::RawAccess& raw, GuestAddr& at, std::string_view text) {
  const std::u16string units = services::utf16_of(text);
  win32::UnicodeString result{};
  result.Length = static_cast<std::uint16_t>(units.size() * 2);
  result.MaximumLength = static_cast<std::uint16_t>(result.Length + 2);
  result.Buffer = at.value;
  for (const char16_t unit : units) {
    if (!raw.put(at, static_cast<std::uint16_t>(unit))) break;
    at += 2;
  }
  at += 2;
  at = GuestAddr{(at.value + 3) & ~3u};
  return result;
}

Result<> commit_block(emu::AddressSpace& space, GuestAddr at, std::uint32_t size,
                      emu::Protection protection) {
  if (auto done = space.reserve(at, size); !done) return done;
  return space.commit(at, size, protection);
}

Result<GuestAddr> make_parameters(emu::AddressSpace& space, const PebFacts& facts) {
  const auto is_long = [](std::string_view text) {
    return services::utf16_of(text).size() > 0x3fff;
  };
  if (is_long(facts.command_line) || is_long(facts.image_path)) {
    return fail("", "the command line is longer than 16,383 characters");
  }
  const auto at = space.find_free(kParametersBytes, kUserSpace, kAllocationGranularity);
  if (!at) return fail("", "no room for the process parameters");
  if (auto done = commit_block(space, *at, kParametersBytes, emu::kReadWrite); !done) {
    return tl::make_unexpected(done.error());
  }
  win32::RtlUserProcessParameters parameters{};
  parameters.MaximumLength = parameters.Length = sizeof(parameters);
  parameters.Flags = 1;  // normalised: the strings are addresses
  parameters.StandardInput = 3;
  parameters.StandardOutput = 7;
  parameters.StandardError = 11;
  GuestAddr text = *at + sizeof(parameters);
  parameters.CurrentDirectoryPath = put_string(space.raw(), text, "C:\\lab\\");
  parameters.ImagePathName = put_string(space.raw(), text, facts.image_path);
  parameters.CommandLine = put_string(space.raw(), text, facts.command_line);
  parameters.Environment = text.value;  // an empty block: two zero words
  if (!space.raw().put(*at, parameters)) return fail("", "process parameters do not fit");
  return *at;
}

}  // namespace

OsVersion os_version(const seh::Profile& profile) {
  if (profile.name == "windows-xp") return {5, 1, 2600};
  if (profile.name == "windows-7" || profile.name == "wine") return {6, 1, 7601};
  return {10, 0, 19045};
}

Result<GuestAddr> make_peb(emu::AddressSpace& space, const PebFacts& facts,
                           const seh::Profile& profile) {
  if (auto done = commit_block(space, kPeb, kPageSize, emu::kReadWrite); !done) {
    return tl::make_unexpected(done.error());
  }
  const auto parameters = make_parameters(space, facts);
  if (!parameters) return tl::make_unexpected(parameters.error());
  const OsVersion version = os_version(profile);
  win32::Peb peb{};
  peb.ImageBaseAddress = facts.image_base.value;
  peb.ProcessParameters = parameters->value;
  peb.NumberOfProcessors = kProcessors;
  peb.OSMajorVersion = version.major;
  peb.OSMinorVersion = version.minor;
  peb.OSBuildNumber = version.build;
  peb.OSPlatformId = 2;    // VER_PLATFORM_WIN32_NT
  peb.ImageSubsystem = 3;  // console
  if (!space.raw().put(kPeb, peb)) return fail("", "the PEB does not fit");
  return kPeb;
}

Result<GuestAddr> make_teb(emu::AddressSpace& space, const TebFacts& facts) {
  GuestAddr at = kTebs.end - kPageSize;
  while (at > kTebs.begin && space.query(at).state != emu::PageState::Free) at -= kPageSize;
  if (at == kTebs.begin) return fail("", "no room for another thread's TEB");
  if (auto done = commit_block(space, at, kPageSize, emu::kReadWrite); !done) {
    return tl::make_unexpected(done.error());
  }
  if (auto fast = space.make_stores_fast(at); !fast) return tl::make_unexpected(fast.error());
  win32::Teb teb{};
  teb.Tib.ExceptionList = win32::kChainEnd;
  teb.Tib.StackBase = facts.stack.reservation.end.value;
  teb.Tib.StackLimit = facts.stack.limit.value;
  teb.Tib.FiberData = 0x1e00;  // Version, as Windows leaves it in threads that are no fibers
  teb.Tib.Self = at.value;
  teb.ClientId = {kProcessId, facts.thread_id};
  teb.ProcessEnvironmentBlock = facts.peb.value;
  teb.DeallocationStack = facts.stack.reservation.begin.value;
  if (!space.raw().put(at, teb)) return fail("", "the TEB does not fit");
  return at;
}

std::string windows_command_line(std::string_view program,
                                 const std::vector<std::string>& arguments) {
  std::string line = "\"" + std::string(program) + "\"";
  for (const std::string& argument : arguments) {
    line += ' ';
    if (!argument.empty() && argument.find_first_of(" \t\"") == std::string::npos) {
      line += argument;
      continue;
    }
    line += '"';
    std::size_t backslashes = 0;
    for (const char c : argument) {
      // Backslashes before a quote are doubled, and the quote itself is escaped.
      if (c == '\\') {
        ++backslashes;
        continue;
      }
      line.append(c == '"' ? backslashes * 2 + 1 : backslashes, '\\');
      backslashes = 0;
      line += c;
    }
    line.append(backslashes * 2, '\\');
    line += '"';
  }
  return line;
}

}  // namespace sehlab::process
