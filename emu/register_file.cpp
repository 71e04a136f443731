#include "emu/register_file.hpp"

#include <array>
#include <cstring>

namespace sehlab::emu {
namespace {

constexpr std::array kIntegers{Reg::Eax, Reg::Ecx, Reg::Edx, Reg::Ebx, Reg::Esp,
                               Reg::Ebp, Reg::Esi, Reg::Edi, Reg::Eip, Reg::Eflags};
constexpr std::array kSegments{Reg::Cs, Reg::Ss, Reg::Ds, Reg::Es, Reg::Fs, Reg::Gs};
// FPSW before the stack registers: it holds TOP, by which they are numbered.
constexpr std::array kFx{Reg::Fpcw, Reg::Fpsw, Reg::Fptag, Reg::Fop,   Reg::Fip,
                         Reg::Fcs,  Reg::Fdp,  Reg::Fds,   Reg::Mxcsr, Reg::St0,
                         Reg::St1,  Reg::St2,  Reg::St3,   Reg::St4,   Reg::St5,
                         Reg::St6,  Reg::St7,  Reg::Xmm0,  Reg::Xmm1,  Reg::Xmm2,
                         Reg::Xmm3, Reg::Xmm4, Reg::Xmm5,  Reg::Xmm6,  Reg::Xmm7};

// Offsets in the FXSAVE image: Intel SDM vol. 1, table 10-2.
constexpr std::size_t kFcw = 0, kFsw = 2, kFtw = 4, kFop = 6, kFip = 8, kFcs = 12, kFdp = 16,
                      kFds = 20, kMxcsr = 24, kMxcsrMask = 28, kSt = 32, kXmm = 160;
// Without denormals-are-zero the bits above 0xffff are reserved; this is the mask that a
// processor with it reports.
constexpr std::uint32_t kMxcsrBits = 0xffff;

/// What does not go straight into the image: its field there has another width.
struct FxScratch {
  std::uint16_t tags = 0;
  std::uint64_t fip = 0, fdp = 0;
};

std::array<void*, kFx.size()> fx_values(std::byte* image, FxScratch& scratch) {
  std::array<void*, kFx.size()> values{};
  std::size_t next = 0;
  for (void* value : std::initializer_list<void*>{image + kFcw, image + kFsw, &scratch.tags,
                                                  image + kFop, &scratch.fip, image + kFcs,
                                                  &scratch.fdp, image + kFds, image + kMxcsr})
    values[next++] = value;
  for (std::size_t i = 0; i < 8; ++i) values[next++] = image + kSt + 16 * i;
  for (std::size_t i = 0; i < 8; ++i) values[next++] = image + kXmm + 16 * i;
  return values;
}

}  // namespace

RegisterFile::RegisterFile(Engine& engine, DescriptorTable& descriptors)
    : engine_(engine),
      descriptors_(descriptors),
      integer_numbers_(Engine::numbers(kIntegers)),
      segment_numbers_(Engine::numbers(kSegments)),
      all_numbers_(integer_numbers_),
      fx_numbers_(Engine::numbers(kFx)) {
  all_numbers_.insert(all_numbers_.end(), segment_numbers_.begin(), segment_numbers_.end());
}

GeneralRegisters RegisterFile::general() const {
  GeneralRegisters r;
  std::array<void*, 16> values{&r.eax, &r.ecx,    &r.edx, &r.ebx, &r.esp, &r.ebp, &r.esi, &r.edi,
                               &r.eip, &r.eflags, &r.cs,  &r.ss,  &r.ds,  &r.es,  &r.fs,  &r.gs};
  engine_.read(all_numbers_, values.data());
  return r;
}

bool RegisterFile::set_general(const GeneralRegisters& values) {
  GeneralRegisters r = values;
  r.eflags = (r.eflags & kEflagsOfUser) | kEflagsFixed;
  const std::array<void*, 10> pointers{&r.eax, &r.ecx, &r.edx, &r.ebx, &r.esp,
                                       &r.ebp, &r.esi, &r.edi, &r.eip, &r.eflags};
  engine_.write(integer_numbers_, pointers.data());
  return set_segments(values);
}

bool RegisterFile::set_segments(const GeneralRegisters& values) {
  const std::array<std::uint16_t, 6> wanted{values.cs, values.ss, values.ds,
                                            values.es, values.fs, values.gs};
  std::array<std::uint16_t, 6> now{};
  std::array<void*, 6> pointers{};
  for (std::size_t i = 0; i < now.size(); ++i) pointers[i] = &now[i];
  engine_.read(segment_numbers_, pointers.data());
  bool all_set = true;
  for (std::size_t i = 0; i < now.size(); ++i) {
    if (now[i] == wanted[i]) continue;
    // The null selector stays as it is; any other is used at ring 3.
    const auto selector = static_cast<std::uint16_t>(wanted[i] < 4 ? wanted[i] : wanted[i] | 3);
    all_set &= descriptors_.allows(kSegments[i], wanted[i]) && engine_.set(kSegments[i], selector);
  }
  return all_set;
}

FxState RegisterFile::fx() const {
  FxState state;
  std::byte* image = state.image.data();
  FxScratch scratch;
  auto values = fx_values(image, scratch);
  engine_.read(fx_numbers_, values.data());
  std::uint8_t valid = 0;  // a bit a register, where the full word has two: 3 is empty
  for (unsigned i = 0; i < 8; ++i) {
    if ((scratch.tags >> 2 * i & 3) != 3) valid = static_cast<std::uint8_t>(valid | 1U << i);
  }
  image[kFtw] = std::byte{valid};
  std::memcpy(image + kFip, &scratch.fip, 4);
  std::memcpy(image + kFdp, &scratch.fdp, 4);
  std::memcpy(image + kMxcsrMask, &kMxcsrBits, 4);
  return state;
}

void RegisterFile::set_fx(const FxState& state) {
  FxState copy = state;
  std::byte* image = copy.image.data();
  FxScratch scratch;
  const auto valid = std::to_integer<unsigned>(image[kFtw]);
  for (unsigned i = 0; i < 8; ++i) {
    if ((valid >> i & 1) == 0)
      scratch.tags = static_cast<std::uint16_t>(scratch.tags | 3U << 2 * i);
  }
  std::memcpy(&scratch.fip, image + kFip, 4);
  std::memcpy(&scratch.fdp, image + kFdp, 4);
  std::uint32_t mxcsr = 0;
  std::memcpy(&mxcsr, image + kMxcsr, 4);
  mxcsr &= kMxcsrBits;
  std::memcpy(image + kMxcsr, &mxcsr, 4);
  const auto values = fx_values(image, scratch);
  engine_.write(fx_numbers_, values.data());
}

void RegisterFile::set_fs_base(GuestAddr base) {
  if (base == descriptors_.teb_base()) return;
  descriptors_.set_teb_base(base);
  const std::uint16_t selector = descriptors_.teb_selector();
  if (engine_.get(Reg::Fs) == selector) engine_.set(Reg::Fs, selector);
}

}  // namespace sehlab::emu
