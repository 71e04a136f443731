#include "emu/engine_mappings.hpp"

#include <algorithm>
#include <string>

#include "emu/check.hpp"

namespace sehlab::emu {

/// How one page is to be mapped; nullopt when it is not to be mapped.
std::optional<EngineMappings::Run> EngineMappings::page_run(std::uint32_t page) const {
  const GuestAddr address{page * kPageSize};
  const PageEntry& entry = table_.at(address);
  if (!entry.has(PageEntry::kCanAny)) return std::nullopt;
  Protection rights = entry.effective();
  // So that the engine asks.
  if (table_.is_brink(address) || entry.has(PageEntry::kClean)) rights.write = false;
  return Run{page, 1, rights, entry.host, entry.has(PageEntry::kFirst)};
}

/// Appends `run`, as part of the last one where they are one mapping.
void EngineMappings::append(std::vector<Run>& runs, const Run& run) {
  Run rest = run;
  while (rest.pages != 0) {
    const std::uint32_t room = kMaxPages - rest.first % kMaxPages;
    Run piece = rest;
    piece.pages = std::min(rest.pages, room);
    const bool joins = !runs.empty() && runs.back().end() == piece.first && !piece.apart &&
                       piece.first % kMaxPages != 0 && runs.back().rights == piece.rights &&
                       runs.back().host + std::size_t{runs.back().pages} * kPageSize == piece.host;
    if (joins) {
      runs.back().pages += piece.pages;
    } else {
      runs.push_back(piece);
    }
    rest.first += piece.pages;
    rest.pages -= piece.pages;
    rest.host += std::size_t{piece.pages} * kPageSize;
    rest.apart = false;
  }
}

std::vector<EngineMappings::Run> EngineMappings::overlapping_and_adjacent(std::uint32_t first,
                                                                          std::uint32_t end) const {
  std::vector<Run> found;
  auto it = mapped_.lower_bound(first);
  if (it != mapped_.begin() && std::prev(it)->second.end() >= first) --it;
  for (; it != mapped_.end() && it->first <= end; ++it) found.push_back(it->second);
  return found;
}

Result<> EngineMappings::refresh(GuestAddr base, std::uint32_t size) {
  const std::uint32_t end = base.value / kPageSize + size / kPageSize;
  // The page before may have become a brink, or be none any more.
  const std::uint32_t first = base.value == 0 ? 0 : base.value / kPageSize - 1;
  const std::vector<Run> old_runs = overlapping_and_adjacent(first, end);

  std::vector<Run> new_runs;
  for (const Run& run : old_runs) {  // what is left of them below the range
    if (run.first >= first) break;
    Run left = run;
    left.pages = std::min(run.pages, first - run.first);
    append(new_runs, left);
  }
  for (std::uint32_t page = first; page != end; ++page) {
    if (const auto run = page_run(page)) append(new_runs, *run);
  }
  for (const Run& run : old_runs) {  // and above it
    if (run.end() <= end) continue;
    const std::uint32_t from = std::max(run.first, end);
    append(new_runs, Run{from, run.end() - from, run.rights,
                         run.host + std::size_t{from - run.first} * kPageSize,
                         from == run.first && run.apart});
  }

  const std::size_t count = mapped_.size() - old_runs.size() + new_runs.size();
  if (count > kMaxMappings && count > mapped_.size()) {
    return fail("", "the guest's memory is in " + std::to_string(count) +
                        " pieces of different rights; the engine can map " +
                        std::to_string(kMaxMappings));
  }
  for (const Run& run : old_runs) {
    if (std::find(new_runs.begin(), new_runs.end(), run) == new_runs.end()) unmap(run);
  }
  for (const Run& run : new_runs) {
    if (!mapped_.contains(run.first)) map(run);
  }
  return {};
}

void EngineMappings::unmap(const Run& run) {
  const GuestAddr base{run.first * kPageSize};
  // While it is still mapped: other code may be mapped here later, and the engine would find
  // the old translation again.
  if (run.rights.execute) engine_.drop_code(base, run.pages * kPageSize);
  SEHLAB_CHECK(engine_.unmap(base, run.pages * kPageSize));
  mapped_.erase(run.first);
}

void EngineMappings::map(const Run& run) {
  SEHLAB_CHECK(
      engine_.map(GuestAddr{run.first * kPageSize}, run.pages * kPageSize, run.rights, run.host));
  mapped_.emplace(run.first, run);
}

}  // namespace sehlab::emu
