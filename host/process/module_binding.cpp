// How imports find their exports: by name or ordinal, through forwarders, and for those that
// nobody provides through a gate that says its name when it is called.
#include <charconv>
#include <string>
#include <utility>

#include "host/process/modules.hpp"
#include "host/services/name_case.hpp"

namespace sehlab::process {
namespace {

constexpr int kLongestForwarding = 16;

}  // namespace

Result<> Modules::bind(Module& module, int depth) {
  for (const load::Import& import : module.image->imports) {
    const std::string dll = services::utf8_of_ansi(import.dll);
    const std::string name = image_name(dll);
    const bool nowhere = folders_.stand_ins && find_loaded(name) == nullptr && !find_file(name);
    auto from = nowhere ? make_self_naming(name) : load_any(dll, depth);
    if (!from) {
      Error error = from.error();
      error.what += " (imported by " + module.name + ")";
      return tl::make_unexpected(std::move(error));
    }
    const auto address = import_address(**from, import, depth);
    if (!address) return tl::make_unexpected(address.error());
    if (!space_.raw().put(module.base + import.slot_rva, address->value)) {
      return fail(module.name, "an import slot lies outside the image");
    }
  }
  return {};
}

Result<GuestAddr> Modules::import_address(Module& from, const load::Import& import, int depth) {
  const std::string function =
      import.name.empty() ? "#" + std::to_string(import.ordinal) : std::string(import.name);
  const std::string dll = services::utf8_of_ansi(import.dll);
  if (from.image == nullptr) return self_naming_gate(dll, function);
  const load::Export* found = import.name.empty()
                                  ? from.image->find_export_by_ordinal(import.ordinal)
                                  : from.image->find_export(import.name);
  const auto address = export_address(from, found, depth);
  if (!address) return tl::make_unexpected(address.error());
  if (*address) return **address;
  return self_naming_gate(dll, function);
}

Result<std::optional<GuestAddr>> Modules::export_address(Module& module, const load::Export* found,
                                                         int depth, int hops) {
  if (found == nullptr) return std::nullopt;
  if (found->forwarder.empty()) return module.base + found->rva;
  if (hops > kLongestForwarding) {
    return fail(module.name,
                "its forwarder " + std::string(found->forwarder) + " leads in a circle");
  }
  // "DLL.Name" or "DLL.#12"; the DLL's name may hold dots itself, the function's does not.
  const std::size_t dot = found->forwarder.rfind('.');
  if (dot == found->forwarder.npos) {
    return fail(module.name, "\"" + std::string(found->forwarder) + "\" is no forwarder");
  }
  const std::string dll = services::utf8_of_ansi(found->forwarder.substr(0, dot));
  const std::string_view name = found->forwarder.substr(dot + 1);
  auto target = load_any(dll, depth + 1);
  if (!target) return tl::make_unexpected(target.error());
  if ((*target)->image == nullptr) {
    const auto gate = self_naming_gate(dll, std::string(name));
    if (!gate) return tl::make_unexpected(gate.error());
    return *gate;
  }
  const load::Export* next = nullptr;
  if (name.starts_with('#')) {
    std::uint32_t ordinal = 0;
    std::from_chars(name.data() + 1, name.data() + name.size(), ordinal);
    next = (*target)->image->find_export_by_ordinal(ordinal);
  } else {
    next = (*target)->image->find_export(name);
  }
  return export_address(**target, next, depth + 1, hops + 1);
}

Result<GuestAddr> Modules::self_naming_gate(const std::string& dll, const std::string& function) {
  const auto gate = self_naming_.gate(dll, file_name(dll), function);
  if (!gate) return tl::make_unexpected(gate.error());
  if (gates_.emplace(gate->address, GateTarget{0, gate->import}).second) ++gates_version_;
  return gate->address;
}

std::optional<GuestAddr> Modules::find_export(Module& module, std::string_view name) {
  return find_export(module, module.image ? module.image->find_export(name) : nullptr,
                     std::string(name));
}

std::optional<GuestAddr> Modules::find_export(Module& module, std::uint16_t ordinal) {
  return find_export(module, module.image ? module.image->find_export_by_ordinal(ordinal) : nullptr,
                     "#" + std::to_string(ordinal));
}

std::optional<GuestAddr> Modules::find_export(Module& module, const load::Export* found,
                                              const std::string& function) {
  if (module.image == nullptr) {
    const auto gate = self_naming_gate(module.name, function);
    return gate ? std::optional(*gate) : std::nullopt;
  }
  const auto address = all_or_nothing([&] { return export_address(module, found, 0); });
  return address ? *address : std::nullopt;
}

std::optional<GuestAddr> Modules::find_symbol(const Module& module, std::string_view name) const {
  if (module.symbols == nullptr) return std::nullopt;
  return module.symbols->address_of(name);
}

}  // namespace sehlab::process
