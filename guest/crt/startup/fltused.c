/* Said by each object that uses floating point; there is nothing to bring in for it. */
int _fltused = 0x9875;
