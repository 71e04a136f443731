# cmake -DSOURCE=… -DNAME=sehlab-VERSION -DOUT=FOLDER -P Dist.cmake: OUT/NAME.tar.xz, of what git has at
# HEAD. The same bytes on every run: git archive gives every file the commit's time and no owner, and
# keeps its order; xz has one thread.
find_program(GIT git REQUIRED)
find_program(XZ xz REQUIRED)
set(tar "${OUT}/${NAME}.tar")
execute_process(COMMAND "${GIT}" -C "${SOURCE}" -c tar.umask=0022 -c core.autocrlf=false
                        archive --format=tar "--prefix=${NAME}/" "--output=${tar}" HEAD
                COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND "${XZ}" --force --threads=1 --check=crc64 -6 "${tar}" COMMAND_ERROR_IS_FATAL ANY)
message(STATUS "${tar}.xz")
