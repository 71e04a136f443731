#include "emu/register_file.hpp"

#include <array>
#include <cstring>
#include <initializer_list>

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

// Without denormals-are-zero the bits above 0xffff are reserved; this is the mask that a
// processor with it reports.
constexpr std::uint32_t kMxcsrBits = 0xffff;

}  // namespace

RegisterFile::RegisterFile(Engine& engine, DescriptorTable& descriptors)
    : engine_(engine),
      descriptors_(descriptors),
      integer_numbers_(Engine::numbers(kIntegers)),
      segment_numbers_(Engine::numbers(kSegments)),
      all_numbers_(integer_numbers_),
      fx_numbers_(Engine::numbers(kFx)) {
  static_assert(kSegments.size() == kSegmentCount && kFx.size() == kFxCount);
  all_numbers_.insert(all_numbers_.end(), segment_numbers_.begin(), segment_numbers_.end());
  std::byte* image = fx_.state.image.data();
  std::size_t next = 0;
  for (void* value : std::initializer_list<void*>{
           image + FxState::kFcw, image + FxState::kFsw, &fx_.tags, image + FxState::kFop, &fx_.fip,
           image + FxState::kFcs, &fx_.fdp, image + FxState::kFds, image + FxState::kMxcsr}) {
    fx_.values[next++] = value;
  }
  for (std::size_t i = 0; i < 8; ++i) fx_.values[next++] = image + FxState::kSt + 16 * i;
  for (std::size_t i = 0; i < 8; ++i) fx_.values[next++] = image + FxState::kXmm + 16 * i;
}

GeneralRegisters RegisterFile::general() const {
  GeneralRegisters r;
  std::array<void*, 16> values{&r.eax, &r.ecx,    &r.edx, &r.ebx, &r.esp, &r.ebp, &r.esi, &r.edi,
                               &r.eip, &r.eflags, &r.cs,  &r.ss,  &r.ds,  &r.es,  &r.fs,  &r.gs};
  engine_.read(all_numbers_, values.data());
  segments_ = {r.cs, r.ss, r.ds, r.es, r.fs, r.gs};
  segments_known_ = true;
  return r;
}

bool RegisterFile::set_general(const GeneralRegisters& values) {
  GeneralRegisters r = values;
  const bool resume = (r.eflags & kEflagsRf) != 0;
  resume_at_ = resume ? std::optional(GuestAddr{r.eip}) : std::nullopt;
  r.eflags = (r.eflags & kEflagsOfUser) | kEflagsFixed;
  const std::array<void*, 10> pointers{&r.eax, &r.ecx, &r.edx, &r.ebx, &r.esp,
                                       &r.ebp, &r.esi, &r.edi, &r.eip, &r.eflags};
  engine_.write(integer_numbers_, pointers.data());
  return set_segments(values);
}

bool RegisterFile::set_segments(const GeneralRegisters& values) {
  const std::array<std::uint16_t, 6> wanted{values.cs, values.ss, values.ds,
                                            values.es, values.fs, values.gs};
  if (!segments_known_) {
    std::array<void*, kSegmentCount> pointers{};
    for (std::size_t i = 0; i < segments_.size(); ++i) pointers[i] = &segments_[i];
    engine_.read(segment_numbers_, pointers.data());
    segments_known_ = true;
  }
  if (segments_ == wanted) return true;
  bool all_set = true;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (segments_[i] == wanted[i]) continue;
    // The null selector stays as it is; any other is used at ring 3.
    const auto selector = static_cast<std::uint16_t>(wanted[i] < 4 ? wanted[i] : wanted[i] | 3);
    all_set &= descriptors_.allows(kSegments[i], wanted[i]) && engine_.set(kSegments[i], selector);
  }
  segments_known_ = false;
  return all_set;
}

FxState RegisterFile::fx() const {
  if (fx_known_) return fx_.state;
  engine_.read(fx_numbers_, fx_.values.data());
  std::byte* image = fx_.state.image.data();
  std::uint8_t valid = 0;  // a bit a register, where the full word has two: 3 is empty
  for (unsigned i = 0; i < 8; ++i) {
    if ((fx_.tags >> 2 * i & 3) != 3) valid = static_cast<std::uint8_t>(valid | 1U << i);
  }
  image[FxState::kFtw] = std::byte{valid};
  std::memcpy(image + FxState::kFip, &fx_.fip, 4);
  std::memcpy(image + FxState::kFdp, &fx_.fdp, 4);
  std::memcpy(image + FxState::kMxcsrMask, &kMxcsrBits, 4);
  if (fx_use_ != nullptr) {
    fx_use_->watch();
    fx_known_ = true;
  }
  return fx_.state;
}

void RegisterFile::set_fx(const FxState& state) {
  if (fx_known_ && state == fx_.state) return;
  // Only what a register has: the reserved bytes of the image stay zero for who reads it.
  const std::byte* from = state.image.data();
  std::byte* image = fx_.state.image.data();
  const auto copy = [&](std::size_t at, std::size_t size) {
    std::memcpy(image + at, from + at, size);
  };
  for (const std::size_t at :
       {FxState::kFcw, FxState::kFsw, FxState::kFop, FxState::kFcs, FxState::kFds})
    copy(at, 2);
  for (std::size_t i = 0; i < 8; ++i) copy(FxState::kSt + 16 * i, 10);
  copy(FxState::kXmm, 8 * 16);
  const auto valid = std::to_integer<unsigned>(from[FxState::kFtw]);
  fx_.tags = 0;
  for (unsigned i = 0; i < 8; ++i) {
    if ((valid >> i & 1) == 0) fx_.tags = static_cast<std::uint16_t>(fx_.tags | 3U << 2 * i);
  }
  fx_.fip = fx_.fdp = 0;
  std::memcpy(&fx_.fip, from + FxState::kFip, 4);
  std::memcpy(&fx_.fdp, from + FxState::kFdp, 4);
  std::uint32_t mxcsr = 0;
  std::memcpy(&mxcsr, from + FxState::kMxcsr, 4);
  mxcsr &= kMxcsrBits;
  std::memcpy(image + FxState::kMxcsr, &mxcsr, 4);
  engine_.write(fx_numbers_, fx_.values.data());
  fx_known_ = false;  // the engine may keep something else than it was given
}

bool RegisterFile::fx_use_begins() {
  if (fx_use_ == nullptr) return false;
  fx_known_ = false;
  fx_use_->release();
  return true;
}

void RegisterFile::set_fs_base(GuestAddr base) {
  if (base == descriptors_.teb_base()) return;
  descriptors_.set_teb_base(base);
  const std::uint16_t selector = descriptors_.teb_selector();
  if (engine_.get(Reg::Fs) == selector) engine_.set(Reg::Fs, selector);
  segments_known_ = false;
}

}  // namespace sehlab::emu
