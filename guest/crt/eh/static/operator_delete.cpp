/* operator delete of programs that import the UCRT. */
extern "C" void free(void* block);

void operator delete(void* block) noexcept {
  free(block);
}
void operator delete[](void* block) noexcept {
  free(block);
}
