// The #include graph of the real tree against the table, and the checker against made-up trees:
// a checker that finds nothing anywhere would pass the first alone.
#include "tests/architecture/include_graph.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>

#include "tests/architecture/include_rules.hpp"

namespace sehlab::architecture {

namespace {

/// A tree that keeps every rule; each test breaks one.
std::vector<SourceFile> good_tree() {
  return {{"emu/engine.cpp", "#include <unicorn/unicorn.h>\n#include \"emu/machine.hpp\"\n"},
          {"emu/decoder.cpp", "#include <capstone/capstone.h>\n"},
          {"emu/guest_addr.hpp", "#include <cstdint>\n"},
          {"emu/machine.hpp", "#include \"emu/guest_addr.hpp\"\n"},
          {"host/trace/event.hpp", "#include \"emu/guest_addr.hpp\"\n"},
          {"host/trace/jsonl_reader.hpp", "#include \"host/trace/event.hpp\"\n"},
          {"host/win32/teb.hpp", "#include <cstddef>\n"},
          {"host/seh/chain.cpp", "#include \"host/trace/event.hpp\"\n"},
          {"guest/include/lab/gates.h", "#include <stdint.h>\n"},
          {"guest/go/proc.c", "#include \"lab/gates.h\"\n"}};
}

/// What the checker says when the file `path` has the text `text` as well.
std::string verdict_with(const std::string& path, const std::string& text) {
  std::vector<SourceFile> tree = good_tree();
  std::erase_if(tree, [&](const SourceFile& file) { return file.path == path; });
  tree.push_back({path, text});
  return to_text(check_includes(tree));
}

}  // namespace

TEST_SUITE("architecture") {
  TEST_CASE("no file of the project includes what its folder must not see") {
    constexpr std::array<std::string_view, 4> kFolders{"emu", "host", "guest", "tests"};
    const std::vector<SourceFile> tree = read_tree(SEHLAB_SOURCE_DIR, kFolders);
    REQUIRE(tree.size() > 50);
    CHECK(to_text(check_includes(tree)) == "");
  }

  TEST_CASE("a tree that keeps the rules gives no finding") {
    CHECK(to_text(check_includes(good_tree())) == "");
  }

  TEST_CASE("a machine that includes the host is found") {
    CHECK(verdict_with("emu/bad.cpp", "\n#include \"host/win32/teb.hpp\"\n") ==
          "emu/bad.cpp:2: emu may not include host/win32/teb.hpp\n");
  }

  TEST_CASE("a dispatcher that includes the processor is found, however the line is spaced") {
    CHECK(verdict_with("host/seh/chain.cpp", "  #  include\t\"emu/machine.hpp\"  // why not\n") ==
          "host/seh/chain.cpp:1: host/seh may not include emu/machine.hpp\n");
  }

  TEST_CASE("a path that takes a detour is found") {
    CHECK(verdict_with("host/seh/chain.cpp", "#include \"../../emu/machine.hpp\"\n") ==
          "host/seh/chain.cpp:1: host/seh may not include emu/machine.hpp\n");
  }

  TEST_CASE("a producer that reads traces back is found") {
    CHECK(verdict_with("host/seh/chain.cpp", "#include \"host/trace/jsonl_reader.hpp\"\n") ==
          "host/seh/chain.cpp:1: host/seh may not include host/trace/jsonl_reader.hpp\n");
  }

  TEST_CASE("a reader of traces that includes the machine is found") {
    CHECK(verdict_with("host/report/bad.cpp", "#include \"emu/machine.hpp\"\n") ==
          "host/report/bad.cpp:1: host/report may not include emu/machine.hpp\n");
  }

  TEST_CASE("guest code that includes the host is found") {
    CHECK(verdict_with("guest/go/proc.c", "#include \"host/win32/teb.hpp\"\n") ==
          "guest/go/proc.c:1: guest may not include host/win32/teb.hpp\n");
  }

  TEST_CASE("host code that includes guest code outside the shared folder is found") {
    CHECK(verdict_with("host/seh/bad.cpp", "#include \"guest/go/proc.c\"\n") ==
          "host/seh/bad.cpp:1: host/seh may not include guest/go/proc.c\n");
  }

  TEST_CASE("a second file that includes Unicorn is found") {
    CHECK(verdict_with("emu/other.cpp", "#include <unicorn/x86.h>\n") ==
          ":0: exactly one source file must include <unicorn/...>, but it is included by 2: "
          "emu/engine.cpp emu/other.cpp\n");
  }

  TEST_CASE("a tree in which nobody includes Capstone is found") {
    CHECK(verdict_with("emu/decoder.cpp", "") ==
          ":0: exactly one source file must include <capstone/...>, but it is included by 0:\n");
  }

  TEST_CASE("Unicorn in the host is found") {
    CHECK(verdict_with("host/seh/chain.cpp", "#include <unicorn/unicorn.h>\n")
              .starts_with("host/seh/chain.cpp:1: <unicorn/unicorn.h> has no place in host/seh\n"));
  }

  TEST_CASE("a library that the table does not know is found") {
    CHECK(verdict_with("host/seh/chain.cpp", "#include <boost/any.hpp>\n") ==
          "host/seh/chain.cpp:1: <boost/any.hpp> is of no library that the table knows\n");
  }

  TEST_CASE("the system DLLs have no C library, programs have what the runtime offers") {
    const std::string stdio = "#include <stdio.h>\n";
    CHECK(verdict_with("guest/system/kernel32/bad.c", stdio) ==
          "guest/system/kernel32/bad.c:1: <stdio.h> has no place in guest/system/kernel32\n");
    CHECK(verdict_with("guest/crt/include/stdio.h", stdio) == "");
    CHECK(verdict_with("guest/programs/bad.c", stdio) ==
          "guest/programs/bad.c:1: <stdio.h> has no place in guest/programs\n");
  }

  TEST_CASE("an include of a macro is found") {
    CHECK(verdict_with("host/seh/chain.cpp", "#include SOME_HEADER\n") ==
          "host/seh/chain.cpp:1: \"SOME_HEADER\" names no file of the tree\n");
  }

  TEST_CASE("a folder that no rule speaks of is found") {
    CHECK(verdict_with("host/newcomer/a.cpp", "") ==
          "host/newcomer/a.cpp:0: no rule speaks of this folder\n");
  }

  TEST_CASE("a file belongs to the longest folder that the table names") {
    REQUIRE(rule_of("guest/include/lab/gates.h") != nullptr);
    CHECK(rule_of("guest/include/lab/gates.h")->folder == "guest/include/lab");
    CHECK(rule_of("guest/go/proc.c")->folder == "guest");
    CHECK(rule_of("emulator/a.cpp") == nullptr);  // not below "emu/"
  }
}

}  // namespace sehlab::architecture
