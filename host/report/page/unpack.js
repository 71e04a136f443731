// Columns of packed numbers (host/report/page_bytes.hpp) back to numbers.

function bytesOf(base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; ++i) bytes[i] = text.charCodeAt(i);
  return bytes;
}

class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }
  get more() {
    return this.at < this.bytes.length;
  }
  number() {
    const bytes = this.bytes;
    let byte = bytes[this.at++];
    let value = byte & 127;
    for (let scale = 128; byte > 127 && this.at < bytes.length; scale *= 128) {
      byte = bytes[this.at++];
      value += (byte & 127) * scale;
    }
    return value;
  }
  /** What PageBytes::difference packed. */
  difference() {
    const packed = this.number();
    return packed % 2 === 0 ? packed / 2 : -(packed + 1) / 2;
  }
}

/** All numbers of a column; `count` of them are known to be there. */
function numbersOf(bytes, count) {
  const numbers = new Uint32Array(count);
  const reader = new Reader(bytes);
  for (let i = 0; i < count && reader.more; ++i) numbers[i] = reader.number();
  return numbers;
}

/** The same where their count is not known: a number has a byte at least. */
function numberList(bytes) {
  const numbers = new Uint32Array(bytes.length);
  let count = 0;
  for (const reader = new Reader(bytes); reader.more;) numbers[count++] = reader.number();
  return numbers.subarray(0, count);
}

/** Where each of consecutive parts of these sizes begins, and where the last one ends. */
function beginsOf(sizes) {
  const begins = new Float64Array(sizes.length + 1);
  for (let i = 0; i < sizes.length; ++i) begins[i + 1] = begins[i] + sizes[i];
  return begins;
}
