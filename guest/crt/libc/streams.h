/* The inside of FILE: msvcrt's public layout and flags (its getc was once a macro over them). */
#ifndef CRT_LIBC_STREAMS_H
#define CRT_LIBC_STREAMS_H

#include <stdio.h>

#include "crt.h"

#define STREAM_BUFFER 4096

enum {
  STREAM_READ = 0x01,
  STREAM_WRITE = 0x02,
  STREAM_UNBUFFERED = 0x04,
  STREAM_OWN_BUFFER = 0x08, /* of malloc */
  STREAM_EOF = 0x10,
  STREAM_ERROR = 0x20,
  STREAM_STRING = 0x40,      /* no file behind it */
  STREAM_BOTH = 0x80,        /* reading and writing, one at a time */
  STREAM_TEMPORARY = 0x1000, /* a buffer for the length of one call */
  STREAM_IN_USE = STREAM_READ | STREAM_WRITE | STREAM_BOTH
};

/* A free stream, in use from now on; null: there is none left. */
FILE* crt_take_stream(void);
/* The stream number `index`, in use or not; null beyond the last. */
FILE* crt_stream(int index);
/* How many of the open streams `act` did not answer EOF for. */
int crt_for_each_stream(int (*act)(FILE*));
/* Writes out what was buffered; EOF on failure. */
int crt_flush(FILE* stream);

/* Output to a stream that is not buffered goes out once for each call. */
void crt_begin_output(FILE* stream);
void crt_end_output(FILE* stream);

int _filbuf(FILE* stream);
int _flsbuf(int c, FILE* stream);

static inline int crt_get(FILE* stream) {
  return --stream->_cnt >= 0 ? (unsigned char)*stream->_ptr++ : _filbuf(stream);
}
static inline int crt_put(int c, FILE* stream) {
  return --stream->_cnt >= 0 ? (unsigned char)(*stream->_ptr++ = (char)c) : _flsbuf(c, stream);
}

#endif
