// A test of component.dll as docs/library.md shows it. The DLL's path is the program's argument.
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <sehlab/lab.hpp>
#include <string>

namespace {

std::string component;

}  // namespace

TEST_CASE("a header that is cut off is refused, and its frame is left in order") {
  sehlab::Lab lab{component};
  const std::vector<std::byte> cut{std::byte{3}, std::byte{10}};
  const sehlab::Run run = lab.call("ParseHeader", cut).run();
  CAPTURE(run);
  CHECK(static_cast<int>(run.value()) == -1);
  CHECK(run.exception_handled());
  CHECK(run.handlers() == sehlab::handlers("_except_handler3@ParseHeader"));
  CHECK(run.chain().intact());
}

TEST_CASE("a fault that nobody expects is nobody's") {
  sehlab::Lab lab{component};
  const sehlab::Run run =
      lab.call("Weigh", 1, 2, 3).inject(sehlab::at("Weigh"), sehlab::Fault("divide")).run();
  CAPTURE(run);
  CHECK(run.ended() == sehlab::Ended::UnhandledException);
}

TEST_CASE("an import that is not there is provided") {
  sehlab::Lab lab{component};
  lab.provide("rows.dll", "FetchRow", 3, [](sehlab::Guest& guest) -> std::uint32_t {
    guest.write_word(sehlab::GuestAddr{guest.argument(1)}, 0x0101);
    return 1;
  });
  CHECK(lab.call("SumRow", 1).run().value() == 2);
}

int main(int argc, char** argv) {
  if (argc > 1) component = argv[1];
  return doctest::Context().run();
}
