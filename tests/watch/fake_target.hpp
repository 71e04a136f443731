// FakeTarget: a thread's stack as a few words, for the watch's tests. Code addresses below
// 0x500000 are functions that begin at multiples of 0x1000.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "host/watch/target.hpp"

namespace sehlab::watch {

class FakeTarget final : public Target {
 public:
  static constexpr GuestAddr kTeb{0x7ffde000};
  static constexpr GuestAddr kProtector{0x77001000};
  static constexpr GuestRange kStack{GuestAddr{0x00190000}, GuestAddr{0x001a0000}};

  std::uint64_t now = 1;
  GuestAddr esp_now{0x0019f000};
  std::uint32_t ebp_now = 0;
  GuestRange stack_now = kStack;
  std::map<std::uint32_t, std::uint32_t> words;
  std::map<std::uint32_t, std::string> symbols;

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
  GuestRange stack() const override { return stack_now; }
  bool is_protector(GuestAddr handler) const override { return handler == kProtector; }
  /// As facts 3.2 E1 and E2 have it.
  std::optional<trace::Refusal> record_refusal(GuestAddr record) const override {
    if (!stack_now.contains(record) || !stack_now.contains(record + 7)) {
      return trace::Refusal::OutsideStack;
    }
    if (!record.aligned(4)) return trace::Refusal::Misaligned;
    return std::nullopt;
  }
  std::optional<trace::Refusal> handler_refusal(GuestAddr handler) const override {
    if (stack_now.contains(handler)) return trace::Refusal::HandlerOnStack;
    if (handler.value >= 0x400000 && handler.value < 0x500000) return std::nullopt;
    return trace::Refusal::HandlerNotExecutable;
  }
  std::string symbol(GuestAddr address) const override {
    const auto it = symbols.find(address.value);
    return it == symbols.end() ? std::string() : it->second;
  }
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
