// A process for the Recorder to ask, made of plain values.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "host/trace/context.hpp"

namespace sehlab::trace {

struct FakeContext final : Context {
  std::uint64_t now = 1;
  std::uint32_t running = 1;
  GuestAddr at{0x00401000}, stack_pointer{0x0019ff00};
  ChainPicture picture;
  std::map<GuestAddr, std::string> symbols;
  mutable int symbol_questions = 0;

  [[nodiscard]] std::uint64_t instruction() const override { return now; }
  [[nodiscard]] std::uint32_t thread() const override { return running; }
  [[nodiscard]] GuestAddr eip() const override { return at; }
  [[nodiscard]] GuestAddr esp() const override { return stack_pointer; }
  [[nodiscard]] std::string symbol(GuestAddr address) const override {
    ++symbol_questions;
    const auto found = symbols.find(address);
    return found == symbols.end() ? std::string{} : found->second;
  }
  [[nodiscard]] ChainPicture chain() const override { return picture; }
};

}  // namespace sehlab::trace
