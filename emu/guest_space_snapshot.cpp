// Capturing a space and going back to it, at a cost that follows what was stored to in between.
//
// A page that is kClean holds what its reservation's image says, and the engine has it mapped
// without the right to write: the first store, the engine's or the host's, is noted and makes it
// loose. Loose pages are compared with the image, or put back, each time. They stay loose while
// they are written now and then, since changing the engine's mappings is what costs most.
#include <algorithm>
#include <cstring>
#include <utility>

#include "emu/check.hpp"
#include "emu/guest_space.hpp"

namespace sehlab::emu {
namespace {

/// Ways back from one look to the next at which loose pages are still written. A page that was not
/// before two of them in a row is clean again.
constexpr std::uint64_t kRestoresToLook = 256;

constexpr std::uint16_t kWritableCode = PageEntry::kCanWrite | PageEntry::kCanExecute;

/// Code that is stored to where it stands is never clean: the engine has to see each store.
bool is_writable_code(const PageEntry& page) {
  return (page.bits & kWritableCode) == kWritableCode;
}

std::uint16_t without_tracking(std::uint16_t bits) {
  return static_cast<std::uint16_t>(bits & ~PageEntry::kTracking);
}

bool is_committed(std::uint16_t bits) {
  return (bits & PageEntry::kCommitted) != 0;
}

}  // namespace

PageCopy copy_page(const std::byte* host, const PageCopy& last) {
  if (last && std::memcmp(host, last->data(), kPageSize) == 0) return last;
  auto copy = std::make_shared<std::array<std::byte, kPageSize>>();
  std::memcpy(copy->data(), host, kPageSize);
  return copy;
}

bool put_page(std::byte* host, const PageCopy& copy) {
  if (std::memcmp(host, copy->data(), kPageSize) == 0) return false;
  std::memcpy(host, copy->data(), kPageSize);
  return true;
}

/// A page's rights or state were changed.
void GuestSpace::follow(GuestAddr page, std::uint16_t bits_before) {
  PageEntry& entry = table_.edit(page);
  const bool fresh = entry.has(PageEntry::kCommitted) && !is_committed(bits_before);
  const bool ceases = entry.has(PageEntry::kClean) &&
                      (is_writable_code(entry) || !entry.has(PageEntry::kCommitted));
  if (fresh || ceases) written_.note(page);
}

/// Page `index` of the reservation may be stored to from now on without being noted.
void GuestSpace::loosen(Reservation& reservation, PageEntry& page, std::uint32_t index) {
  const bool listed = page.has(PageEntry::kLoose);
  page.bits = static_cast<std::uint16_t>((page.bits & ~PageEntry::kClean) | PageEntry::kLoose);
  if (!listed) reservation.loose.push_back(index);
}

void GuestSpace::settle() {
  for (const GuestAddr page : written_.take()) {
    PageEntry& entry = table_.edit(page);
    if (entry.has(PageEntry::kClean) || !entry.has(PageEntry::kCommitted)) continue;
    const auto it = reservations_.find(reservation_of(page)->first);
    if (it->second.shared) continue;
    loosen(it->second, entry, (page.value - it->first) / kPageSize);
    if (!entry.has(PageEntry::kCanWrite) || mappings_.refresh(page, kPageSize)) continue;
    // Too many pieces: the whole reservation is loose from now on, and one piece again.
    for (std::uint32_t done = 0; done < it->second.size; done += kPageSize) {
      PageEntry& other = table_.edit(GuestAddr{it->first + done});
      if (!other.has(PageEntry::kClean) || !other.has(PageEntry::kCanWrite)) continue;
      loosen(it->second, other, done / kPageSize);
    }
    SEHLAB_CHECK(mappings_.refresh(GuestAddr{it->first}, it->second.size).has_value());
  }
}

/// Pages that nothing can store to unnoticed need not be listed any longer.
void GuestSpace::keep_loose(std::uint32_t base, Reservation& reservation) {
  std::erase_if(reservation.loose, [&](std::uint32_t index) {
    PageEntry& entry = table_.edit(GuestAddr{base + index * kPageSize});
    if (entry.has(PageEntry::kCommitted) && entry.has(PageEntry::kCanWrite)) return false;
    entry.bits = without_tracking(entry.bits);
    if (entry.has(PageEntry::kCommitted)) {
      entry.bits = static_cast<std::uint16_t>(entry.bits | PageEntry::kClean);
    }
    return true;
  });
}

/// Before the pages are put back to the image that they were put back to last.
void GuestSpace::tighten(std::uint32_t base, Reservation& reservation) {
  const ReservationImage& image = *reservation.image;
  std::uint32_t first = UINT32_MAX, last = 0;
  for (const std::uint32_t index : reservation.loose) {
    PageEntry& entry = table_.edit(GuestAddr{base + index * kPageSize});
    if (is_writable_code(entry) || !entry.has(PageEntry::kCommitted)) continue;
    const PageCopy& copy = image.pages[index];
    const bool idle = copy && std::memcmp(entry.host, copy->data(), kPageSize) == 0;
    if (idle && entry.has(PageEntry::kIdle)) {
      entry.bits =
          static_cast<std::uint16_t>((entry.bits & ~PageEntry::kTracking) | PageEntry::kClean);
      first = std::min(first, index);
      last = std::max(last, index);
    } else {
      entry.bits = static_cast<std::uint16_t>(entry.bits & ~PageEntry::kIdle);
      if (idle) entry.bits = static_cast<std::uint16_t>(entry.bits | PageEntry::kIdle);
    }
  }
  if (first == UINT32_MAX) return;
  const auto entry_of = [&](std::uint32_t index) -> PageEntry& {
    return table_.edit(GuestAddr{base + index * kPageSize});
  };
  const GuestAddr from{base + first * kPageSize};
  if (!mappings_.refresh(from, (last - first + 1) * kPageSize)) {
    // Too many pieces: they stay loose.
    for (const std::uint32_t index : reservation.loose) {
      PageEntry& entry = entry_of(index);
      entry.bits =
          static_cast<std::uint16_t>((entry.bits & ~PageEntry::kTracking) | PageEntry::kLoose);
    }
    return;
  }
  std::erase_if(reservation.loose,
                [&](std::uint32_t index) { return !entry_of(index).has(PageEntry::kLoose); });
}

void GuestSpace::begin_tracking() {
  tracking_ = true;
  for (auto& [base, reservation] : reservations_) {
    if (reservation.shared) continue;
    for (std::uint32_t done = 0; done < reservation.size; done += kPageSize) {
      PageEntry& entry = table_.edit(GuestAddr{base + done});
      if (!entry.has(PageEntry::kCommitted)) continue;
      if (is_writable_code(entry)) {
        loosen(reservation, entry, done / kPageSize);
      } else {
        entry.bits = static_cast<std::uint16_t>(entry.bits | PageEntry::kClean);
      }
    }
    // Pages whose right to write goes are no more pieces than there were.
    SEHLAB_CHECK(mappings_.refresh(GuestAddr{base}, reservation.size).has_value());
  }
}

/// Brings the reservation's image up to date: the same one while nothing is new.
void GuestSpace::update_image(std::uint32_t base, Reservation& reservation, std::uint64_t& added) {
  const std::uint32_t count = reservation.size / kPageSize;
  const ReservationImage* const old = reservation.image.get();
  const auto entry_of = [&](std::uint32_t index) -> const PageEntry& {
    return table_.at(GuestAddr{base + index * kPageSize});
  };
  bool same = old != nullptr;
  if (same && captured_structure_ != structure_) {
    for (std::uint32_t index = 0; same && index < count; ++index) {
      same = old->bits[index] == without_tracking(entry_of(index).bits);
    }
  }
  std::vector<std::pair<std::uint32_t, PageCopy>> fresh;
  const auto look = [&](std::uint32_t index) {
    const PageEntry& entry = entry_of(index);
    if (!entry.has(PageEntry::kCommitted)) return;
    const PageCopy last = old != nullptr ? old->pages[index] : nullptr;
    PageCopy now = copy_page(entry.host, last);
    if (now == last) return;
    added += kPageSize;
    fresh.emplace_back(index, std::move(now));
  };
  if (!reservation.shared) {
    if (old != nullptr) {
      for (const std::uint32_t index : reservation.loose) look(index);
    } else {
      for (std::uint32_t index = 0; index < count; ++index) look(index);
    }
  }
  keep_loose(base, reservation);
  if (same && fresh.empty()) return;

  auto image = std::make_shared<ReservationImage>();
  if (old != nullptr) *image = *old;
  image->id = reservation.id;
  image->base = base;
  image->size = reservation.size;
  image->bits.resize(count);
  image->pages.resize(count);
  for (std::uint32_t index = 0; index < count; ++index) {
    image->bits[index] = without_tracking(entry_of(index).bits);
    if (!is_committed(image->bits[index])) image->pages[index] = nullptr;
  }
  for (auto& [index, copy] : fresh) image->pages[index] = std::move(copy);
  if (reservation.shared) {
    image->shared = reservation.shared;
    image->offset =
        static_cast<std::uint32_t>(entry_of(0).host - reservation.shared->bytes().data());
  }
  reservation.image = std::move(image);
}

void GuestSpace::capture_shared(SpaceSnapshot& snapshot) {
  static const PageCopy kZeros = std::make_shared<std::array<std::byte, kPageSize>>();
  for (auto& [weak, last] : shares_) {
    auto memory = weak.lock();
    if (!memory) continue;
    const auto bytes = memory->bytes();
    last.resize(bytes.size() / kPageSize, kZeros);
    for (std::size_t index = 0; index < last.size(); ++index) {
      PageCopy now = copy_page(bytes.data() + index * kPageSize, last[index]);
      if (now != last[index]) snapshot.added_bytes += kPageSize;
      last[index] = std::move(now);
    }
    snapshot.shared.push_back({std::move(memory), last});
  }
}

SpaceSnapshot GuestSpace::capture() {
  settle_stores();
  if (!tracking_) begin_tracking();
  SpaceSnapshot snapshot;
  snapshot.structure = structure_;
  snapshot.committed = committed_;
  snapshot.executed_anyway = executed_anyway_;
  snapshot.reservations.reserve(reservations_.size());
  for (auto& [base, reservation] : reservations_) {
    update_image(base, reservation, snapshot.added_bytes);
    snapshot.reservations.push_back(reservation.image);
  }
  captured_structure_ = structure_;
  capture_shared(snapshot);
  return snapshot;
}

void GuestSpace::restore(const SpaceSnapshot& snapshot) {
  settle_stores();
  const bool looks = structure_ == snapshot.structure && ++restores_ % kRestoresToLook == 0;
  if (structure_ != snapshot.structure) {
    restore_reservations(snapshot);
    executed_anyway_ = snapshot.executed_anyway;
    committed_ = snapshot.committed;
    settle_stores();
    table_.changed();
    structure_ = snapshot.structure;
  }
  SEHLAB_CHECK(reservations_.size() == snapshot.reservations.size());
  auto image = snapshot.reservations.begin();
  for (auto& [base, reservation] : reservations_) {
    const auto& to = *image++;
    if (looks && to == reservation.image && !reservation.shared) tighten(base, reservation);
    put_back(base, reservation, to);
  }
  captured_structure_ = structure_;
  for (const SharedImage& shared : snapshot.shared) {
    const auto bytes = shared.memory->bytes();
    for (std::size_t index = 0; index < shared.pages.size(); ++index) {
      put_page(bytes.data() + index * kPageSize, shared.pages[index]);
    }
  }
}

void GuestSpace::put_page_back(GuestAddr at, const PageCopy& copy) {
  const PageEntry& entry = table_.at(at);
  if (!copy || !entry.has(PageEntry::kCommitted)) return;
  if (!entry.has(PageEntry::kCanExecute)) {
    // Most are written in each run, so that looking first is the longer way.
    std::memcpy(entry.host, copy->data(), kPageSize);
  } else if (put_page(entry.host, copy)) {
    engine_.drop_code(at, kPageSize);
  }
}

void GuestSpace::put_back(std::uint32_t base, Reservation& reservation,
                          const std::shared_ptr<const ReservationImage>& image) {
  const ReservationImage* const now = reservation.image.get();
  if (now == image.get() && reservation.loose.empty()) return;
  if (!reservation.shared) {
    const auto page = [base](std::uint32_t index) { return GuestAddr{base + index * kPageSize}; };
    if (now != image.get()) {
      for (std::uint32_t index = 0; index < image->pages.size(); ++index) {
        if (now != nullptr && now->pages[index] == image->pages[index]) continue;
        put_page_back(page(index), image->pages[index]);
      }
    }
    for (const std::uint32_t index : reservation.loose) {
      put_page_back(page(index), image->pages[index]);
    }
    keep_loose(base, reservation);
  }
  reservation.image = image;
}

/// What was reserved since goes; what is gone comes back, with nothing in it yet.
void GuestSpace::restore_reservations(const SpaceSnapshot& snapshot) {
  std::vector<GuestAddr> gone;
  auto image = snapshot.reservations.begin();
  for (const auto& [base, reservation] : reservations_) {
    while (image != snapshot.reservations.end() && (*image)->base < base) ++image;
    const bool stays = image != snapshot.reservations.end() && (*image)->base == base &&
                       (*image)->id == reservation.id;
    if (!stays) gone.push_back(GuestAddr{base});
  }
  for (const GuestAddr base : gone) SEHLAB_CHECK(release(base).has_value());
  for (const auto& wanted : snapshot.reservations) {
    const GuestAddr base{wanted->base};
    if (!reservations_.contains(wanted->base)) {
      if (wanted->shared) {
        lay(base, wanted->size, wanted->shared->bytes().data() + wanted->offset);
        reservations_.emplace(wanted->base, Reservation{wanted->size, {}, wanted->shared});
      } else {
        SEHLAB_CHECK(reserve(base, wanted->size).has_value());
      }
      reservations_.find(wanted->base)->second.id = wanted->id;
    }
    restore_bits(*wanted);
  }
}

void GuestSpace::restore_bits(const ReservationImage& image) {
  Reservation& reservation = reservations_.find(image.base)->second;
  std::uint32_t first = UINT32_MAX, last = 0;
  for (std::uint32_t index = 0; index < image.bits.size(); ++index) {
    const GuestAddr page{image.base + index * kPageSize};
    PageEntry& entry = table_.edit(page);
    const std::uint16_t before = entry.bits;
    if (without_tracking(before) == image.bits[index]) continue;
    first = std::min(first, index);
    last = index;
    entry.bits = static_cast<std::uint16_t>(image.bits[index] | (before & PageEntry::kTracking));
    follow(page, before);
    // Whoever commits it again expects zeros.
    if (!reservation.shared && is_committed(before) && !is_committed(image.bits[index])) {
      reservation.pages.clear(std::size_t{index} * kPageSize, kPageSize);
    }
  }
  if (first == UINT32_MAX) return;
  SEHLAB_CHECK(
      mappings_.refresh(GuestAddr{image.base + first * kPageSize}, (last - first + 1) * kPageSize)
          .has_value());
}

}  // namespace sehlab::emu
