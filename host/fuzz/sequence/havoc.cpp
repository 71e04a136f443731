#include "host/fuzz/sequence/havoc.hpp"

#include <algorithm>
#include <cstring>

namespace sehlab::fuzz::sequence {

namespace {

constexpr std::size_t kMostChanges = 6;
constexpr std::size_t kMostInserted = 8;

std::size_t insert_bytes(std::span<std::uint8_t> room, std::size_t size, Dice& dice) {
  const std::size_t many = std::min(1 + dice.below(kMostInserted), room.size() - size);
  const std::size_t at = dice.below(size + 1);
  std::memmove(room.data() + at + many, room.data() + at, size - at);
  for (std::size_t i = 0; i < many; ++i) room[at + i] = dice.byte();
  return size + many;
}

std::size_t erase_bytes(std::span<std::uint8_t> room, std::size_t size, Dice& dice) {
  const std::size_t at = dice.below(size);
  const std::size_t many = std::min(1 + dice.below(kMostInserted), size - at);
  std::memmove(room.data() + at, room.data() + at + many, size - at - many);
  return size - many;
}

}  // namespace

std::size_t havoc(std::span<std::uint8_t> room, std::size_t size, Dice& dice) {
  for (std::size_t left = 1 + dice.below(kMostChanges); left != 0; --left) {
    if (room.empty()) return 0;
    const std::size_t what = size == 0 ? 0 : dice.below(5);
    switch (what) {
      case 0:
        size = insert_bytes(room, size, dice);
        break;
      case 1:
        size = erase_bytes(room, size, dice);
        break;
      case 2:
        room[dice.below(size)] = dice.byte();
        break;
      case 3:
        room[dice.below(size)] ^= static_cast<std::uint8_t>(1u << dice.below(8));
        break;
      default:
        std::swap(room[dice.below(size)], room[dice.below(size)]);
        break;
    }
  }
  return size;
}

}  // namespace sehlab::fuzz::sequence
