#include "host/report/page_bytes.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

using namespace sehlab::report;

TEST_SUITE_BEGIN("report");

TEST_CASE("numbers are packed seven bits a byte, the lowest first") {
  // Arithmetic: 300 = 2 * 128 + 44.
  PageBytes bytes;
  bytes.number(0);
  bytes.number(127);
  bytes.number(300);
  CHECK(bytes.bytes() == std::string("\0\x7f\xac\x02", 4));
}

TEST_CASE("a difference has its sign in the lowest bit") {
  PageBytes bytes;
  bytes.difference(10, 13);  // 3 → 6
  bytes.difference(13, 10);  // -3 → 5, as -(5 + 1) / 2
  CHECK(bytes.bytes() == "\x06\x05");
}

TEST_CASE("base64 as in RFC 4648, section 10") {
  CHECK(base64("") == "");
  CHECK(base64("f") == "Zg==");
  CHECK(base64("fo") == "Zm8=");
  CHECK(base64("foo") == "Zm9v");
  CHECK(base64("foobar") == "Zm9vYmFy");
  CHECK(base64("\xff\xfe\xfd") == "//79");
}

TEST_CASE("a string is JSON for the same text and cannot leave its script element") {
  // HTML, 13.2.5.17: "</script" ends a script, "<!--" changes how its end is looked for.
  for (const std::string text : {"</script><img src=x onerror=alert(1)>", "<!-- <script>",
                                 "a \"b\" \\ c\n\t", "ü → \xE2\x80\xA8", "&lt;"}) {
    const std::string written = page_string(text);
    CHECK(written.find('<') == std::string::npos);
    CHECK(nlohmann::json::parse(written) == text);
  }
}

TEST_CASE("bytes that are no UTF-8 become replacement characters") {
  CHECK(nlohmann::json::parse(page_string("a\xff\xc3(")) == "a\xEF\xBF\xBD\xEF\xBF\xBD(");
}
