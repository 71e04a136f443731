// SelfNaming: gates made on the fly for imports that nobody provides. A program that imports
// such a function runs until it calls it; then the gate says which DLL and function it was.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "emu/address_space.hpp"
#include "emu/guest_addr.hpp"
#include "emu/result.hpp"

namespace sehlab::process {

struct UnboundImport {
  std::string dll;       ///< as the first import names it: "KERNEL32.dll"
  std::string function;  ///< name, or "#17" for an ordinal
};

class SelfNaming {
 public:
  struct Gate {
    GuestAddr address;
    const UnboundImport* import = nullptr;
  };

  explicit SelfNaming(emu::AddressSpace& space) : space_(space) {}

  /// The gate of that import: made at the first call, the same at each further one, however the
  /// DLL is spelled. `module`: its file name, lower case.
  [[nodiscard]] Result<Gate> gate(const std::string& dll, const std::string& module,
                                  const std::string& function);

  /// Which gates there are, for snapshots; their code is in guest memory.
  struct State {
    std::map<std::pair<std::string, std::string>, Gate> gates;
    GuestAddr next, end;
  };
  [[nodiscard]] State state() const { return {gates_, next_, end_}; }
  void restore(const State& state) {
    gates_ = state.gates;
    next_ = state.next;
    end_ = state.end;
  }

 private:
  emu::AddressSpace& space_;
  std::deque<UnboundImport> imports_;                          ///< addresses stay valid, for ever
  std::map<std::pair<std::string, std::string>, Gate> gates_;  ///< by module
  GuestAddr next_, end_;
};

}  // namespace sehlab::process
