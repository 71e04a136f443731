// The XML that GDB reads. Expectations: GDB manual, G.2 and E.15, and facts/debugger.md.
#include "host/gdb/target_description.hpp"

#include <doctest/doctest.h>

#include <vector>

namespace sehlab::gdb {
namespace {

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("The description lists each register once and names no operating system") {
  const std::string xml = target_description();
  CHECK(count(xml, "<reg ") == register_list().size());
  CHECK(count(xml, "<feature ") == count(xml, "</feature>"));
  CHECK(count(xml, "<architecture>i386</architecture>") == 1);
  CHECK(count(xml, "osabi") == 0);
}

TEST_CASE("Images are listed with their files and addresses, whatever their names hold") {
  const std::vector<LoadedImage> images{{"/g/ntdll.dll", GuestAddr{0x77001000}},
                                        {"/a \"<&>\n.dll", GuestAddr{0x1000}}};
  const std::string xml = library_list(images);
  CHECK(xml.find("<library name=\"/g/ntdll.dll\"><segment address=\"0x77001000\"/></library>") !=
        xml.npos);
  CHECK(xml.find("name=\"/a &quot;&lt;&amp;>?.dll\"") != xml.npos);
  CHECK(library_list({}) == "<library-list>\n</library-list>\n");
}

}  // namespace sehlab::gdb
