// FakeTarget: a thread's stack as a few words, for the watch's tests. Code addresses below
// 0x500000 are functions that begin at multiples of 0x1000.
#pragma once

#include <map>

#include "host/watch/record_table.hpp"

namespace sehlab::watch {

class FakeTarget final : public Target {
 public:
  static constexpr GuestAddr kTeb{0x7ffde000};
  static constexpr GuestAddr kProtector{0x77001000};
  static constexpr GuestRange kStack{GuestAddr{0x00190000}, GuestAddr{0x001a0000}};

  std::uint64_t now = 1;
  GuestAddr esp_now{0x0019f000};
  std::uint32_t ebp_now = 0;
  std::map<std::uint32_t, std::uint32_t> words;

  std::uint64_t instruction() const override { return now; }
  bool word(GuestAddr address, std::uint32_t& value) const override {
    const auto it = words.find(address.value);
    if (it == words.end()) return false;
    value = it->second;
    return true;
  }
  GuestAddr esp() const override { return esp_now; }
  std::uint32_t ebp() const override { return ebp_now; }
  GuestAddr eip() const override { return GuestAddr{0x401000}; }
  GuestRange stack() const override { return kStack; }
  bool is_protector(GuestAddr handler) const override { return handler == kProtector; }
  bool executable(GuestAddr address) const override { return address.value < 0x500000; }
  GuestAddr function(GuestAddr address) const override {
    return GuestAddr{address.value & ~0xfffu};
  }

  void put_record(std::uint32_t at, std::uint32_t next, std::uint32_t handler) {
    words[at] = next;
    words[at + 4] = handler;
  }
  void set_head(std::uint32_t head) { words[kTeb.value] = head; }
};

}  // namespace sehlab::watch
