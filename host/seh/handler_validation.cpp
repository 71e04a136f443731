#include "host/seh/handler_validation.hpp"

#include <algorithm>

namespace sehlab::seh {
namespace {

constexpr HandlerVerdict kValid{};

HandlerVerdict refuse(trace::Refusal why) {
  return {why, false};
}

/// Facts 3.3 step 1: the handler lies within a mapped image.
HandlerVerdict judge_in_image(const System& system, const ImageFacts& image, GuestAddr handler) {
  // a. A SafeSEH table has the last word, either way.
  if (image.has_safeseh_table) {
    const std::uint32_t rva = handler - image.base;
    const bool listed =
        std::binary_search(image.safeseh_rvas.begin(), image.safeseh_rvas.end(), rva);
    return listed ? kValid : refuse(trace::Refusal::NotInSafeSehTable);
  }
  // b. The process allows everything.
  constexpr std::uint32_t kEverything = kExecuteDispatchEnable | kImageDispatchEnable;
  if ((system.execute_flags() & kEverything) == kEverything) return kValid;
  // c. No table and no blanket permission.
  if (image.no_seh) return refuse(trace::Refusal::ImageHasNoSeh);
  if (!system.executable(handler)) return refuse(trace::Refusal::HandlerNotExecutable);
  return kValid;
}

/// Facts 3.3 step 2: the handler lies in no image.
HandlerVerdict judge_elsewhere(const System& system, GuestAddr handler) {
  if (system.executable(handler)) {
    const bool allowed = (system.execute_flags() & kImageDispatchEnable) != 0;
    return allowed ? kValid : refuse(trace::Refusal::HandlerOutsideImages);
  }
  switch (system.profile().bad_handler_page) {
    case BadHandlerPage::Call:
      return kValid;
    case BadHandlerPage::Raise:
      return {std::nullopt, true};
    case BadHandlerPage::Refuse:
      break;
  }
  return refuse(trace::Refusal::HandlerNotExecutable);
}

}  // namespace

HandlerVerdict judge_handler(const System& system, const StackTib& tib, GuestAddr handler) {
  const Profile& profile = system.profile();
  if (profile.handler_on_stack_check && handler.value >= tib.StackLimit &&
      handler.value < tib.StackBase) {
    return refuse(trace::Refusal::HandlerOnStack);
  }
  if (!profile.safeseh) return kValid;
  if (const auto image = system.image_at(handler)) return judge_in_image(system, *image, handler);
  return judge_elsewhere(system, handler);
}

}  // namespace sehlab::seh
