// Text in XML. Source: XML 1.0 (fifth edition), 2.2 "Characters", 2.4 and 3.3.3.
#include "host/scenario/xml.hpp"

#include <doctest/doctest.h>

using sehlab::scenario::xml;

TEST_SUITE_BEGIN("scenario");

TEST_CASE("what has a meaning in XML is named") {
  CHECK(xml("a<b>&\"c\"") == "a&lt;b&gt;&amp;&quot;c&quot;");
  CHECK(xml("]]>") == "]]&gt;");
  CHECK(xml("") == "");
}

TEST_CASE("a new line stays one in an attribute too") {
  CHECK(xml("a\nb\tc") == "a&#10;b\tc");
}

TEST_CASE("what XML forbids is replaced") {
  const std::string replaced = "\xEF\xBF\xBD";
  CHECK(xml(std::string("a\0b", 3)) == "a" + replaced + "b");
  CHECK(xml("\x1b[31m") == replaced + "[31m");
  CHECK(xml("\r") == replaced);
  CHECK(xml("\xff") == replaced);
  CHECK(xml("\xC3") == replaced);                                // a sequence without its end
  CHECK(xml("\xED\xA0\x80").find('\xED') == std::string::npos);  // a surrogate
  CHECK(xml("\xEF\xBF\xBE") == replaced);                        // U+FFFE
  CHECK(xml("\xEF\xBF\xBF") == replaced);                        // U+FFFF
  CHECK(xml("ä…😀") == "ä…😀");
}

TEST_SUITE_END();
