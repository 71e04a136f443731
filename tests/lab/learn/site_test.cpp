// The site: whole, the same each time, and in need of nothing but itself.
#include "host/lab/learn/site.hpp"

#include <doctest/doctest.h>

#include <map>
#include <set>

#include "tests/lab/learn/course_rig.hpp"

namespace sehlab::lab {
namespace {

namespace fs = std::filesystem;

std::map<std::string, std::string> files_of(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    files[entry.path().filename().string()] = text_of(entry.path());
  }
  return files;
}

std::map<std::string, std::string> site_of(const Course& course,
                                           const std::vector<Lesson>& lessons) {
  const ScratchFolder folder = scratch();
  const auto failed = write_site(course.kit, lessons, folder.path() / "site");
  REQUIRE_MESSAGE(failed.has_value(), (failed ? "" : failed.error().text()));
  CHECK(failed->empty());
  return files_of(folder.path() / "site");
}

/// Where the attribute's values in a page lead to.
std::vector<std::string> targets(const std::string& page, const std::string& attribute) {
  std::vector<std::string> found;
  const std::string mark = " " + attribute + "=\"";
  for (std::size_t at = page.find(mark); at != page.npos; at = page.find(mark, at + 1)) {
    const std::size_t from = at + mark.size();
    found.push_back(page.substr(from, page.find('"', from) - from));
  }
  return found;
}

}  // namespace

TEST_SUITE("learn") {
  TEST_CASE("the site has a page a lesson and an index and the words and every link leads there") {
    const Course course;
    const std::vector<Lesson> some{course.number(1), course.number(10), course.number(16)};
    const auto files = site_of(course, some);
    CHECK(files.size() == some.size() + 3);
    std::map<std::string, std::set<std::string>> ids;
    for (const auto& [name, page] : files) {
      for (const std::string& id : targets(page, "id")) CHECK(ids[name].insert(id).second);
    }
    for (const auto& each : files) {
      const auto& name = each.first;
      const auto& page = each.second;
      CAPTURE(name);
      for (const std::string& target : targets(page, "href")) {
        CAPTURE(target);
        const std::size_t hash = std::min(target.find('#'), target.size());
        CHECK(files.contains(target.substr(0, hash)));
        if (hash < target.size())
          CHECK(ids[target.substr(0, hash)].contains(target.substr(hash + 1)));
      }
      CHECK(page.find("<script") == page.npos);
      CHECK(page.find("url(") == page.npos);
      CHECK(page.find("@import") == page.npos);
      CHECK(targets(page, "src").empty());
    }
    // The answer is closed until it is asked for.
    const std::string& page = files.at(course.number(1).name + ".html");
    const std::size_t trace = page.find("class=\"trace\"");
    CHECK(page.rfind("<details>", trace) > page.find("Before you look"));
    CHECK(page.find("</details>") > trace);
  }

  TEST_CASE("the same course gives the same bytes with no path of the machine in them") {
    const Course course;
    const std::vector<Lesson> some{course.number(2), course.number(10)};
    const auto files = site_of(course, some);
    CHECK(files == site_of(course, some));
    for (const auto& each : files) {
      const auto& name = each.first;
      const auto& page = each.second;
      CAPTURE(name);
      CHECK(page.find(SEHLAB_SOURCE_DIR) == page.npos);
      CHECK(page.find(fs::temp_directory_path().string() + "/") == page.npos);
    }
  }
}

}  // namespace sehlab::lab
