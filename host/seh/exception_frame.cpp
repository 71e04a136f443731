#include "host/seh/exception_frame.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <span>

namespace sehlab::seh {

MaybeFault lay_exception_frame(const Cpu& cpu, GuestAddr esp, const win32::ExceptionRecord& record,
                               const win32::Context& context, ExceptionFrame& frame) {
  constexpr std::size_t kHeader = offsetof(win32::ExceptionRecord, ExceptionInformation);
  constexpr std::size_t kMost =
      sizeof(win32::ExceptionPointers) + sizeof(win32::ExceptionRecord) + sizeof(win32::Context);
  const std::uint32_t parameters =
      std::min(record.NumberParameters, win32::EXCEPTION_MAXIMUM_PARAMETERS);
  const auto record_bytes =
      static_cast<std::uint32_t>(kHeader + parameters * sizeof(std::uint32_t));
  frame.context = GuestAddr{esp.value & ~3u} - sizeof(win32::Context);
  frame.record = frame.context - record_bytes;
  frame.stack = frame.record - sizeof(win32::ExceptionPointers);

  const win32::ExceptionPointers pointers{frame.record.value, frame.context.value};
  std::array<std::byte, kMost> bytes;
  std::byte* at = bytes.data();
  const auto put = [&at](const void* from, std::size_t size) {
    std::memcpy(at, from, size);
    at += size;
  };
  put(&pointers, sizeof(pointers));
  put(&record, record_bytes);
  put(&context, sizeof(context));
  return cpu.memory.write(frame.stack, std::span(bytes.data(), at));
}

}  // namespace sehlab::seh
