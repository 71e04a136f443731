#include "host/report/page.hpp"

#include <string_view>

#include "host/report/page_bytes.hpp"
#include "host/report/page_parts.hpp"
#include "host/trace/plain.hpp"

namespace sehlab::report {
namespace {

void write_facts(std::ostream& out, const PageFacts& facts) {
  out << "{\"title\":" << page_string(trace::printable(facts.title, 400))
      << ",\"from_run\":" << (facts.from_run ? "true" : "false") << ",\"facts\":[";
  const char* between = "";
  for (const auto& [name, value] : facts.facts) {
    out << between << '[' << page_string(name) << ',' << page_string(trace::printable(value, 1000))
        << ']';
    between = ",";
  }
  out << "]}";
}

template <class Write>
void data_block(std::ostream& out, const char* id, Write write) {
  out << "<script type=\"application/json\" id=\"" << id << "\">";
  write();
  out << "</script>\n";
}

}  // namespace

void write_page(std::ostream& out, const PageFacts& facts, PageTrace& trace,
                const Moments* moments) {
  std::string_view html = page_html();
  while (!html.empty()) {
    const std::size_t mark = html.find("<!--{");
    out << html.substr(0, mark);
    if (mark == std::string_view::npos) break;
    html.remove_prefix(mark);
    const std::size_t end = html.find("}-->");
    const std::string_view what = html.substr(5, end - 5);
    html.remove_prefix(end + 4);
    if (what == "style") {
      for (const std::string_view part : page_styles()) out << part;
    } else if (what == "scripts") {
      for (const std::string_view part : page_scripts()) out << part;
    }
    if (what == "data") {
      data_block(out, "data-facts", [&] { write_facts(out, facts); });
      data_block(out, "data-trace", [&] { trace.write(out); });
      data_block(out, "data-words", [&] { trace.words().write(out); });
      data_block(out, "data-moments", [&] {
        if (moments != nullptr) moments->write(out);
        if (moments == nullptr) out << "null";
      });
    }
  }
}

}  // namespace sehlab::report
