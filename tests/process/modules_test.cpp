// Images loaded, bound and unloaded. Sources: Microsoft, "PE Format" (export forwarders),
// LoadLibrary (names with and without extension, a failed load), GetProcAddress, FreeLibrary; "a
// DLL that nobody provides" is docs/limitations.md.
#include "host/process/modules.hpp"

#include "tests/process/modules_rig.hpp"

using namespace sehlab;
using namespace sehlab::process;

TEST_SUITE("process") {
  TEST_CASE("forwarders by name and by ordinal lead to the same function as its own name") {
    ModulesRig rig;
    Module& exports = rig.load("load_exports.dll");
    Module& kernel32 = *rig.modules.find("kernel32");
    const auto target = rig.modules.find_export(kernel32, "GetLastError");
    REQUIRE(target);
    CHECK(rig.modules.find_export(exports, "Forwarded") == target);
    const auto fifth = rig.modules.find_export(kernel32, std::uint16_t{5});
    CHECK(rig.modules.find_export(exports, "ForwardedByOrdinal") == fifth);
    CHECK(rig.modules.find_export(exports, "Plain") ==
          rig.modules.find_export(exports, std::uint16_t{7}));
    CHECK_FALSE(rig.modules.find_export(exports, "plain"));  // names are case-sensitive
    CHECK_FALSE(rig.modules.find_export(exports, std::uint16_t{9}));
  }

  TEST_CASE("forwarders that lead in a circle are no export, and do not hang") {
    ModulesRig rig;
    CHECK_FALSE(rig.modules.find_export(rig.load("modules_forwards.dll"), "There"));
  }

  TEST_CASE("two DLLs that import each other are both loaded and bound") {
    ModulesRig rig;
    Module& left = rig.load("modules_left.dll");
    Module* right = rig.modules.find("modules_right.dll");
    REQUIRE(right != nullptr);
    CHECK(rig.bound(left, "right") == rig.modules.find_export(*right, "right"));
    CHECK(rig.bound(*right, "left") == rig.modules.find_export(left, "left"));
  }

  TEST_CASE("a DLL whose own import is missing is refused by that name, and nothing of it stays") {
    ModulesRig rig;
    const std::size_t before = rig.modules.all().size();
    for (int i = 0; i < 2; ++i) {
      const auto refused = rig.modules.load_dll("modules_needs_missing.dll");
      REQUIRE_FALSE(refused);
      CHECK(refused.error().text().find("nosuch.dll") != std::string::npos);
      CHECK(rig.modules.all().size() == before);
    }
  }

  TEST_CASE("a forwarder into a DLL that cannot be loaded is no export, and leaves nothing") {
    ModulesRig rig;
    Module& forwards = rig.load("modules_forwards.dll");
    CHECK_FALSE(rig.modules.find_export(forwards, "ToMissing"));
    CHECK(rig.modules.find("modules_needs_missing.dll") == nullptr);
    CHECK_FALSE(rig.modules.load_dll("modules_needs_missing.dll"));
  }

  TEST_CASE(
      "an export that nobody provides is one gate that names itself, however it is asked for") {
    ModulesRig rig;
    Module& unknown = rig.load("modules_unknown.dll");
    const GuestAddr gate = rig.bound(unknown, "NobodyHasThis");
    REQUIRE(rig.modules.gates().contains(gate));
    const UnboundImport* import = rig.modules.gates().at(gate).unbound;
    REQUIRE(import != nullptr);
    CHECK(import->dll == "NETAPI32.dll");
    CHECK(import->function == "NobodyHasThis");
    Module& netapi32 = *rig.modules.find("netapi32");
    CHECK(rig.modules.find_export(netapi32, "NobodyHasThis") == gate);
  }

  TEST_CASE(
      "an import by an API set's name binds to the host DLL, or to a gate that names the set") {
    ModulesRig rig;
    Module& user = rig.load("modules_api_set.dll");
    Module* host = rig.modules.find("ucrtbase.dll");
    REQUIRE(host != nullptr);
    CHECK(rig.bound(user, "strcspn") == rig.modules.find_export(*host, "strcspn"));
    const auto gate = rig.modules.gates().find(rig.bound(user, "NobodyHasThis"));
    REQUIRE(gate != rig.modules.gates().end());
    REQUIRE(gate->second.unbound != nullptr);
    CHECK(gate->second.unbound->dll == "api-ms-win-crt-string-l1-1-0.dll");
    CHECK(gate->second.unbound->function == "NobodyHasThis");
  }

  TEST_CASE("an API set's name stands for its host, in a path it is a file's name") {
    ModulesRig rig;
    Module& host = rig.load("API-MS-Win-Core-Synch-L1-2-0");
    CHECK(host.name == "kernelbase.dll");
    CHECK(rig.modules.find("api-ms-win-core-file-l1-1-0.dll") == &host);
    CHECK(rig.modules.find("C:\\x\\api-ms-win-core-file-l1-1-0.dll") == nullptr);
    CHECK(rig.load("api-ms-win-crt-nosuch-l1-1-0").image == nullptr);  // names itself when called
  }

  TEST_CASE("a name without extension means .dll, one with a point at its end none, in any case") {
    ModulesRig rig;
    Module& exports = rig.load("Load_Exports");
    CHECK(rig.modules.find("C:\\x\\LOAD_EXPORTS.DLL") == &exports);
    CHECK(rig.modules.find("load_exports.") == nullptr);
    CHECK_FALSE(rig.modules.load_dll("load_exports."));
  }

  TEST_CASE("a DLL goes with its gates, initializers and TLS index, and comes again") {
    ModulesRig rig;
    const std::size_t initializers = rig.modules.initializers().size();
    const std::size_t images = rig.modules.all().size();
    GuestAddr base;
    for (int i = 0; i < 3; ++i) {
      Module& module = rig.load("modules_tls_1.dll");
      CHECK(rig.modules.tls().size() == 1);
      CHECK(rig.modules.initializers().size() == initializers + 1);
      if (i == 0) base = module.base;
      CHECK(module.base == base);
      CHECK(rig.modules.unload(base));
      CHECK_FALSE(rig.modules.unload(base));
      CHECK(rig.modules.at(base) == nullptr);
      CHECK(rig.modules.initializers().size() == initializers);
      CHECK(rig.modules.all().size() == images);
    }
    CHECK(rig.modules.loads() == images + 3);
  }

  TEST_CASE("two images that want the same address are both loaded, one of them moved") {
    ModulesRig rig;
    const Module& first = rig.load("modules_left.dll");  // all of lld's DLLs want 0x10000000
    const Module& second = rig.load("load_exports.dll");
    CHECK(first.base != second.base);
    CHECK(second.base.aligned(0x10000));
  }

  TEST_CASE("the program cannot be unloaded, nor what is no image's base") {
    ModulesRig rig;
    const GuestAddr program = rig.modules.all().front().base;
    CHECK_FALSE(rig.modules.unload(program));
    CHECK_FALSE(rig.modules.unload(program + 0x1000));
    CHECK(rig.modules.at(program) != nullptr);
  }
}
