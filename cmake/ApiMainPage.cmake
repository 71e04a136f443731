# A document as Doxygen's main page: links to other documents become their texts.
# cmake -D IN=FILE -D OUT=FILE -P ApiMainPage.cmake
file(READ "${IN}" text)
string(REGEX REPLACE "\\[([^]\n]+)\\]\\(([^)#:\n ]*\\.(md|hpp|h|txt)(#[^)]*)?|#[^)\n]*)\\)" "\\1" text "${text}")
file(WRITE "${OUT}" "${text}")
