// The engine's memory of the last contributory exception, cleared by both ways (facts:
// unicorn.md 3.1). On the engine itself, since a machine takes the better way only.
#include "emu/pending_exception.hpp"

#include <doctest/doctest.h>

#include <array>

#include "emu/boot.hpp"
#include "emu/page_table.hpp"

namespace sehlab::emu {
namespace {

class BareProcessor {
 public:
  BareProcessor() : control_(table_) {
    auto opened = Engine::open({this, before, system_read});
    REQUIRE(opened.has_value());
    engine_ = std::move(*opened);
    registers_.emplace(*engine_, descriptors_);
    check_.emplace(table_, *engine_, *registers_);
    control_.attach(*engine_, *check_);
    MachineOptions options;
    options.gate_vector = 0x2b;
    REQUIRE(descriptors_.install(*engine_, options).has_value());
    page_.emplace(*engine_, control_);
    REQUIRE(page_->map().has_value());
    REQUIRE(enter_ring3(*engine_, *page_, options).has_value());
    registers_->state_replaced();
  }
  /// The vector of the interrupt that the code ends with; -1 when the engine saw none.
  int run(std::initializer_list<std::uint8_t> code) {
    page_->put(kAt, {code.begin(), code.size()});
    engine_->drop_code(BootPage::kBase, kPageSize);
    const EngineStop& stop = page_->run(kAt);
    return stop.cause == EngineStop::Cause::Interrupt ? stop.vector : -1;
  }
  int divide() { return run({0x31, 0xc9, 0xf7, 0xf1}); }  // xor ecx, ecx; div ecx
  Engine& engine() { return *engine_; }
  RegisterFile& registers() { return *registers_; }

 private:
  static constexpr GuestAddr kAt = BootPage::kBase + 0x40;
  static bool before(void* self, std::uint32_t address) {
    return static_cast<BareProcessor*>(self)->control_.before(GuestAddr{address});
  }
  static bool system_read(void*, std::uint32_t) { return true; }

  PageTable table_;
  RunControl control_;
  std::unique_ptr<Engine> engine_;
  DescriptorTable descriptors_;
  std::optional<BootPage> page_;
  std::optional<RegisterFile> registers_;
  std::optional<InstructionCheck> check_;
};

}  // namespace

TEST_CASE("Without a remedy the second exception is a double fault") {
  BareProcessor p;
  CHECK(p.divide() == 0);
  CHECK(p.divide() != 0);  // otherwise this remedy has lost its reason
}

TEST_CASE("Either remedy lets every exception through and keeps the registers") {
  BareProcessor p;
  PendingException pending(p.engine(), p.registers());
  REQUIRE(pending.calibrate([&] { return p.divide() == 0; }));
  pending.clear();
  bool fallback = false;
  SUBCASE("the calibrated one") {}
  SUBCASE("the fallback") {
    fallback = true;
  }
  if (fallback) pending.use_fallback();
  CHECK(pending.calibrated() != fallback);
  FxState fx = p.registers().fx();
  for (std::size_t i = 160; i < 288; ++i) fx.image[i] = std::byte(i & 0xff);
  for (int i = 0; i < 5; ++i) {
    p.registers().set_fx(fx);
    CHECK(p.divide() == 0);
    const GeneralRegisters before = p.registers().general();
    pending.clear();
    CHECK(p.registers().general() == before);
    CHECK(p.registers().fx() == fx);
    CHECK(p.run({0xfa}) == 13);  // cli: still at ring 3
    pending.clear();
  }
}

}  // namespace sehlab::emu
