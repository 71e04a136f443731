#include "host/report/page.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "host/report/page_parts.hpp"
#include "tests/trace/trace_maker.hpp"

using namespace sehlab;
using namespace sehlab::report;
using namespace sehlab::trace;

namespace {

std::string page_of(const TraceMaker& maker, const PageFacts& facts,
                    const Moments* moments = nullptr) {
  PageTrace trace;
  maker.tell(trace);
  std::ostringstream out;
  write_page(out, facts, trace, moments);
  return out.str();
}

std::size_t count(const std::string& text, const std::string& what) {
  std::size_t found = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1))
    ++found;
  return found;
}

nlohmann::json data_of(const std::string& page, const std::string& id) {
  const std::string begin = "<script type=\"application/json\" id=\"" + id + "\">";
  const std::size_t from = page.find(begin) + begin.size();
  return nlohmann::json::parse(page.substr(from, page.find("</script>", from) - from));
}

/// A word that would leave the element that it stands in.
const std::string kHostile = "</script><img src=x onerror=alert(1)>";

TraceMaker hostile() {
  TraceMaker trace;
  trace.linked({{0x19fe94, place(0x403000, kHostile)}}, kHostile);
  trace.emit(GateCalled{kHostile, kHostile, place(1, kHostile)})
      .emit(OutputWritten{false, kHostile});
  trace.emit(ImageMapped{kHostile, {}}).emit(DefectFound{.defect = kHostile, .left_by = kHostile});
  return trace;
}

}  // namespace

TEST_SUITE_BEGIN("report");

TEST_CASE("a guest's names do not become markup of the page") {
  Moments moments;
  Moment moment;
  moment.code = {{GuestAddr{1}, kHostile, kHostile, kHostile, kHostile}};
  moments.add(moment);
  moments.name(GuestAddr{7}, kHostile);
  const std::string plain = page_of({}, {"x", false, {}});
  const std::string page = page_of(hostile(), {kHostile, true, {{"program", kHostile}}}, &moments);
  // As many tags as a page without any text has: HTML knows no way to begin one without "<".
  CHECK(count(page, "<") == count(plain, "<"));
  CHECK(data_of(page, "data-facts")["title"] == kHostile);
}

TEST_CASE("the page needs nothing but itself") {
  const std::string page = page_of({}, {"x", false, {}});
  for (const char* outside : {"http:", "src=", "@import", "url(", "<link", "fetch("}) {
    CAPTURE(outside);
    // The one address is the name of SVG's namespace, which nothing loads.
    CHECK(count(page, outside) == (std::string(outside) == "http:" ? 1 : 0));
  }
  // Public sources, which are links that a reader may follow; the policy lets the page load
  // nothing.
  const std::size_t links = count(page, "\"https://learn.microsoft.com/") +
                            count(page, "\"https://msrc.microsoft.com/") +
                            count(page, "\"https://github.com/golang/go/");
  CHECK(links == 3);
  CHECK(count(page, "https:") == links);
  CHECK(page.find("default-src 'none'") != std::string::npos);
}

TEST_CASE("markup comes by no way but text nodes") {
  for (const std::string_view script : page_scripts()) {
    for (const char* way :
         {"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("}) {
      CAPTURE(way);
      CHECK(script.find(way) == std::string_view::npos);
    }
  }
}

TEST_CASE("all parts are in the page, and all of its data can be read") {
  const std::string page = page_of(hostile(), {"go.exe", true, {{"seed", "7"}}});
  CHECK(page.find("<!--{") == std::string::npos);
  for (const std::string_view part : page_scripts()) CHECK(page.find(part) != std::string::npos);
  for (const std::string_view part : page_styles()) CHECK(page.find(part) != std::string::npos);
  CHECK(data_of(page, "data-facts")["facts"][0] == nlohmann::json{"seed", "7"});
  CHECK(data_of(page, "data-trace")["events"] == 4);
  CHECK(data_of(page, "data-words").is_array());
  CHECK(data_of(page, "data-moments").is_null());
}
