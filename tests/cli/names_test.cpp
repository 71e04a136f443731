// Names that are not ASCII, long paths, and what a lab finds around it: no home, no place to write,
// another locale. Expectations: Windows' documentation of LoadLibrary (names in any case),
// CP1252.TXT, and the tables of docs/cli.md.
#include <doctest/doctest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/cli/run_sehlab.hpp"

namespace sehlab::cli_test {

namespace {

namespace fs = std::filesystem;

/// A copy of an image of build/guest under another name.
std::string copy(const Scratch& scratch, const std::string& image, const std::string& leaf) {
  return scratch.write(leaf, read_file(guest(image)));
}

/// The bytes with one string, which is there exactly once, in place of another as long.
std::string replaced(std::string bytes, const std::string& from, const std::string& to) {
  REQUIRE(from.size() == to.size());
  const std::size_t at = bytes.find(from);
  REQUIRE(at != bytes.npos);
  REQUIRE(bytes.find(from, at + 1) == bytes.npos);
  return bytes.replace(at, from.size(), to);
}

}  // namespace

TEST_SUITE("cli") {
  TEST_CASE("LoadLibraryW finds DLLs whose names are of any alphabet, in any case") {
    const Scratch scratch;
    const std::string program = copy(scratch, "load_named.exe", "prüfung 漢字.exe");
    copy(scratch, "load_exports.dll", "Größe.dll");
    copy(scratch, "load_exports.dll", "漢字.dll");
    copy(scratch, "load_exports.dll", "привет.DLL");
    const Ran ran =
        run_sehlab({"run", program, "GRÖßE.DLL", "漢字", "ПРИВЕТ.dll", "größe", "fehlt_ä.dll"});
    CHECK(ran.err == "");
    CHECK(ran.exit_code == 0);
    // A module's path is in small letters in this lab, as those of ASCII names are.
    CHECK(ran.out ==
          "the program is C:\\lab\\prüfung 漢字.exe\n"
          "GRÖßE.DLL is C:\\lab\\größe.dll, found by its name\n"
          "漢字 is C:\\lab\\漢字.dll, found by its name\n"
          "ПРИВЕТ.dll is C:\\lab\\привет.dll, found by its name\n"
          "größe is C:\\lab\\größe.dll, found by its name\n"
          "fehlt_ä.dll is not loaded, error: 0x0000007e\n");  // ERROR_MOD_NOT_FOUND
  }

  TEST_CASE("a DLL is imported by a name of code page 1252, and found in UTF-8") {
    const Scratch scratch;
    // load_program.exe imports load_exports.dll: 'o' as ö, whose byte is f6.
    const std::string program =
        scratch.write("p.exe", replaced(read_file(guest("load_program.exe")), "load_exports.dll",
                                        "l\xf6"
                                        "ad_exports.dll"));
    const Ran missing = run_sehlab({"run", program});
    CHECK(missing.exit_code == 126);
    CHECK(says(missing.err, "löad_exports\\.dll.*not found"));
    copy(scratch, "load_exports.dll", "LÖad_Exports.dll");
    const Ran plain = run_sehlab({"run", guest("load_program.exe")});
    const Ran ran = run_sehlab({"run", program});
    CHECK(ran.exit_code == plain.exit_code);
    CHECK(ran.out == plain.out);
  }

  TEST_CASE("every file that a run reads and writes may have a name of any alphabet, and spaces") {
    const Scratch scratch;
    const std::string program = copy(scratch, "unhandled.exe", "ä b 漢.exe");
    const fs::path folder = scratch.path("Ordner ü");
    fs::create_directory(folder);
    const auto in = [&](const char* leaf) { return (folder / leaf).string(); };
    const Ran ran = run_sehlab({"run", "--trace=jsonl", "-o", in("spur ö.jsonl"), "--result",
                                in("ergebnis 結果.json"), "--report", in("Bericht ß.html"),
                                "--record", in("Aufnahme é.rec"), program});
    CHECK(ran.exit_code == 139);
    CHECK(says(ran.err, "ä b 漢!"));  // the crash report names the image's functions
    CHECK(read_file(in("spur ö.jsonl")).find("ä b 漢") != std::string::npos);
    CHECK(nlohmann::json::parse(read_file(in("ergebnis 結果.json"))).at("kind") ==
          "unhandled-exception");
    CHECK(read_file(in("Bericht ß.html")).find("ä b 漢") != std::string::npos);
    const Ran again = run_sehlab({"replay", in("Aufnahme é.rec"), "--to", "fault"});
    CAPTURE(again.err);
    CHECK(again.exit_code == 0);
    const Ran page = run_sehlab({"report", in("spur ö.jsonl"), "-o", in("Seite ø.html")});
    CHECK(page.exit_code == 0);
    CHECK(fs::exists(in("Seite ø.html")));
  }

  TEST_CASE("a scenario and its guest may be named in any alphabet") {
    const Scratch scratch;
    copy(scratch, "exit0.exe", "ゲスト.exe");
    const std::string scenario =
        scratch.write("Prüfung é.toml",
                      "title = \"ends – wie erwartet\"\nguest = \"ゲスト.exe\"\n"
                      "source = \"guest/cases/exit0.S\"\n[expect]\nexit = 0\n");
    const Ran ran = run_sehlab({"test", scenario, "--junit", scratch.path("ü.xml")});
    CAPTURE(ran.err);
    CAPTURE(ran.out);
    CHECK(ran.exit_code == 0);
    CHECK(says(ran.out, "ends – wie erwartet"));
    CHECK(read_file(scratch.path("ü.xml")).find("ends – wie erwartet") != std::string::npos);
  }

  TEST_CASE("a name that is not UTF-8 is shown by its bytes and breaks no output") {
    const Scratch scratch;
    // An ä of Latin-1: what an old file system has, and no UTF-8.
    const std::string program = copy(scratch, "unhandled.exe", "latin\xe4.exe");
    const Ran ran = run_sehlab({"run", "--trace=jsonl", "-o", scratch.path("t"), "--result",
                                scratch.path("r"), "--report", scratch.path("h"), program});
    CHECK(ran.exit_code == 139);
    CHECK(nlohmann::json::accept(read_file(scratch.path("r"))));
    const Ran page = run_sehlab({"report", scratch.path("t"), "-o", scratch.path("h2")});
    CHECK(page.exit_code == 0);
    const Ran json = run_sehlab({"sweep", "--fault", "read", "--json", program});
    CHECK(json.exit_code < 1000);  // not ended by a signal
  }

  TEST_CASE("a path of more than 260 characters is no trouble, up to the host's own limit") {
    const Scratch scratch;
    fs::path folder = scratch.path("d");
    while (folder.string().size() < 3000) folder /= std::string(200, 'x');
    fs::create_directories(folder);
    const std::string program = (folder / (std::string(200, 'p') + ".exe")).string();
    fs::copy_file(guest("load_named.exe"), program);
    const Ran ran = run_sehlab({"run", "--result", (folder / "r").string(), program});
    CHECK(ran.exit_code == 0);
    CHECK(ran.out == "the program is C:\\lab\\" + std::string(200, 'p') + ".exe\n");
    CHECK(nlohmann::json::accept(read_file((folder / "r").string())));
    // The longest name that a file can have (NAME_MAX), in the guest's path as well.
    const std::string longest = scratch.path(std::string(251, 'n') + ".exe");
    fs::copy_file(guest("load_named.exe"), longest);
    CHECK(run_sehlab({"run", longest}).out ==
          "the program is C:\\lab\\" + std::string(251, 'n') + ".exe\n");
    const Ran beyond = run_sehlab({"run", "/" + std::string(5000, 'y')});
    CHECK(beyond.exit_code == 126);
    CHECK(says(beyond.err, "File name too long"));
  }
}

}  // namespace sehlab::cli_test
