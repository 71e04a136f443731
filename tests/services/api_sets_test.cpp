// Sources: Microsoft, "Universal CRT deployment" (the runtime's sets), "Windows API sets" and "API
// set loader operation" (minor versions).
#include "host/services/api_sets.hpp"

#include <doctest/doctest.h>

using namespace sehlab::services;

TEST_SUITE("services") {
  TEST_CASE("the C runtime's API sets are hosted by ucrtbase, whatever their minor version") {
    CHECK(api_set_host("api-ms-win-crt-runtime-l1-1-0.dll") == "ucrtbase.dll");
    CHECK(api_set_host("api-ms-win-crt-stdio-l1-1-0.dll") == "ucrtbase.dll");
    CHECK(api_set_host("api-ms-win-crt-string-l1-1-12.dll") == "ucrtbase.dll");
  }

  TEST_CASE("the system's API sets are hosted by kernelbase, a few by others") {
    CHECK(api_set_host("api-ms-win-core-synch-l1-2-0.dll") == "kernelbase.dll");
    CHECK(api_set_host("api-ms-win-core-rtlsupport-l1-1-0.dll") == "ntdll.dll");
    CHECK(api_set_host("api-ms-win-core-kernel32-legacy-l1-1-5.dll") == "kernel32.dll");
  }

  TEST_CASE("other names are no API sets") {
    for (const char* name :
         {"ucrtbase.dll", "api-ms-win-crt-nosuch-l1-1-0.dll", "api-ms-win-crt-stdio-l2-1-0.dll",
          "api-ms-win-crt-stdio-l1-1.dll", "api-ms-win-crt-stdio-l1-1-x.dll", "api-ms-win-crt-",
          "api-ms-win-crt-stdio-l1-1-0", "ext-ms-win-ntuser-window-l1-1-0.dll", ""}) {
      CAPTURE(name);
      CHECK_FALSE(api_set_host(name));
    }
  }
}
