// Functions of a session's process by their names, and those that the test provides.
#include <fmt/format.h>

#include <optional>
#include <utility>

#include "host/api/session.hpp"
#include "host/inject/places.hpp"
#include "host/inject/value.hpp"
#include "host/load/decorated_export.hpp"
#include "host/load/image.hpp"

namespace sehlab {
namespace {

/// It only says that it is that function of that DLL.
bool is_gate_of(const process::GateTarget& gate, const std::string& dll, const std::string& name) {
  return gate.unbound != nullptr && load::is_called(gate.unbound->function, name) &&
         process::file_name(gate.unbound->dll) == process::file_name(dll);
}

}  // namespace

process::Module* Session::image_called(const std::string& name) {
  const bool own = process::lower_case(name) == image_;
  return process_->modules().find(own ? image_file_.filename().string() : name);
}

Result<GuestAddr> Session::find(const std::string& name) {
  process::Modules& modules = process_->modules();
  std::string image = image_, symbol = name;
  if (const auto mark = name.find('!'); mark != std::string::npos) {
    image = name.substr(0, mark);
    symbol = name.substr(mark + 1);
  } else if (const auto plus = name.rfind('+'); plus != std::string::npos) {
    const std::string module = name.substr(0, plus);
    if (image_called(module) != nullptr) {
      image = module;
      symbol = name.substr(plus);
    }
  }
  std::optional<std::uint64_t> offset = 0;
  if (const auto plus = symbol.rfind('+'); plus != std::string::npos) {
    offset = inject::parse_count(symbol.substr(plus + 1));
    if (!offset || *offset > UINT32_MAX) return fail(name, "what follows '+' is no offset");
    symbol.resize(plus);
  }
  process::Module* module = image_called(image);
  if (module == nullptr) return fail(name, fmt::format("no image {} is loaded", image));
  const auto by = static_cast<std::uint32_t>(*offset);
  if (symbol.empty()) return module->base + by;
  if (!module->image) {
    // A stand-in would make a gate for whatever is asked of it.
    for (const auto& [address, gate] : modules.gates()) {
      if (is_gate_of(gate, module->name, symbol)) return address + by;
    }
    return fail(name, fmt::format("nobody has {}, and nobody calls that of it", module->name));
  }
  if (const auto exported = modules.find_export(*module, symbol)) return *exported + by;
  if (const auto found = modules.find_symbol(*module, symbol)) return *found + by;
  return fail(name, fmt::format("{} has no such export or symbol{}", module->name,
                                inject::near_export(*module->image, symbol)));
}

Result<> Session::provide(const std::string& dll, const std::string& name,
                          const Replacement& replacement) {
  begin_anew();
  process::Modules& modules = process_->modules();
  bool any = false;
  process::Module* module = modules.find(dll);
  if (module != nullptr) {
    const load::Export* exported =
        module->image ? load::find_export_called(*module->image, name) : nullptr;
    if (const auto found = modules.find_export(*module, exported ? exported->name : name)) {
      start_.provided[*found] = replacement;
      any = true;
    }
  }
  // Where nobody has it, the loader has bound it to a gate that only says its name.
  for (const auto& [address, gate] : modules.gates()) {
    if (!is_gate_of(gate, dll, name)) continue;
    start_.provided[address] = replacement;
    any = true;
  }
  if (!any) {
    const bool known = module != nullptr && module->image;
    return fail(dll + "!" + name, "no loaded DLL exports it and no image imports it" +
                                      (known ? inject::near_export(*module->image, name) : ""));
  }
  set_stops();
  // Looking for an export of a stand-in makes a gate, which runs are to find again.
  start_.snapshot = process_->take_snapshot();
  return {};
}

}  // namespace sehlab
