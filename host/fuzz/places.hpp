// Where a run was when it ended, as names that stay the same from run to run.
#pragma once

#include <string>

#include "emu/registers.hpp"
#include "host/process/process.hpp"

namespace sehlab::fuzz {

/// "a!f+0x12 < b!g+0x3 < ...": EIP, and the return addresses of the frames around it by the chain
/// of EBP, those in Windows' own DLLs left out: four places at most. Where EIP is in no image, the
/// word at ESP comes next: the caller of a bad pointer. Memory is read as it is now.
[[nodiscard]] std::string places_of(process::Process& process,
                                    const emu::GeneralRegisters& registers);

/// The function that EIP is in, without an offset.
[[nodiscard]] std::string function_of(process::Process& process, GuestAddr eip);

}  // namespace sehlab::fuzz
