// Names as Windows compares them. Expectations: Unicode's UnicodeData.txt (simple case mappings)
// and CP1252.TXT, and ntdll's rule that a letter maps only where the mapping leads back.
#include "host/services/name_case.hpp"

#include <doctest/doctest.h>

#include <clocale>
#include <string>

namespace sehlab::services {

TEST_SUITE("services") {
  TEST_CASE("names are the same in capital and small letters of every alphabet") {
    CHECK(folded_name("KERNEL32.DLL") == "kernel32.dll");
    CHECK(folded_name("ÄÖÜ.dll") == folded_name("äöü.DLL"));  // 00c4 and 00e4 …
    CHECK(folded_name("ПРИВЕТ.dll") == "привет.dll");         // Cyrillic: 0430 is 0410 + 20
    CHECK(folded_name("ΑΒΓ") == "αβγ");                       // Greek: 03b1 is 0391 + 20
    CHECK(folded_name("Ÿ") == "ÿ");                           // 0178 and 00ff
    CHECK(folded_name("漢字.DLL") == "漢字.dll");             // no case
    CHECK(folded_name("ß") == "ß");  // no capital of one unit: 1e9e is another
    CHECK(folded_name("Ä") != folded_name("A"));
  }

  TEST_CASE("what takes two units has no case, and bytes that are no UTF-8 stay") {
    CHECK(folded_name("\xf0\x90\x90\x80") == "\xf0\x90\x90\x80");  // U+10400, a capital in Unicode
    CHECK(folded_name("A\xe4Z") == "a\xe4z");                      // 1252's ä
    CHECK(folded_name("A\xc3") == "a\xc3");                        // half of one
    CHECK(folded_name("\xc1\x81\xed\xa0\x80") == "\xc1\x81\xed\xa0\x80");  // too long; a surrogate
  }

  TEST_CASE("the host's locale changes no name: Turkish has another i") {
    // Where no such locale is installed, setlocale refuses and "C" is what is tested.
    const std::string before = std::setlocale(LC_ALL, nullptr);
    for (const char* locale : {"tr_TR.UTF-8", "tr_TR.ISO-8859-9", "C"}) {
      static_cast<void>(std::setlocale(LC_ALL, locale));
      CHECK(folded_name("KERNEL32I.DLL") == "kernel32i.dll");
    }
    std::setlocale(LC_ALL, before.c_str());
  }

  TEST_CASE("UTF-8 becomes UTF-16, two units where one does not do") {
    CHECK(utf16_of("aä漢") == u"aä漢");
    CHECK(utf16_of("\xf0\x9f\x98\x80") == u"\xd83d\xde00");  // U+1F600, the Unicode Standard, 3.9
    CHECK(utf16_of("a\xff") == u"a\xfffd");
  }

  TEST_CASE("bytes of an image are of code page 1252") {
    CHECK(utf8_of_ansi("plain.dll") == "plain.dll");
    CHECK(utf8_of_ansi("\xe4\xd6") == "äÖ");
    CHECK(utf8_of_ansi("\x80\x9f") == "€Ÿ");    // CP1252.TXT
    CHECK(utf8_of_ansi("\x81") == "\xc2\x81");  // free: a C1 control
  }
}

}  // namespace sehlab::services
