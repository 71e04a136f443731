#include "host/api/sehlab/printing.hpp"

#include "host/api/sehlab/lab.hpp"

#include <ostream>

#include "host/lab/run.hpp"
#include "host/trace/plain.hpp"
#include "host/trace/text_writer.hpp"

namespace sehlab {

std::ostream& operator<<(std::ostream& out, GuestAddr address) {
  return out << trace::hex(address);
}

std::ostream& operator<<(std::ostream& out, Watch watch) {
  switch (watch) {
    case Watch::Off:
      return out << "off";
    case Watch::Report:
      return out << "report";
    case Watch::Strict:
      return out << "strict";
    case Watch::Stop:
      return out << "stop";
  }
  return out;
}

std::ostream& operator<<(std::ostream& out, Convention convention) {
  switch (convention) {
    case Convention::Standard:
      return out << "standard";
    case Convention::Fastcall:
      return out << "fastcall";
    case Convention::Thiscall:
      return out << "thiscall";
  }
  return out;
}

namespace trace {

std::ostream& operator<<(std::ostream& out, const Place& place) {
  return out << show(place);
}
std::ostream& operator<<(std::ostream& out, const Event& event) {
  TextLines lines;
  return out << lines.line(event);
}
std::ostream& operator<<(std::ostream& out, const DefectFound& defect) {
  return out << describe(Payload(defect));
}

}  // namespace trace
}  // namespace sehlab
