// sehlab.h: the guest, while a provided function runs.
#include <algorithm>
#include <span>

#include "host/api/c_handles.hpp"

using namespace sehlab;

struct sehlab_guest {
  Guest& guest;
  std::exception_ptr left{};  ///< thrown again once the provided function has returned
};

namespace {

template <typename Deed>
int in_guest(sehlab_guest* guest, Deed deed) {
  if (guest->left) return -1;
  try {
    deed(guest->guest);
    return 0;
  } catch (...) {
    guest->left = std::current_exception();
    return -1;
  }
}

}  // namespace

int sehlab_provide(sehlab_lab* lab, const char* dll, const char* name, std::size_t words,
                   sehlab_function function, void* user) {
  const auto provided = [function, user](Guest& guest) {
    sehlab_guest seen{guest};
    const std::uint32_t value = function(&seen, user);
    if (seen.left) std::rethrow_exception(seen.left);
    return value;
  };
  const bool done =
      attempt(lab->error, [&] { opened(lab).provide(text(dll), text(name), words, provided); });
  return done ? 0 : -1;
}

int sehlab_guest_argument(sehlab_guest* guest, std::size_t n, std::uint32_t* value) {
  return in_guest(guest, [&](Guest& seen) { *value = seen.argument(n); });
}
int sehlab_guest_read(sehlab_guest* guest, std::uint32_t from, void* into, std::size_t size) {
  return in_guest(guest, [&](Guest& seen) {
    const auto bytes = seen.read(GuestAddr{from}, size);
    std::copy(bytes.begin(), bytes.end(), static_cast<std::byte*>(into));
  });
}
int sehlab_guest_write(sehlab_guest* guest, std::uint32_t to, const void* bytes, std::size_t size) {
  return in_guest(guest, [&](Guest& seen) {
    seen.write(GuestAddr{to}, std::span(static_cast<const std::byte*>(bytes), size));
  });
}
int sehlab_guest_call(sehlab_guest* guest, std::uint32_t function, const std::uint32_t* words,
                      std::size_t count, std::uint32_t* value) {
  return in_guest(guest, [&](Guest& seen) {
    const std::vector<Argument> arguments(words, words + count);
    const std::uint32_t gave = seen.call_with(GuestAddr{function}, arguments);
    if (value != nullptr) *value = gave;
  });
}
int sehlab_guest_raise(sehlab_guest* guest, std::uint32_t code, const std::uint32_t* parameters,
                       std::size_t count) {
  return in_guest(guest, [&](Guest& seen) {
    seen.raise(code, std::vector<std::uint32_t>(parameters, parameters + count));
  });
}
int sehlab_guest_give_up(sehlab_guest* guest, const char* why) {
  return in_guest(guest, [&](Guest&) { throw LabError(text(why)); });
}
int sehlab_guest_set_last_error(sehlab_guest* guest, std::uint32_t code) {
  return in_guest(guest, [&](Guest& seen) { seen.set_last_error(code); });
}
