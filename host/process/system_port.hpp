// SystemPort: the process as dispatch sees it (seh::System).
#pragma once

#include "emu/address_space.hpp"
#include "emu/result.hpp"
#include "host/process/modules.hpp"
#include "host/seh/system.hpp"

namespace sehlab::process {

class SystemPort final : public seh::System {
 public:
  SystemPort(const emu::AddressSpace& space, const Modules& modules, const seh::Profile& profile)
      : space_(space), modules_(modules), profile_(profile) {}

  /// Finds ntdll's parts by their symbols; an Error names the one that is missing. Also settles
  /// the execute flags by the program's DllCharacteristics.
  [[nodiscard]] Result<> find_ntdll();

  bool executable(GuestAddr address) const override;
  std::optional<seh::ImageFacts> image_at(GuestAddr address) const override {
    return modules_.facts_at(address);
  }
  const seh::NtdllAddresses& ntdll() const override { return ntdll_; }
  const seh::Profile& profile() const override { return profile_; }
  std::uint32_t execute_flags() const override { return execute_flags_; }
  /// As NtSetInformationProcess(ProcessExecuteFlags) does: STATUS_ACCESS_DENIED once they are
  /// permanent, STATUS_INVALID_PARAMETER for bits that are none of them.
  [[nodiscard]] std::uint32_t set_execute_flags(std::uint32_t flags);
  /// To what they were, for snapshots.
  void restore_execute_flags(std::uint32_t flags) { execute_flags_ = flags; }
  /// Data execution prevention is on for this process.
  [[nodiscard]] bool dep_enabled() const;

 private:
  const emu::AddressSpace& space_;
  const Modules& modules_;
  const seh::Profile& profile_;
  seh::NtdllAddresses ntdll_;
  std::uint32_t execute_flags_ = 0;
};

}  // namespace sehlab::process
