// The grammar of specifications (docs/injection.md): what is read, and what is refused with which
// words.
#include "host/inject/spec.hpp"

#include <doctest/doctest.h>

#include <random>

using namespace sehlab;
using namespace sehlab::inject;

namespace {

Spec read(const std::string& text) {
  auto spec = parse_spec(text);
  REQUIRE_MESSAGE(spec.has_value(), (spec ? "" : spec.error().text()));
  return *spec;
}

/// What is wrong with it, without the text itself.
std::string wrong(const std::string& text) {
  const auto spec = parse_spec(text);
  if (spec) return "nothing";
  CHECK(spec.error().where.starts_with("--inject \""));
  return spec.error().what;
}

template <class T>
T where(const std::string& at) {
  const auto found = parse_where(at);
  REQUIRE_MESSAGE(found.has_value(), (found ? "" : found.error().text()));
  REQUIRE(std::holds_alternative<T>(*found));
  return std::get<T>(*found);
}

bool says(const std::string& text, const char* part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_SUITE("inject") {
  TEST_CASE("each kind of place is read") {
    CHECK(where<AtPlace>("go_fixed!probe+4").place == Value{Name{"go_fixed", "probe"}, 4});
    CHECK(where<AtPlace>("0x401000").place == Value{{}, 0x401000});
    CHECK(where<AtLine>("faults.c:12").line == 12);
    CHECK(where<AtLine>("guest/cases/faults.c:12").file == "guest/cases/faults.c");
    CHECK(where<AtLine>("user32!windows.c:7").image == "user32");
    CHECK(where<AtInstruction>("instruction:5000000000").count == 5'000'000'000);
    CHECK(where<AtRandom>("random:10..20").from == 10);
    CHECK(where<AtRandom>("random:7..7").to == 7);
    CHECK(where<AtCall>("call:kernel32!CreateFileA").function == "CreateFileA");
    CHECK(where<AtMoment>("handler-entry").moment == Moment::HandlerEntry);
    CHECK(where<AtMoment>("filter-return").moment == Moment::FilterReturn);
    CHECK(where<AtMoment>("unwind-return:go!h").which == Value{Name{"go", "h"}, 0});
  }

  TEST_CASE("a place that is none is refused by the part that is wrong") {
    CHECK(says(wrong("at=instrution:5 guard=0"), "did you mean \"instruction\"?"));
    CHECK(says(wrong("at=instruction:x guard=0"), "\"x\" is no count of instructions"));
    CHECK(says(wrong("at=random:9 guard=0"), "FROM..TO"));
    CHECK(says(wrong("at=random:9..8 guard=0"), "ends before it begins"));
    CHECK(says(wrong("at=call:CreateFileA guard=0"), "call:IMAGE!FUNCTION"));
    CHECK(says(wrong("at=handler-entyr guard=0"), "did you mean \"handler-entry\"?"));
    CHECK(says(wrong("at=esp guard=0"), "register"));
    CHECK(says(wrong("at=filter-return:a!b guard=0"), "of any filter"));
    CHECK(says(wrong("at=handler-entry:esp guard=0"), "is no handler"));
    CHECK(says(wrong("at=a.c:0 guard=0"), "0 is no number of a line"));
    CHECK(says(wrong("guard=0"), "at=… is missing"));
    CHECK(says(wrong("at= guard=0"), "at: "));
  }

  TEST_CASE("each kind of action is read") {
    const auto raise = std::get<RaiseFault>(
        read("at=a!b fault=guard access=write address=esp-4 flags=noncontinuable").what);
    CHECK(raise.word == FaultWord::Guard);
    CHECK(raise.access == emu::Access::Write);
    CHECK(raise.address == Value{Register::Esp, 0xfffffffc});
    CHECK(raise.flags == 1u);  // EXCEPTION_NONCONTINUABLE
    const auto code = std::get<RaiseFault>(read("at=a!b fault=0xE0000001 parameters=1,eax").what);
    CHECK(code.word == FaultWord::Code);
    CHECK(code.parameters->size() == 2);
    const auto call = std::get<FailCall>(read("at=call:a!b fail=-1 error=5 stack-bytes=8").what);
    CHECK(call.error == 5u);
    CHECK(call.stack_bytes == 8u);
    CHECK(std::get<ProtectPages>(read("at=a!b protect=rx page=0x1000 pages=2").what).pages == 2);
    CHECK(std::get<GuardPage>(read("at=a!b guard=a!data").what).page ==
          Value{Name{"a", "data"}, 0});
    CHECK(std::get<SetRegisters>(read("at=a!b set=eax:1,esp:esp+4").what).values.size() == 2);
    CHECK(std::get<OverwriteRecord>(read("at=a!b overwrite=head next=-1").what).record == 1);
    CHECK(std::get<OverwriteRecord>(read("at=a!b overwrite=3 handler=a!h").what).record == 3);
    const auto limits = std::get<MoveLimits>(read("at=a!b base=esp limit=0x1000").what);
    CHECK((limits.base && limits.limit));
  }

  TEST_CASE("when and on which thread are read, and are once and any without") {
    const Spec plain = read("at=a!b guard=0");
    CHECK(plain.visit == 1);
    CHECK(plain.times == 1);
    CHECK_FALSE(plain.thread);
    const Spec chosen = read("at=call:a!b nth=3 times=all thread=2 caller=c guard=0");
    CHECK(chosen.visit == 3);
    CHECK(chosen.times == kAlways);
    CHECK(chosen.thread == 2u);
    CHECK(chosen.caller == "c");
  }

  TEST_CASE("an unknown, repeated or misplaced key is named") {
    CHECK(wrong("at=a!b falt=read") == "falt: unknown key (did you mean \"fault\"?)");
    CHECK(wrong("at=a!b fault=read fault=write") == "fault: is given more than once");
    CHECK(wrong("at=a!b guard=0 address=0") == "address: goes with fault only");
    CHECK(says(wrong("at=a!b guard=0 set=eax:1"), "one injection does one thing"));
    CHECK(says(wrong("at=a!b"), "says not what to do"));
    CHECK(says(wrong("at=a!b visit=1 nth=1 guard=0"), "the same as visit"));
    CHECK(says(wrong("at=instruction:5 visit=2 guard=0"), "comes once only"));
    CHECK(says(wrong("at=a!b caller=c guard=0"), "goes with at=call"));
    CHECK(says(wrong("at=a!b+4 fail=0"), "goes with a call"));
    CHECK(says(wrong("at=a!b fault=divide address=0"), "does not go with fault=divide"));
    CHECK(says(wrong("at=a!b fault=read status=1"), "does not go with fault=read"));
  }

  TEST_CASE("a value that a key does not take is named") {
    CHECK(says(wrong("at=a!b fault=raed"), "\"raed\" is no fault (did you mean \"read\"?)"));
    CHECK(says(wrong("at=a!b visit=0 guard=0"), "visit: \"0\" is no whole number from 1 on"));
    CHECK(says(wrong("at=a!b thread=-1 guard=0"), "thread: "));
    CHECK(says(wrong("at=a!b fault=guard access=rw"), "none of read, write, execute"));
    CHECK(says(wrong("at=a!b protect=wx page=0"), "none of none, read, rw, rx, rwx"));
    CHECK(says(wrong("at=a!b protect=rx"), "page=… is missing"));
    CHECK(says(wrong("at=a!b set=rax:1"), "the registers are eax, "));
    CHECK(says(wrong("at=a!b set=eax"), "no REGISTER:VALUE"));
    CHECK(says(wrong("at=a!b overwrite=0 next=0"), "from 1"));
    CHECK(says(wrong("at=a!b overwrite=head"), "next=… or handler=…"));
    CHECK(says(wrong("at=call:a!b fail=0 stack-bytes=3"), "multiple of 4"));
    // EXCEPTION_MAXIMUM_PARAMETERS (winnt.h) is 15.
    CHECK(says(wrong("at=a!b fault=1 parameters=0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0"), "are 16"));
  }

  TEST_CASE("text that is no row of KEY=VALUE is refused") {
    CHECK(says(wrong(""), "at=… is missing"));
    CHECK(says(wrong("at"), "\"at\" is no KEY=VALUE"));
    CHECK(says(wrong("=x"), "is no KEY=VALUE"));
    CHECK(says(wrong("at=a!b fault"), "\"fault\" is no KEY=VALUE"));
    CHECK(says(wrong("at=\"a!b"), "not closed"));
    CHECK(says(wrong("at=\"a!b\"guard=0"), "a space must follow"));
    // It could not be put in quotation marks again.
    CHECK(says(wrong("at=a!b\" guard=0"), "at: quotation marks go around a whole value"));
    CHECK(std::get<AtPlace>(read("at=\"a!operator new\" guard=0").where).place ==
          Value{Name{"a", "operator new"}, 0});
  }

  TEST_CASE("members of a scenario name file and line, and their text can be given again") {
    const std::vector<Member> members = {{"at", "a!operator new", 3}, {"fault", "raed", 4}};
    const auto spec = parse_members(members, "scenario x.toml");
    REQUIRE_FALSE(spec);
    CHECK(spec.error().where == "scenario x.toml:4");
    CHECK(join_members(members) == "at=\"a!operator new\" fault=raed");
    CHECK(split_members(join_members(members)).value().at(0).value == "a!operator new");
  }

  TEST_CASE("no text does anything but be read or refused") {
    std::mt19937 random(7);
    const std::string alphabet = "at=cl:!+-x0159 ,.\"fuhneidsr\t\xff";
    for (int i = 0; i < 20'000; ++i) {
      std::string text = i % 2 == 0 ? "" : "at=call:a!b fault=read ";
      for (auto n = random() % 40; n > 0; --n) text += alphabet[random() % alphabet.size()];
      const auto spec = parse_spec(text);
      if (!spec) CHECK_FALSE(spec.error().what.empty());
    }
  }
}
