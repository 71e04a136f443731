// Events, semaphores, mutexes ("mutants") and handles.
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "host/services/gate_services.hpp"
#include "host/services/guest_memory.hpp"
#include "host/services/nt_values.hpp"
#include "host/win32/status.hpp"

namespace sehlab::services::gates {
namespace {

constexpr std::uint32_t kNotificationEvent = 0, kSynchronizationEvent = 1;
// DuplicateHandle's options
constexpr std::uint32_t kDuplicateCloseSource = 1, kDuplicateSameAccess = 2;

/// The name in an OBJECT_ATTRIBUTES, without the session's prefix; empty: an object without one.
struct ObjectName {
  std::u16string text;
  std::optional<Outcome> refused;
};

ObjectName refuse_name(NtStatus status) {
  return {{}, returned(status)};
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

/// Writes a new handle where the caller wants it; a guest that makes handles without end meets a
/// limit (Windows': 16 million; each costs the host memory).
Outcome give_handle(GateCall& call, Handle handle) {
  constexpr Handle kHighestHandle = 4 * 0x100000;
  if (handle > kHighestHandle) {
    static_cast<void>(call.kernel.close_handle(handle));
    return returned(STATUS_INSUFFICIENT_RESOURCES);
  }
  write_probed(call, pointer(call, 0), handle);
  return returned(win32::STATUS_SUCCESS);
}

/// Opens what has the name already, or makes it: every Create call of an object that can be named.
template <typename Make>
Outcome create(GateCall& call, ObjectKind kind, Make make) {
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

Outcome open(GateCall& call, ObjectKind kind) {
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

/// Set, reset and release can tell the state before; the lab's objects do not keep it.
std::optional<Outcome> refuse_previous(GateCall& call, std::size_t index, const char* what) {
  if (pointer(call, index) == GuestAddr{}) return std::nullopt;
  return Unmodelled{std::string("the previous state that ") + what + " can return"};
}

}  // namespace

Outcome NtCreateEvent(GateCall& call) {
  const std::uint32_t type = call.argument[3];
  if (type != kNotificationEvent && type != kSynchronizationEvent) {
    return returned(STATUS_INVALID_PARAMETER_4);
  }
  const bool signalled = (call.argument[4] & 0xff) != 0;
  return create(call, ObjectKind::Event,
                [&] { return call.kernel.create_event(type == kNotificationEvent, signalled); });
}

Outcome NtSetEvent(GateCall& call) {
  if (auto refused = refuse_previous(call, 1, "NtSetEvent")) return *refused;
  return returned(call.kernel.set_event(call.argument[0]));
}

Outcome NtResetEvent(GateCall& call) {
  if (auto refused = refuse_previous(call, 1, "NtResetEvent")) return *refused;
  return returned(call.kernel.reset_event(call.argument[0]));
}

Outcome NtClearEvent(GateCall& call) {
  return returned(call.kernel.reset_event(call.argument[0]));
}

Outcome NtCreateSemaphore(GateCall& call) {
  const auto count = static_cast<std::int32_t>(call.argument[3]);
  const auto limit = static_cast<std::int32_t>(call.argument[4]);
  if (count < 0 || limit <= 0 || count > limit) return returned(win32::STATUS_INVALID_PARAMETER);
  return create(call, ObjectKind::Semaphore,
                [&] { return call.kernel.create_semaphore(count, limit); });
}

Outcome NtReleaseSemaphore(GateCall& call) {
  const auto count = static_cast<std::int32_t>(call.argument[1]);
  const GuestAddr previous_out = pointer(call, 2);
  if (count <= 0) return returned(win32::STATUS_INVALID_PARAMETER);
  if (previous_out != GuestAddr{}) {
    if (auto fault = probe_write(call, previous_out, 4)) return returned(status_of_fault(*fault));
  }
  std::int32_t previous = 0;
  const NtStatus status = call.kernel.release_semaphore(call.argument[0], count, previous);
  if (status == win32::STATUS_SUCCESS && previous_out != GuestAddr{}) {
    write_probed(call, previous_out, previous);
  }
  return returned(status);
}

Outcome NtCreateMutant(GateCall& call) {
  return create(call, ObjectKind::Mutex,
                [&] { return call.kernel.create_mutex((call.argument[3] & 0xff) != 0); });
}

Outcome NtOpenEvent(GateCall& call) {
  return open(call, ObjectKind::Event);
}
Outcome NtOpenSemaphore(GateCall& call) {
  return open(call, ObjectKind::Semaphore);
}
Outcome NtOpenMutant(GateCall& call) {
  return open(call, ObjectKind::Mutex);
}

Outcome NtReleaseMutant(GateCall& call) {
  if (auto refused = refuse_previous(call, 1, "NtReleaseMutant")) return *refused;
  return returned(call.kernel.release_mutex(call.argument[0]));
}

Outcome NtDuplicateObject(GateCall& call) {
  const Handle from_process = call.argument[0], handle = call.argument[1];
  const Handle to_process = call.argument[2];
  const GuestAddr out = pointer(call, 3);
  const std::uint32_t options = call.argument[6];
  if (from_process != kCurrentProcess || to_process != kCurrentProcess) {
    return returned(win32::STATUS_INVALID_HANDLE);
  }
  if (out != GuestAddr{}) {
    if (auto fault = probe_write(call, out, 4)) return returned(status_of_fault(*fault));
  }
  if ((options & ~(kDuplicateSameAccess | kDuplicateCloseSource)) != 0) {
    return Unmodelled{"options of NtDuplicateObject"};
  }
  if (handle == kCurrentProcess) return Unmodelled{"a real handle of the process"};
  const auto duplicate = call.kernel.duplicate_handle(handle);
  if (!duplicate) return returned(win32::STATUS_INVALID_HANDLE);
  if ((options & kDuplicateCloseSource) != 0) {
    static_cast<void>(call.kernel.close_handle(handle));
  }
  constexpr std::uint32_t kObjInherit = 2;
  if ((call.argument[5] & kObjInherit) != 0) {
    static_cast<void>(call.kernel.set_handle_flags(*duplicate, kHandleInherited));
  }
  if (out != GuestAddr{}) write_probed(call, out, *duplicate);
  return returned(win32::STATUS_SUCCESS);
}

Outcome NtClose(GateCall& call) {
  const Handle handle = call.argument[0];
  // The pseudo handles name nothing that could be closed.
  if (handle == kCurrentProcess || handle == kCurrentThread) {
    return returned(win32::STATUS_SUCCESS);
  }
  return returned(call.kernel.close_handle(handle));
}

}  // namespace sehlab::services::gates
