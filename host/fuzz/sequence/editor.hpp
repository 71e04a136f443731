// Editor: a sequence in a buffer of fixed size, changed in place and by whole operations.
#pragma once

#include <algorithm>
#include <cstring>
#include <span>

#include "host/fuzz/sequence/grammar.hpp"

namespace sehlab::fuzz::sequence {

class Editor {
 public:
  /// The first `size` bytes of `room` are the sequence; a rest of one to three is dropped.
  Editor(std::span<std::uint8_t> room, std::size_t size)
      : room_(room), count_(ops_in(std::min(size, room.size()))), most_(ops_in(room.size())) {}

  [[nodiscard]] std::size_t count() const { return count_; }
  [[nodiscard]] std::size_t left() const { return most_ - count_; }
  [[nodiscard]] std::span<const std::uint8_t> bytes() const {
    return room_.first(count_ * LAB_SEQ_OP_BYTES);
  }
  [[nodiscard]] RawOp get(std::size_t number) const { return raw_op(room_, number); }
  void set(std::size_t number, const RawOp& op) { write(number, op); }
  void set_operand(std::size_t number, std::size_t which, std::uint8_t value) {
    room_[number * LAB_SEQ_OP_BYTES + 1 + which] = value;
  }

  /// Before operation `number`, which may be count(). As many of them as there is room for.
  void insert(std::size_t number, std::span<const RawOp> ops) {
    const std::size_t many = open_gap(number, ops.size());
    for (std::size_t i = 0; i < many; ++i) write(number + i, ops[i]);
  }
  void insert(std::size_t number, const RawOp& op) { insert(number, std::span(&op, 1)); }

  void erase(std::size_t number, std::size_t many) {
    many = std::min(many, count_ - number);
    std::memmove(at(number), at(number + many), (count_ - number - many) * LAB_SEQ_OP_BYTES);
    count_ -= many;
  }

  /// A copy of operations `from` to `from + many`, put before operation `to`.
  void copy(std::size_t from, std::size_t many, std::size_t to) {
    many = open_gap(to, many);
    for (std::size_t i = 0; i < many; ++i) {
      const std::size_t source = from + i;
      write(to + i, get(source < to ? source : source + many));
    }
  }

 private:
  [[nodiscard]] std::uint8_t* at(std::size_t number) {
    return room_.data() + number * LAB_SEQ_OP_BYTES;
  }
  void write(std::size_t number, const RawOp& op) { std::memcpy(at(number), &op, sizeof op); }
  std::size_t open_gap(std::size_t number, std::size_t many) {
    many = std::min(many, left());
    std::memmove(at(number + many), at(number), (count_ - number) * LAB_SEQ_OP_BYTES);
    count_ += many;
    return many;
  }

  std::span<std::uint8_t> room_;
  std::size_t count_, most_;
};

}  // namespace sehlab::fuzz::sequence
