// The table of gates, and the images that carry its stubs.
#include "host/services/gate_table.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <set>

#include "host/load/image.hpp"
#include "host/services/kernel.hpp"

using namespace sehlab;
using namespace sehlab::services;

namespace {

load::Image guest_image(const std::string& name) {
  auto image = load::read_image(std::filesystem::path(SEHLAB_BINARY_DIR) / "guest" / name);
  REQUIRE_MESSAGE(image.has_value(), "build the guest images first");
  return *std::move(image);
}

std::uint32_t word(std::span<const std::byte> bytes, std::size_t at) {
  REQUIRE(at + 4 <= bytes.size());
  std::uint32_t value = 0;
  std::memcpy(&value, bytes.data() + at, 4);
  return value;
}

/// Bytes of the image at `rva`, from the section's data.
std::span<const std::byte> bytes_at(const load::Image& image, std::uint32_t rva) {
  const load::Section* section = image.section_at(rva);
  REQUIRE(section != nullptr);
  return image.data(*section).subspan(rva - section->rva);
}

}  // namespace

TEST_SUITE("services") {
  TEST_CASE("every gate has a name of its own and whole words of arguments") {
    std::set<std::string_view> names;
    for (const GateInfo& info : gate_infos()) {
      CHECK(names.insert(info.name).second);
      CHECK(info.argument_bytes % 4 == 0);
      CHECK(info.argument_bytes <= 64);
    }
    CHECK(gate_info(static_cast<std::uint32_t>(gate_infos().size())) == nullptr);
    CHECK(gate_info(static_cast<std::uint32_t>(Gate::NtClose))->name == "NtClose");
  }

  TEST_CASE("exception dispatch is nobody's service, and everything else is") {
    const std::set<std::string_view> dispatch{"KiUserExceptionDispatcher",
                                              "RtlpExecuteHandlerReturn",
                                              "RtlpVectoredHandlerReturn",
                                              "RtlpInsertVectoredHandler",
                                              "RtlpRemoveVectoredHandler",
                                              "RtlpExceptionProtector",
                                              "RtlpUnwindProtector",
                                              "RtlRaiseException",
                                              "RtlRaiseStatus",
                                              "RtlUnwind",
                                              "NtRaiseException",
                                              "NtContinue",
                                              "RtlCaptureContext",
                                              "NtGetContextThread",
                                              "NtSetContextThread"};
    for (std::uint32_t i = 0; i < gate_infos().size(); ++i) {
      const bool served = service_of(i) != nullptr;
      CHECK(served != dispatch.contains(gate_infos()[i].name));
    }
    const bool beyond = service_of(static_cast<std::uint32_t>(gate_infos().size())) != nullptr;
    CHECK_FALSE(beyond);
  }

  TEST_CASE("ntdll has one stub a gate: the lab's interrupt and the return that it needs") {
    const load::Image ntdll = guest_image("ntdll.dll");
    const load::Section* section = ntdll.find_section(".gates");
    REQUIRE(section != nullptr);
    const auto table = ntdll.data(*section).first(section->size);
    REQUIRE(table.size() == gate_infos().size() * 8);
    for (std::uint32_t i = 0; i < gate_infos().size(); ++i) {
      const GateInfo& info = gate_infos()[i];
      CAPTURE(info.name);
      CHECK(word(table, i * 8) == i);
      const std::uint32_t rva = word(table, i * 8 + 4);
      const auto code = bytes_at(ntdll, rva);
      // Intel SDM vol. 2: CD ib is INT; C2 iw is RET and pops as many bytes.
      CHECK((word(code, 0) & 0xffff) == (0xcd | LAB_GATE_VECTOR << 8));
      if (std::to_integer<int>(code[2]) == 0xc2) {
        CHECK((word(code, 2) >> 8 & 0xffff) == info.argument_bytes);
      }
      const load::Export* exported = ntdll.find_export(info.name);
      REQUIRE(exported != nullptr);
      CHECK(exported->rva == rva);
    }
  }

  TEST_CASE("the handlers of the dispatcher and of the base frame are in ntdll's SafeSEH table") {
    const load::Image ntdll = guest_image("ntdll.dll");
    REQUIRE(ntdll.load_config.has_value());
    REQUIRE(ntdll.load_config->safeseh.has_value());
    const auto& table = *ntdll.load_config->safeseh;
    for (const char* name :
         {"RtlpExceptionProtector", "RtlpUnwindProtector", "FinalExceptionHandler"}) {
      CAPTURE(name);
      const load::Export* handler = ntdll.find_export(name);
      REQUIRE(handler != nullptr);
      CHECK(std::find(table.begin(), table.end(), handler->rva) != table.end());
    }
    // And those of the runtime's __try: _except_handler3 and the guard of _local_unwind2.
    CHECK(table.size() == 5);
    CHECK_FALSE(ntdll.no_seh());
  }

  TEST_CASE("the system DLLs are DLLs with SafeSEH tables whose addresses do not overlap") {
    std::set<std::uint32_t> megabytes;
    for (const char* name : {"ntdll.dll", "kernel32.dll", "kernelbase.dll", "user32.dll"}) {
      CAPTURE(name);
      const load::Image image = guest_image(name);
      CHECK(image.is_dll());
      CHECK(image.load_config.has_value());
      CHECK(image.size < 0x100000);
      CHECK(megabytes.insert(image.preferred_base.value >> 20).second);
    }
  }

  TEST_CASE("every Nt function of ntdll has its Zw name at the same address") {
    const load::Image ntdll = guest_image("ntdll.dll");
    std::size_t pairs = 0;
    for (const load::Export& function : ntdll.exports) {
      if (!function.name.starts_with("Nt")) continue;
      const load::Export* zw = ntdll.find_export("Zw" + std::string(function.name.substr(2)));
      REQUIRE(zw != nullptr);
      CHECK(zw->rva == function.rva);
      ++pairs;
    }
    CHECK(pairs > 0);
  }

  TEST_CASE("kernelbase forwards all that kernel32 exports") {
    const load::Image kernel32 = guest_image("kernel32.dll");
    const load::Image kernelbase = guest_image("kernelbase.dll");
    for (const load::Export& function : kernel32.exports) {
      const load::Export* forward = kernelbase.find_export(function.name);
      REQUIRE(forward != nullptr);
      CHECK(forward->forwarder == "KERNEL32." + std::string(function.name));
    }
  }
}
