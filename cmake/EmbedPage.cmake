# cmake -DFOLDER=… -DHTML=… -DSTYLES=a,b -DSCRIPTS=a,b -DOUT=… -P EmbedPage.cmake: writes the C++
# file that holds the report's page. Run by the build, so that the page is in the executable and
# needs no file beside it. A literal a file: compilers bound the length of one.
function(append_literals name files)
  string(REPLACE "," ";" files "${files}")
  set(text "constexpr std::string_view k${name}[] = {\n")
  foreach(file IN LISTS files)
    file(READ "${FOLDER}/${file}" content)
    string(APPEND text "    R\"sehlab(${content})sehlab\",\n")
  endforeach()
  set(out "${out}${text}};\n" PARENT_SCOPE)
endfunction()

set(out "#include \"host/report/page_parts.hpp\"\n\nnamespace sehlab::report {\nnamespace {\n\n")
append_literals(Html "${HTML}")
append_literals(Styles "${STYLES}")
append_literals(Scripts "${SCRIPTS}")
string(APPEND out "\n}  // namespace

std::string_view page_html() { return kHtml[0]; }
std::span<const std::string_view> page_styles() { return kStyles; }
std::span<const std::string_view> page_scripts() { return kScripts; }

}  // namespace sehlab::report\n")
file(WRITE "${OUT}" "${out}")
