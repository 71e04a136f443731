#include "host/services/new_object.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "host/services/guest_memory.hpp"
#include "host/services/nt_values.hpp"
#include "host/win32/status.hpp"

namespace sehlab::services {
namespace {

/// Nothing for an object without a name.
std::optional<Outcome> refuse_attributes(GateCall& call, GuestAddr attributes, const char* what) {
  if (attributes == GuestAddr{}) return std::nullopt;
  std::uint32_t name = 0;
  if (auto fault = call.memory.read_object(attributes + 8, name)) {
    return returned(status_of_fault(*fault));
  }
  if (name == 0) return std::nullopt;
  return Unmodelled{std::string(what) + " with a name"};
}

ObjectName refuse_name(NtStatus status) {
  return {{}, returned(status)};
}

}  // namespace

std::optional<Outcome> refuse_creation(GateCall& call, const char* what) {
  if (auto fault = probe_write(call, pointer(call, 0), 4)) {
    return returned(status_of_fault(*fault));
  }
  return refuse_attributes(call, pointer(call, 2), what);
}

Outcome give_handle(GateCall& call, Handle handle) {
  constexpr Handle kHighestHandle = 4 * 0x100000;
  if (handle > kHighestHandle) {
    static_cast<void>(call.kernel.close_handle(handle));
    return returned(STATUS_INSUFFICIENT_RESOURCES);
  }
  write_probed(call, pointer(call, 0), handle);
  return returned(win32::STATUS_SUCCESS);
}

ObjectName read_name(GateCall& call, GuestAddr attributes) {
  constexpr std::u16string_view kLocal = u"Local\\", kGlobal = u"Global\\";
  constexpr std::size_t kLongest = 32767;
  std::uint32_t at = 0;
  struct {
    std::uint16_t length, maximum;
    std::uint32_t buffer;
  } string{};
  if (attributes == GuestAddr{}) return {};
  if (auto fault = call.memory.read_object(attributes + 8, at)) {
    return refuse_name(status_of_fault(*fault));
  }
  if (at == 0) return {};
  if (auto fault = call.memory.read_object(GuestAddr{at}, string)) {
    return refuse_name(status_of_fault(*fault));
  }
  if (string.length % 2 != 0 || string.length / 2u > kLongest) {
    return refuse_name(STATUS_OBJECT_NAME_INVALID);
  }
  ObjectName name;
  name.text.resize(string.length / 2u);
  if (auto fault = call.memory.read(GuestAddr{string.buffer},
                                    std::as_writable_bytes(std::span(name.text)))) {
    return refuse_name(status_of_fault(*fault));
  }
  // There is one session: what is local to it and what is global are one folder of objects.
  if (name.text.starts_with(kLocal)) name.text.erase(0, kLocal.size());
  if (name.text.starts_with(kGlobal)) name.text.erase(0, kGlobal.size());
  if (name.text.find(u'\\') != std::u16string::npos) {
    return refuse_name(STATUS_OBJECT_PATH_NOT_FOUND);
  }
  return name;
}

Outcome create_object(GateCall& call, ObjectKind kind, const std::function<Handle()>& make) {
  if (auto fault = probe_write(call, pointer(call, 0), 4)) {
    return returned(status_of_fault(*fault));
  }
  const ObjectName name = read_name(call, pointer(call, 2));
  if (name.refused) return *name.refused;
  if (!name.text.empty()) {
    if (const auto there = call.kernel.open_named(name.text)) {
      if (call.kernel.kind_of(*there) != kind) {
        static_cast<void>(call.kernel.close_handle(*there));
        return returned(win32::STATUS_OBJECT_TYPE_MISMATCH);
      }
      const Outcome given = give_handle(call, *there);
      const auto* done = std::get_if<Return>(&given);
      return done != nullptr && done->eax == 0 ? returned(STATUS_OBJECT_NAME_EXISTS) : given;
    }
  }
  const Handle handle = make();
  if (!name.text.empty()) call.kernel.name_object(handle, name.text);
  return give_handle(call, handle);
}

Outcome open_object(GateCall& call, ObjectKind kind) {
  if (auto fault = probe_write(call, pointer(call, 0), 4)) {
    return returned(status_of_fault(*fault));
  }
  const ObjectName name = read_name(call, pointer(call, 2));
  if (name.refused) return *name.refused;
  if (name.text.empty()) return returned(win32::STATUS_INVALID_PARAMETER);
  const auto there = call.kernel.open_named(name.text);
  if (!there) return returned(STATUS_OBJECT_NAME_NOT_FOUND);
  if (call.kernel.kind_of(*there) != kind) {
    static_cast<void>(call.kernel.close_handle(*there));
    return returned(win32::STATUS_OBJECT_TYPE_MISMATCH);
  }
  return give_handle(call, *there);
}

}  // namespace sehlab::services
