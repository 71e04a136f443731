#include "host/inject/places.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "host/load/decorated_export.hpp"
#include "host/load/image.hpp"
#include "host/trace/near_miss.hpp"
#include "host/trace/plain.hpp"

namespace sehlab::inject {
namespace {

using process::Module;
using process::Modules;

std::string in_quotes(std::string_view name) {
  return '"' + trace::printable(name, 100) + '"';
}

std::string no_symbol(const load::Symbols& symbols, const std::string& image,
                      std::string_view name) {
  std::vector<std::string_view> names = symbols.names();
  std::ranges::sort(names);
  return fmt::format("{} is no symbol of {}{}", in_quotes(name), image,
                     trace::did_you_mean(name, std::span<const std::string_view>(names)));
}

tl::unexpected<Error> no_image(const Modules& modules, std::string_view name) {
  std::vector<std::string> names;
  for (const Module& module : modules.all()) names.push_back(module.stem);
  std::ranges::sort(names);
  return fail("", fmt::format("no image {} is loaded, and there is no such file to load later{}",
                              in_quotes(name),
                              trace::did_you_mean(name, std::span<const std::string>(names))));
}

/// The image in that file; nullopt: it is none.
std::optional<load::Image> image_of(const std::filesystem::path& file) {
  auto image = load::read_image(file);
  return image ? std::optional(std::move(*image)) : std::nullopt;
}

Result<Sites> symbol_of(const Modules& modules, const Name& name, Search search) {
  if (const Module* module = loaded(modules, name.image)) {
    if (module->symbols == nullptr) {
      return fail("", fmt::format("{} is made of functions that only say their names: "
                                  "at=call:{}!FUNCTION",
                                  module->name, module->stem));
    }
    if (const auto at = module->symbols->address_of(name.symbol)) return Sites{{*at}, {}};
    return fail("", no_symbol(*module->symbols, module->name, name.symbol));
  }
  if (search == Search::Files) {
    const auto file = modules.file_of(name.image);
    if (!file) return no_image(modules, name.image);
    if (const auto image = image_of(*file)) {
      const load::Symbols symbols(*image, image->preferred_base);
      if (!symbols.address_of(name.symbol)) {
        return fail("", no_symbol(symbols, file->filename().string(), name.symbol));
      }
    }
  }
  return Sites{{}, name.image};
}

Result<Sites> at_forwarder(Modules& modules, std::string_view forwarder, Search search, int hops);

/// An export of a loaded image.
Result<Sites> at_export(Modules& modules, const Module& module, const load::Export& found,
                        Search search, int hops) {
  if (found.forwarder.empty()) return Sites{{module.base + found.rva}, {}};
  return at_forwarder(modules, found.forwarder, search, hops + 1);
}

/// The gate that says the function's name, if somebody imports it.
std::optional<GuestAddr> unbound_gate(const Modules& modules, const std::string& image,
                                      std::string_view function) {
  for (const auto& [address, target] : modules.gates()) {
    if (target.unbound == nullptr || !load::is_called(target.unbound->function, function)) {
      continue;
    }
    if (process::image_name(target.unbound->dll) == image) return address;
  }
  return std::nullopt;
}

const load::Export* export_of(const load::Image& image, std::string_view function) {
  if (!function.starts_with('#')) return load::find_export_called(image, function);
  const auto ordinal = parse_number(function.substr(1));
  return ordinal ? image.find_export_by_ordinal(*ordinal) : nullptr;
}

std::string no_export(const load::Image& image, const std::string& file,
                      std::string_view function) {
  return fmt::format("{} exports no {}{}", file, in_quotes(function), near_export(image, function));
}

Result<Sites> function_of(Modules& modules, const AtCall& at, Search search, int hops) {
  constexpr int kLongestForwarding = 16;
  if (hops > kLongestForwarding) return fail("", "its forwarders lead in a circle");
  const Module* module = loaded(modules, at.image);
  if (module == nullptr) module = modules.find(at.image);
  if (module != nullptr) {
    const load::Export* found =
        module->image == nullptr ? nullptr : export_of(*module->image, at.function);
    if (found != nullptr) return at_export(modules, *module, *found, search, hops);
    if (const auto gate = unbound_gate(modules, module->name, at.function)) {
      return Sites{{*gate}, {}};
    }
    if (module->image == nullptr) return Sites{{}, at.image};
    return fail("", no_export(*module->image, module->name, at.function));
  }
  if (search == Search::Files) {
    const auto file = modules.file_of(at.image);
    if (!file) return no_image(modules, at.image);
    const auto image = image_of(*file);
    if (image && export_of(*image, at.function) == nullptr) {
      return fail("", no_export(*image, file->filename().string(), at.function));
    }
  }
  return Sites{{}, at.image};
}

Result<Sites> at_forwarder(Modules& modules, std::string_view forwarder, Search search, int hops) {
  const std::size_t dot = forwarder.rfind('.');
  if (dot == forwarder.npos) return fail("", in_quotes(forwarder) + " is no forwarder");
  return function_of(
      modules, {std::string(forwarder.substr(0, dot)), std::string(forwarder.substr(dot + 1))},
      search, hops);
}

/// "lines 11 and 13 have": the nearest ones that do.
std::string near_lines(const std::vector<std::uint32_t>& lines, std::uint32_t wanted) {
  const auto after = std::ranges::upper_bound(lines, wanted);
  const bool before = after != lines.begin();
  if (before && after != lines.end()) {
    return fmt::format("lines {} and {} have", *std::prev(after), *after);
  }
  return fmt::format("line {} has", before ? lines.back() : lines.front());
}

}  // namespace

const Module* loaded(const Modules& modules, std::string_view image) {
  const std::string name = process::lower_case(image);
  for (const Module& module : modules.all()) {
    if (name == module.stem || name == module.name) return &module;
  }
  return nullptr;
}

std::string near_export(const load::Image& image, std::string_view function) {
  std::vector<std::string_view> names;
  for (const load::Export& exported : image.exports) {
    names.push_back(exported.name);
    names.push_back(load::undecorated(exported.name));
  }
  std::ranges::sort(names);
  return trace::did_you_mean(function, std::span<const std::string_view>(names));
}

Result<Sites> find_name(const Modules& modules, const Name& name, Search search) {
  if (!name.image.empty()) return symbol_of(modules, name, search);
  const Module& subject = modules.subject();
  const auto at = subject.symbols->address_of(name.symbol);
  const Module* module = loaded(modules, name.symbol);
  if (at && module != nullptr) {
    return fail("", fmt::format("{0} is a symbol of {1} and an image: write {2}!{0} or {3}",
                                trace::printable(name.symbol, 100), subject.name, subject.stem,
                                module->name));
  }
  if (at) return Sites{{*at}, {}};
  if (module != nullptr) return Sites{{module->base}, {}};
  const bool has_file = name.symbol.find_first_of("/\\") == std::string::npos &&
                        modules.file_of(name.symbol).has_value();
  if (has_file) return Sites{{}, name.symbol};
  return fail("", no_symbol(*subject.symbols, subject.name, name.symbol));
}

Result<Sites> find_line(const Modules& modules, const AtLine& at, Search search) {
  if (!at.image.empty() && loaded(modules, at.image) == nullptr) {
    if (search == Search::Files && !modules.file_of(at.image)) return no_image(modules, at.image);
    return Sites{{}, at.image};
  }
  Sites sites;
  std::vector<std::uint32_t> lines;
  std::vector<std::string> files;
  for (const Module& module : modules.all()) {
    const bool meant = at.image.empty() || &module == loaded(modules, at.image);
    if (!meant || module.symbols == nullptr) continue;
    const auto found = module.symbols->statements(at.file, at.line);
    sites.addresses.insert(sites.addresses.end(), found.begin(), found.end());
    const auto other = module.symbols->lines_of(at.file);
    lines.insert(lines.end(), other.begin(), other.end());
    const auto known = module.symbols->source_files();
    files.insert(files.end(), known.begin(), known.end());
  }
  if (!sites.addresses.empty()) return sites;
  std::ranges::sort(lines);
  std::ranges::sort(files);
  if (!lines.empty()) {
    return fail("", fmt::format("no statement begins in line {} of {}; {}", at.line,
                                trace::printable(at.file, 100), near_lines(lines, at.line)));
  }
  return fail("", fmt::format("no loaded image has lines of a file {}{}", in_quotes(at.file),
                              trace::did_you_mean(at.file, std::span<const std::string>(files))));
}

Result<Sites> find_function(Modules& modules, const AtCall& at, Search search) {
  return function_of(modules, at, search, 0);
}

Result<std::uint32_t> evaluate(const Value& value, process::Process& process) {
  if (const auto* which = std::get_if<Register>(&value.base)) {
    emu::GeneralRegisters registers = process.machine().registers().general();
    return in(registers, *which) + value.offset;
  }
  const auto* name = std::get_if<Name>(&value.base);
  if (name == nullptr) return value.offset;
  const auto sites = find_name(process.modules(), *name, Search::Loaded);
  if (!sites) return tl::make_unexpected(sites.error());
  if (sites->addresses.empty()) return fail("", in_quotes(sites->awaited) + " is not loaded");
  return sites->addresses.front().value + value.offset;
}

}  // namespace sehlab::inject
