#include "host/gdb/target_description.hpp"

#include <fmt/format.h>

#include <string_view>

#include "host/gdb/register_block.hpp"

namespace sehlab::gdb {
namespace {

/// Types that a feature needs beside GDB's own.
std::string types_of(std::string_view feature) {
  if (feature == "org.gnu.gdb.i386.core") {
    return R"(<flags id="i386_eflags" size="4">
<field name="" start="22" end="31"/><field name="CF" start="0" end="0"/>
<field name="" start="1" end="1"/><field name="PF" start="2" end="2"/>
<field name="AF" start="4" end="4"/><field name="ZF" start="6" end="6"/>
<field name="SF" start="7" end="7"/><field name="TF" start="8" end="8"/>
<field name="IF" start="9" end="9"/><field name="DF" start="10" end="10"/>
<field name="OF" start="11" end="11"/><field name="NT" start="14" end="14"/>
<field name="RF" start="16" end="16"/><field name="VM" start="17" end="17"/>
<field name="AC" start="18" end="18"/><field name="ID" start="21" end="21"/></flags>
)";
  }
  if (feature == "org.gnu.gdb.i386.sse") {
    return R"(<vector id="v4f" type="ieee_single" count="4"/>
<vector id="v2d" type="ieee_double" count="2"/><vector id="v16i8" type="int8" count="16"/>
<vector id="v8i16" type="int16" count="8"/><vector id="v4i32" type="int32" count="4"/>
<vector id="v2i64" type="int64" count="2"/>
<union id="vec128"><field name="v4_float" type="v4f"/><field name="v2_double" type="v2d"/>
<field name="v16_int8" type="v16i8"/><field name="v8_int16" type="v8i16"/>
<field name="v4_int32" type="v4i32"/><field name="v2_int64" type="v2i64"/>
<field name="uint128" type="uint128"/></union>
<flags id="i386_mxcsr" size="4">
<field name="IE" start="0" end="0"/><field name="DE" start="1" end="1"/>
<field name="ZE" start="2" end="2"/><field name="OE" start="3" end="3"/>
<field name="UE" start="4" end="4"/><field name="PE" start="5" end="5"/>
<field name="DAZ" start="6" end="6"/><field name="IM" start="7" end="7"/>
<field name="DM" start="8" end="8"/><field name="ZM" start="9" end="9"/>
<field name="OM" start="10" end="10"/><field name="UM" start="11" end="11"/>
<field name="PM" start="12" end="12"/><field name="FZ" start="15" end="15"/></flags>
)";
  }
  return {};
}

std::string attribute(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      default:
        safe += static_cast<unsigned char>(c) < ' ' ? '?' : c;
    }
  }
  return safe;
}

}  // namespace

std::string target_description() {
  std::string xml =
      "<?xml version=\"1.0\"?>\n<!DOCTYPE target SYSTEM \"gdb-target.dtd\">\n"
      "<target version=\"1.0\">\n<architecture>i386</architecture>\n";
  std::string_view feature;
  for (const RegisterInfo& info : register_list()) {
    if (feature != info.feature) {
      if (!feature.empty()) xml += "</feature>\n";
      feature = info.feature;
      xml += fmt::format("<feature name=\"{}\">\n{}", feature, types_of(feature));
    }
    const bool control = std::string_view(info.type) == "int";
    xml += fmt::format("<reg name=\"{}\" bitsize=\"{}\" type=\"{}\"{}/>\n", info.name, info.bits,
                       info.type, control ? " group=\"float\"" : "");
  }
  return xml + "</feature>\n</target>\n";
}

std::string library_list(std::span<const LoadedImage> images) {
  std::string xml = "<library-list>\n";
  for (const LoadedImage& image : images) {
    xml += fmt::format("<library name=\"{}\"><segment address=\"{:#x}\"/></library>\n",
                       attribute(image.file), image.code.value);
  }
  return xml + "</library-list>\n";
}

}  // namespace sehlab::gdb
