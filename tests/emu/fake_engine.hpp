// FakeEngine: an engine that executes nothing but keeps account of its mappings, for tests of
// what maps them.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>

#include "emu/engine.hpp"

namespace sehlab::emu {

/// Keeps the mappings and refuses what the real engine refuses.
class FakeEngine final : public Engine {
 public:
  struct Mapping {
    std::uint32_t size;
    Protection rights;
    std::byte* host;
  };
  bool map(GuestAddr base, std::uint32_t size, Protection rights, std::byte* host) override {
    const auto next = mapped.lower_bound(base.value);
    if (next != mapped.end() && next->first - base.value < size) return false;
    if (next != mapped.begin()) {
      const auto before = std::prev(next);
      if (base.value - before->first < before->second.size) return false;
    }
    mapped[base.value] = {size, rights, host};
    return true;
  }
  bool unmap(GuestAddr base, std::uint32_t size) override {
    const auto it = mapped.find(base.value);
    if (it == mapped.end() || it->second.size != size) return false;
    if (it->second.rights.execute && !dropped[base.value]) code_was_kept = true;
    mapped.erase(it);
    return true;
  }
  void drop_code(GuestAddr base, std::uint32_t) override { dropped[base.value] = true; }
  const EngineStop& start(GuestAddr) override { return stop; }
  InstructionCounter& counter() override { return count; }
  StoreNote& store_note() override { return note; }
  void read(std::span<const int>, void**) const override {}
  bool write(std::span<const int>, void* const*) override { return true; }
  std::uint32_t get(Reg) const override { return 0; }
  bool set(Reg, std::uint32_t) override { return true; }
  void set_descriptor_table(GuestAddr, std::uint32_t) override {}
  std::unique_ptr<CpuState> new_state() const override { return nullptr; }
  void save(CpuState&) const override {}
  void restore(const CpuState&) override {}

  std::map<std::uint32_t, Mapping> mapped;
  std::map<std::uint32_t, bool> dropped;
  bool code_was_kept = false;

 private:
  EngineStop stop;
  InstructionCounter count;
  StoreNote note;
};

}  // namespace sehlab::emu
