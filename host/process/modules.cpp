#include "host/process/modules.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <system_error>
#include <utility>

#include "host/load/map_image.hpp"
#include "host/process/environment.hpp"
#include "host/services/api_sets.hpp"
#include "host/services/gate_table.hpp"
#include "host/services/known_dlls.hpp"
#include "host/services/name_case.hpp"

namespace sehlab::process {
namespace {

constexpr std::uint32_t kMostTlsIndices = 1024;

/// The file of that name in `folder`, in whatever case it is spelled there.
std::optional<std::filesystem::path> in_folder(const std::filesystem::path& folder,
                                               const std::string& name) {
  std::error_code error;
  const std::filesystem::path exact = folder / name;
  if (std::filesystem::is_regular_file(exact, error)) return exact;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (lower_case(entry.path().filename().string()) == name) return entry.path();
  }
  return std::nullopt;
}

std::string without_folder(std::string_view name) {
  if (const auto slash = name.find_last_of("/\\:"); slash != name.npos)
    name.remove_prefix(slash + 1);
  return lower_case(name);
}

}  // namespace

std::string lower_case(std::string_view name) {
  return services::folded_name(name);
}

std::string file_name(std::string_view name) {
  std::string result = without_folder(name);
  // LoadLibrary: without an extension it is .dll; a point at the end says that there is none.
  if (result.ends_with('.')) {
    result.pop_back();
  } else if (result.find('.') == result.npos) {
    result += ".dll";
  }
  return result;
}

std::string image_name(std::string_view name) {
  std::string file = file_name(name);
  // Only a plain name can be an API set's.
  const bool plain = name.find_first_of("/\\:") == name.npos;
  const auto host = plain ? services::api_set_host(file) : std::nullopt;
  return host ? std::string(*host) : file;
}

tl::expected<Module*, load::LoadError> Modules::load_program(const std::filesystem::path& file) {
  const auto refuse = [](Error error) {
    load::LoadError refused;
    static_cast<Error&>(refused) = std::move(error);
    return tl::make_unexpected(std::move(refused));
  };
  auto image = load::read_image(file);
  if (!image) return tl::make_unexpected(image.error());
  if (image->is_dll()) return refuse({file.string(), "a DLL, not a program"});
  if (image->entry_rva == 0) return refuse({file.string(), "has no entry point"});
  const auto program = map(std::move(*image), false);
  if (!program) return refuse(program.error());
  // ntdll and kernel32 are in every process, whatever the program imports.
  for (const char* always : {"ntdll.dll", "kernel32.dll"}) {
    if (auto loaded = load_any(always, 0); !loaded) return refuse(loaded.error());
  }
  if (auto bound = bind(**program, 0); !bound) return refuse(bound.error());
  list_initializers(**program);
  return *program;
}

Result<Module*> Modules::load_dll(std::string_view name) {
  return all_or_nothing([&] { return load_any(name, 0); });
}

bool Modules::is_broken(std::string_view name) const {
  const auto found = find_file(image_name(name));
  return found && !load::read_image(found->file);
}

std::optional<std::filesystem::path> Modules::file_of(std::string_view name) const {
  auto found = find_file(image_name(name));
  return found ? std::optional(std::move(found->file)) : std::nullopt;
}

void Modules::unload_since(std::uint64_t loads) {
  while (modules_.back().number > loads && unload(modules_.back().base)) {
  }
}

std::optional<Modules::Found> Modules::find_file(const std::string& name) const {
  // Windows' own DLLs come from the system folder whatever lies beside the program (KnownDLLs).
  const bool known = services::is_windows_dll(name);
  if (known) {
    if (auto file = in_folder(folders_.system, name)) return Found{*file, true};
  }
  for (const auto& folder : folders_.searched) {
    if (auto file = in_folder(folder, name)) return Found{*file, false};
  }
  if (!known) {
    if (auto file = in_folder(folders_.system, name)) return Found{*file, false};
  }
  return std::nullopt;
}

Result<Module*> Modules::load_any(std::string_view wanted, int depth) {
  constexpr int kDeepest = 32;
  const std::string name = image_name(wanted);
  if (Module* loaded = find_loaded(name)) return loaded;
  if (depth > kDeepest) return fail(name, "more than 32 DLLs import each other in a row");
  const auto found = find_file(name);
  if (!found) {
    if (services::is_windows_dll(name)) return make_self_naming(name);
    return fail(name, "DLL not found beside the program, in --dll-path or in the lab");
  }
  auto image = load::read_image(found->file);
  if (!image) return tl::make_unexpected(Error(image.error()));
  image->name = name;
  auto module = map(std::move(*image), found->ours);
  if (!module) return module;
  if (auto bound = bind(**module, depth + 1); !bound) return tl::make_unexpected(bound.error());
  list_initializers(**module);
  return module;
}

Result<GuestAddr> Modules::place(const load::Image& image) {
  const GuestRange user = kUserSpace;
  const GuestAddr wanted = image.preferred_base;
  const bool inside = user.contains(wanted) && image.size <= user.end - wanted;
  if (inside && wanted.aligned(kAllocationGranularity)) {
    const emu::RegionInfo region = space_.query(wanted);
    if (region.state == emu::PageState::Free && region.size >= image.size) return wanted;
  }
  const auto free = space_.find_free(image.size, user, kAllocationGranularity);
  if (!free) return fail(image.name, "no room for an image of this size");
  return *free;
}

Result<Module*> Modules::map(load::Image image, bool ours) {
  const auto base = place(image);
  if (!base) return tl::make_unexpected(base.error());
  if (auto done = load::map_image(image, *base, space_); !done) {
    return tl::make_unexpected(done.error());
  }
  Module& module = add(without_folder(image.name), *base, image.size);
  module.image = std::make_shared<load::Image>(std::move(image));
  module.symbols = std::make_shared<load::Symbols>(*module.image, *base);
  if (ours) {
    if (auto done = collect_gates(module); !done) return tl::make_unexpected(done.error());
  }
  if (auto done = add_tls(module); !done) return tl::make_unexpected(done.error());
  return &module;
}

Module& Modules::add(const std::string& name, GuestAddr base, std::uint32_t size) {
  Module& module = modules_.emplace_back();
  module.number = ++loads_;
  ++version_;
  module.name = name;
  module.stem = name.substr(0, name.rfind('.'));
  module.base = base;
  module.size = size;
  bases_.push_back(base);
  return module;
}

Result<> Modules::collect_gates(const Module& module) {
  const load::Section* section = module.image->find_section(".gates");
  if (section == nullptr) return {};
  const auto bytes = module.image->data(*section);
  for (std::size_t at = 0; at + 8 <= bytes.size() && at < section->size; at += 8) {
    std::array<std::uint32_t, 2> entry{};
    std::memcpy(entry.data(), bytes.data() + at, sizeof(entry));
    if (services::gate_info(entry[0]) == nullptr || entry[1] >= module.size) {
      return fail(module.name, "its table of gates is not this lab's: rebuild the guest images");
    }
    gates_[module.base + entry[1]] = GateTarget{entry[0], nullptr};
  }
  ++gates_version_;
  return {};
}

Result<> Modules::add_tls(const Module& module) {
  if (!module.image->tls) return {};
  const load::Tls& tls = *module.image->tls;
  auto slot = std::ranges::find(tls_, GuestAddr{}, &TlsTemplate::module_base);
  const auto index = static_cast<std::uint32_t>(slot - tls_.begin());
  if (index == kMostTlsIndices)
    return fail(module.name, "more than 1024 images with thread-local storage");
  if (!space_.raw().put(module.base + tls.index_rva, index)) {
    return fail(module.name, "its TLS index lies outside the image");
  }
  if (slot == tls_.end()) slot = tls_.emplace(slot);
  *slot = {module.base, module.base + tls.raw_rva, tls.raw_size, tls.zero_fill};
  return {};
}

void Modules::list_initializers(const Module& module) {
  if (module.image->tls) {
    for (const std::uint32_t rva : module.image->tls->callbacks) {
      initializers_.push_back({module.base + rva, module.base});
    }
  }
  if (module.image->is_dll() && module.image->entry_rva != 0) {
    initializers_.push_back({module.base + module.image->entry_rva, module.base});
  }
}

Result<Module*> Modules::make_self_naming(const std::string& name) {
  // A page at its base, so that the module has a handle; its exports are made when asked for.
  const auto base = space_.find_free(kPageSize, kUserSpace, kAllocationGranularity);
  if (!base) return fail(name, "no room");
  if (auto done = space_.reserve(*base, kPageSize); !done) return tl::make_unexpected(done.error());
  if (auto done = space_.commit(*base, kPageSize, emu::kReadOnly); !done) {
    return tl::make_unexpected(done.error());
  }
  return &add(name, *base, kPageSize);
}

bool Modules::unload(GuestAddr base) {
  const auto it = std::ranges::find(modules_, base, &Module::base);
  if (it == modules_.end() || it == modules_.begin()) return false;
  const GuestRange range{it->base, it->base + it->size};
  std::erase_if(gates_, [&](const auto& gate) { return range.contains(gate.first); });
  ++gates_version_;
  std::erase_if(initializers_, [&](const auto& routine) { return routine.module_base == base; });
  std::erase(bases_, base);
  for (TlsTemplate& tls : tls_) {
    if (tls.module_base == base) tls = {};
  }
  modules_.erase(it);
  ++version_;
  return space_.release(base).has_value();
}

Module* Modules::find(std::string_view name) {
  return find_loaded(image_name(name));
}

Module* Modules::find_loaded(std::string_view name) {
  const auto it = std::ranges::find(modules_, name, &Module::name);
  return it == modules_.end() ? nullptr : &*it;
}

Module* Modules::at(GuestAddr address) {
  return const_cast<Module*>(std::as_const(*this).at(address));
}

const Module* Modules::at(GuestAddr address) const {
  for (const Module& module : modules_) {
    if (address - module.base < module.size) return &module;
  }
  return nullptr;
}

const Module& Modules::subject() const {
  for (const Module& module : modules_) {
    if (module.number == subject_) return module;
  }
  return modules_.front();
}

std::string Modules::symbolize(GuestAddr address) const {
  const Module* module = at(address);
  if (module == nullptr) return {};
  std::string name =
      module->symbols == nullptr ? std::string() : module->symbols->describe(address);
  if (!name.empty()) return module->stem + "!" + name;
  char offset[16];
  std::snprintf(offset, sizeof(offset), "+0x%x", address - module->base);
  return module->stem + offset;
}

GuestAddr Modules::function(GuestAddr address) const {
  const Module* module = at(address);
  if (module == nullptr || module->symbols == nullptr) return {};
  const auto nearest = module->symbols->nearest(address);
  return nearest ? nearest->start : GuestAddr{};
}

std::string Modules::source_line(GuestAddr address) const {
  const Module* module = at(address);
  if (module == nullptr || module->symbols == nullptr) return {};
  const auto line = module->symbols->line_at(address);
  if (!line) return {};
  return std::string(line->file) + ":" + std::to_string(line->line);
}

std::optional<seh::ImageFacts> Modules::facts_at(GuestAddr address) const {
  const Module* module = at(address);
  if (module == nullptr || module->image == nullptr) return std::nullopt;
  seh::ImageFacts facts;
  facts.base = module->base;
  facts.no_seh = module->image->no_seh();
  if (module->image->load_config && module->image->load_config->safeseh) {
    facts.has_safeseh_table = true;
    facts.safeseh_rvas = *module->image->load_config->safeseh;
  }
  return facts;
}

}  // namespace sehlab::process
