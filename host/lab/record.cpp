#include "host/lab/record.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <span>
#include <utility>

#include "host/lab/result_file.hpp"
#include "host/lab/run.hpp"
#include "host/seh/profile.hpp"
#include "host/services/file_tree.hpp"
#include "host/services/system_time.hpp"

namespace sehlab::lab {
namespace {

constexpr std::uint64_t kFirstInterval = 1'000'000;  // instructions
constexpr std::size_t kMostCheckpoints = 256;

constexpr std::uint64_t kFactor = 0x9e3779b97f4a7c15;

void mix(std::uint64_t& sum, std::span<const std::byte> bytes) {
  for (std::size_t at = 0; at < bytes.size(); at += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + at, std::min(sizeof word, bytes.size() - at));
    sum = (sum ^ word) * kFactor;
    sum ^= sum >> 29;
  }
}

void add_files(const services::FileNode& folder, const std::filesystem::path& below,
               std::vector<Recording::File>& files) {
  for (const auto& [folded, node] : folder.children) {
    const auto path = below / std::filesystem::path(node->name);
    Recording::File file;
    file.path = path.generic_string();
    file.folder = node->directory;
    const auto bytes = node->data.view();
    for (const std::byte byte : bytes) file.bytes.push_back(std::to_integer<std::uint8_t>(byte));
    files.push_back(std::move(file));
    if (node->directory) add_files(*node, path, files);
  }
}

}  // namespace

Recording recording_of(const process::Options& options,
                       const std::vector<std::string>& injections) {
  Recording recording;
  std::error_code error;
  recording.program = std::filesystem::absolute(options.program, error).string();
  recording.program_digest = digest_of(options.program);
  recording.arguments = options.arguments;
  for (const auto& folder : options.dll_folders) {
    recording.dll_folders.push_back(std::filesystem::absolute(folder, error).string());
  }
  const seh::Profile& profile =
      options.profile != nullptr ? *options.profile : seh::profiles().front();
  recording.profile = profile.name;
  recording.watch = watch_word(options.watch);
  recording.sehop = options.sehop;
  recording.seed = options.seed;
  recording.budget = options.budget;
  recording.injections = injections;
  return recording;
}

std::uint64_t state_digest(process::Process& process) {
  emu::Machine& machine = process.machine();
  std::uint64_t sum = kFactor;
  const emu::GeneralRegisters registers = machine.registers().general();
  mix(sum, std::as_bytes(std::span(&registers, 1)));
  const emu::FxState fx = machine.registers().fx();
  mix(sum, fx.image);
  emu::AddressSpace& space = machine.memory();
  std::array<std::byte, kPageSize> page{};
  for (std::uint64_t at = 0; at < UINT32_MAX;) {
    const emu::RegionInfo info = space.query(GuestAddr{static_cast<std::uint32_t>(at)});
    if (info.size == 0) break;
    for (const std::uint64_t end = at + info.size; at < end; at += kPageSize) {
      if (info.state != emu::PageState::Committed) continue;
      const GuestAddr address{static_cast<std::uint32_t>(at)};
      if (!space.raw().read(address, page)) continue;
      sum = (sum ^ address.value) * kFactor;
      mix(sum, page);
    }
  }
  return sum;
}

std::vector<Recording::File> files_of(process::Process& process) {
  std::vector<Recording::File> files;
  add_files(*process.files().root(), {}, files);
  return files;
}

Result<> lay_files(const std::vector<Recording::File>& files, process::Process& process) {
  services::FileTree& tree = process.files();
  for (const Recording::File& file : files) {
    std::u16string path = u"\\??\\C:\\lab\\" + std::filesystem::path(file.path).generic_u16string();
    std::ranges::replace(path, u'/', u'\\');
    const auto found = tree.find(path);
    if (found.status != 0 || found.place.folder == nullptr || found.place.node != nullptr) {
      return fail(file.path, "is no file that a guest can have");
    }
    const auto node = tree.make(found.place, file.folder, services::kStartTime);
    if (node == nullptr || !tree.resize(*node, file.bytes.size())) {
      return fail(file.path, "is too much for a sandbox");
    }
    std::vector<std::byte> bytes;
    for (const std::uint8_t byte : file.bytes) bytes.push_back(std::byte{byte});
    node->data = std::move(bytes);
  }
  return {};
}

process::End run_recorded(process::Process& process, Recording& recording) {
  recording.files = files_of(process);
  recording.checkpoints.push_back({process.machine().retired(), state_digest(process)});
  std::uint64_t interval = kFirstInterval;
  for (std::uint64_t next = interval;; next += interval) {
    if (auto end = process.run_to(next)) {
      recording.end = end_name(end->kind);
      recording.instructions = end->instructions;
      return std::move(*end);
    }
    recording.checkpoints.push_back({next, state_digest(process)});
    if (recording.checkpoints.size() < kMostCheckpoints) continue;
    // Every other one: as many as before lie ahead.
    std::vector<Checkpoint> fewer;
    for (std::size_t i = 0; i < recording.checkpoints.size(); i += 2) {
      fewer.push_back(recording.checkpoints[i]);
    }
    recording.checkpoints = std::move(fewer);
    next = recording.checkpoints.back().instructions;
    interval *= 2;
  }
}

}  // namespace sehlab::lab
