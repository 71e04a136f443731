// ModulesRig: the smallest program and the system DLLs, loaded; nothing has run.
#pragma once

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <utility>

#include "emu/machine.hpp"
#include "host/process/modules.hpp"

namespace sehlab::process {

struct ModulesRig {
  std::unique_ptr<emu::Machine> machine = std::move(*emu::Machine::create({}));
  emu::AddressSpace& space = machine->memory();
  Modules modules{space, {guest_folder(), {guest_folder()}}};

  ModulesRig() { REQUIRE(modules.load_program(guest_folder() + "/exit0.exe")); }

  static std::string guest_folder() { return SEHLAB_BINARY_DIR "/guest"; }

  Module& load(const char* name) {
    const auto loaded = modules.load_dll(name);
    REQUIRE(loaded);
    return **loaded;
  }
  /// What the module's import of that function is bound to.
  GuestAddr bound(const Module& module, std::string_view function) {
    for (const load::Import& import : module.image->imports) {
      if (import.name != function) continue;
      return GuestAddr{space.raw().get<std::uint32_t>(module.base + import.slot_rva).value()};
    }
    return {};
  }
};

}  // namespace sehlab::process
