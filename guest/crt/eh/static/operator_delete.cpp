/* operator delete of programs that import the UCRT; compilers of C++14 and later tell the size. */
extern "C" void free(void* block);

void operator delete(void* block) noexcept {
  free(block);
}
void operator delete[](void* block) noexcept {
  free(block);
}
void operator delete(void* block, decltype(sizeof 0)) noexcept {
  free(block);
}
void operator delete[](void* block, decltype(sizeof 0)) noexcept {
  free(block);
}
