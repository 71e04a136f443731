// The lives of registration records: which events told of a record's push, exposure and end. Rows of
// numbers, sorted by thread, record and push (host/report/page_lives.hpp).

const kLifeColumns = ["pushed", "gone", "exposed", "exposureEnd", "written", "defect"];
const kLifeRow = 2 + kLifeColumns.length;

class Lives {
  constructor(packed) {
    this.packed = packed;
  }

  /** Unpacked when somebody asks first. */
  read() {
    if (this.packed !== null) {
      this.numbers = numberList(bytesOf(this.packed));
      this.count = Math.floor(this.numbers.length / kLifeRow);
      this.packed = null;
    }
    return this.numbers;
  }

  /** Events from 0; -1: it did not happen. */
  life(row) {
    const life = { record: this.numbers[kLifeRow * row + 1] };
    kLifeColumns.forEach((what, n) => (life[what] = this.numbers[kLifeRow * row + 2 + n] - 1));
    return life;
  }

  /** The first row that does not lie before this thread, record and push. */
  row(thread, record, pushed) {
    const numbers = this.read();
    let low = 0, high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1, at = kLifeRow * middle;
      const before = numbers[at] - thread || numbers[at + 1] - record || numbers[at + 2] - pushed;
      if (before < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The record's life that event `i` falls in; null: none is told of. */
  find(thread, record, i) {
    const row = this.row(thread, record, i + 2) - 1;
    if (row < 0 || this.numbers[kLifeRow * row] !== thread ||
        this.numbers[kLifeRow * row + 1] !== record) return null;
    const life = this.life(row);
    return life.gone < 0 || life.gone >= i ? life : null;
  }

  /** Those of a thread that have begun and not ended at event `i`, at most `most`. */
  open(thread, i, most) {
    const found = [];
    for (let row = this.row(thread, 0, 0); row < this.count && found.length < most; ++row) {
      if (this.numbers[kLifeRow * row] !== thread) break;
      const pushed = this.numbers[kLifeRow * row + 2] - 1, gone = this.numbers[kLifeRow * row + 3] - 1;
      if (pushed >= 0 && pushed <= i && (gone < 0 || gone > i)) found.push(this.life(row));
    }
    return found;
  }
}
