// Arguments of `sehlab run --inject`: any text is a specification or an error that quotes it, and
// a specification's own text says the same again.
#include "host/inject/spec.hpp"

#include "tests/fuzz/property.hpp"

namespace sehlab::fuzzing {
namespace {

void members_are_joined_as_they_were_split(std::string_view text) {
  const auto members = inject::split_members(text);
  if (!members) {
    return holds(!members.error().what.empty(), "a text that is no members says why not");
  }
  const std::string joined = inject::join_members(*members);
  const auto again = inject::split_members(joined);
  holds(again.has_value(), "joined members are members", joined);
  holds(again->size() == members->size(), "no member is lost or found", joined);
  for (std::size_t i = 0; i < members->size(); ++i) {
    holds((*again)[i].key == (*members)[i].key && (*again)[i].value == (*members)[i].value,
          "members stay what they were", joined);
  }
}

void errors_quote_their_source(const Error& error) {
  holds(error.where.starts_with("--inject \""), "an error quotes the argument", error.text());
  holds(!error.what.empty(), "an error says what is wrong", error.text());
}

void text_says_the_same(const inject::Spec& spec) {
  const auto again = inject::parse_spec(spec.text);
  holds(again.has_value(), "a specification's text is one",
        spec.text + "\n" + (again ? "" : again.error().text()));
  holds(again->text == spec.text, "a text stays as it is", spec.text + "\n" + again->text);
  holds(again->where.index() == spec.where.index() && again->what.index() == spec.what.index() &&
            again->visit == spec.visit && again->times == spec.times &&
            again->thread == spec.thread && again->caller == spec.caller,
        "a specification's text means the same", spec.text);
}

void counts_make_sense(const inject::Spec& spec) {
  holds(spec.visit >= 1 && spec.times >= 1, "visits count from one", spec.text);
  if (const auto* random = std::get_if<inject::AtRandom>(&spec.where)) {
    holds(random->from <= random->to, "a range does not end before it begins", spec.text);
  }
}

}  // namespace
}  // namespace sehlab::fuzzing

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace sehlab;
  const auto text = fuzzing::text_of(data, size);
  fuzzing::members_are_joined_as_they_were_split(text);
  const auto spec = inject::parse_spec(text);
  if (!spec) {
    fuzzing::errors_quote_their_source(spec.error());
    return 0;
  }
  fuzzing::text_says_the_same(*spec);
  fuzzing::counts_make_sense(*spec);
  return 0;
}
