#include "host/lab/fuzz/guests.hpp"

#include "host/lab/fuzz/dll_guest.hpp"
#include "host/lab/fuzz/engine_command.hpp"
#include "host/lab/fuzz/sequence_guest.hpp"

namespace sehlab::lab {

Result<std::unique_ptr<FuzzedGuest>> make_guest(const GuestChoice& choice) {
  if (is_dll(choice.name)) {
    if (!choice.ending_only) return make_dll_guest(choice.name);
    return fail("--oracle ending", "is for sequences, whose ending is predicted");
  }
  return make_sequence_guest(choice.name, choice.ending_only);
}

}  // namespace sehlab::lab
