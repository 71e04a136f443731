/* The one table of gates: functions of our system DLLs that the host provides.
 *
 * LAB_GATES(GATE) calls GATE(dll, name, argument_bytes, convention) for each. The guest side
 * (guest/system/<dll>/gates.S) makes a stub of each: the lab's software interrupt, then the
 * return that the convention asks for. The host side (host/services) finds a stub's address by
 * the image's table of gates (section ".gates": pairs of gate number, RVA of the interrupt).
 *
 *   STDCALL  int n; ret argument_bytes      symbol _name@argument_bytes
 *   CDECL    int n; ret                     symbol _name
 *   ENTERED  int n                          symbol _name; jumped or returned to, never called:
 *                                           the host sends the thread elsewhere
 *   HANDLER  ENTERED, within the code that Windows has around the call of a frame handler
 *
 * Names that begin with Ldrp, Rtlp or Lab are ours; all others are Windows' own, with Windows'
 * own arguments (the comment gives them) and statuses.
 *
 * A gate's number is its place in this list; the list is shared by guest and host at build time
 * and never stored, so the order carries no meaning.
 */
#ifndef LAB_GATES_H
#define LAB_GATES_H

/* INT n that a gate executes; at any other address the same bytes are an ordinary INT n, which
 * Windows has no gate for. */
#define LAB_GATE_VECTOR 0x7e

/* The standard handles of a process: the first three of its table of objects. */
#define LAB_STANDARD_INPUT 0x4
#define LAB_STANDARD_OUTPUT 0x8
#define LAB_STANDARD_ERROR 0xc

/* Exception dispatch and unwinding (served by host/process and host/seh).
 *   RtlpExecuteHandlerReturn   where a frame handler returns to, one instruction on
 *   RtlpVectoredHandlerReturn  the same of a vectored handler
 *   RtlpInsertVectoredHandler(list, entry, first, handler)  RtlpRemoveVectoredHandler(list, entry)
 *   RtlpExceptionProtector, RtlpUnwindProtector   handlers of ExecuteHandler's own record
 *   RtlRaiseException(record)  RtlRaiseStatus(status)
 *   RtlUnwind(frame, ip, record, value)
 *   NtRaiseException(record, context, first_chance)  NtContinue(context, test_alert)
 *   RtlCaptureContext(context)
 *   NtGetContextThread(thread, context)  NtSetContextThread(thread, context) */
#define LAB_GATES_EXCEPTIONS(GATE)                    \
  GATE(ntdll, KiUserExceptionDispatcher, 0, ENTERED)  \
  GATE(ntdll, RtlpExecuteHandlerReturn, 0, HANDLER)   \
  GATE(ntdll, RtlpVectoredHandlerReturn, 0, ENTERED)  \
  GATE(ntdll, RtlpInsertVectoredHandler, 16, STDCALL) \
  GATE(ntdll, RtlpRemoveVectoredHandler, 8, STDCALL)  \
  GATE(ntdll, RtlpExceptionProtector, 16, CDECL)      \
  GATE(ntdll, RtlpUnwindProtector, 16, CDECL)         \
  GATE(ntdll, RtlRaiseException, 4, STDCALL)          \
  GATE(ntdll, RtlRaiseStatus, 4, STDCALL)             \
  GATE(ntdll, RtlUnwind, 16, STDCALL)                 \
  GATE(ntdll, NtRaiseException, 12, STDCALL)          \
  GATE(ntdll, NtContinue, 8, STDCALL)                 \
  GATE(ntdll, RtlCaptureContext, 4, STDCALL)          \
  GATE(ntdll, NtGetContextThread, 8, STDCALL)         \
  GATE(ntdll, NtSetContextThread, 8, STDCALL)

/* Process and threads.
 *   NtOpenProcessToken(process, access, &handle)
 *   NtQueryInformationToken(token, class, buffer, bytes, &needed)
 *   NtTerminateProcess(process, status)   process 0: every thread but this one
 *   LabReportUnhandled(EXCEPTION_POINTERS *)
 *   LabUnmodelled(text)   ends the run with 125: guest code was asked for what it does not model
 *   NtTerminateThread(thread, status)
 *   NtCreateThreadEx(&handle, access, attributes, process, start, parameter, flags, zero_bits,
 *                    stack_commit, stack_reserve, PS_ATTRIBUTE_LIST *)
 *   NtSuspendThread(thread, &previous)    NtResumeThread(thread, &previous)
 *   NtQueryInformationThread(thread, class, buffer, bytes, &needed)
 *   NtQueryInformationProcess(process, class, buffer, bytes, &needed)
 *   NtSetInformationProcess(process, class, buffer, bytes)
 *   NtQueryPerformanceCounter(&counter, &frequency)   NtQuerySystemTime(&time)
 *   NtGetTickCount()   milliseconds
 *   NtQuerySystemInformation(class, buffer, bytes, &needed)
 *   LabQueryMemory(&{limit, used})   of committed pages */
#define LAB_GATES_PROCESS(GATE)                       \
  GATE(ntdll, NtTerminateProcess, 8, STDCALL)         \
  GATE(ntdll, NtOpenProcessToken, 12, STDCALL)        \
  GATE(ntdll, NtQueryInformationToken, 20, STDCALL)   \
  GATE(ntdll, LabReportUnhandled, 4, STDCALL)         \
  GATE(ntdll, LabUnmodelled, 4, STDCALL)              \
  GATE(ntdll, NtTerminateThread, 8, STDCALL)          \
  GATE(ntdll, NtCreateThreadEx, 44, STDCALL)          \
  GATE(ntdll, NtSuspendThread, 8, STDCALL)            \
  GATE(ntdll, NtResumeThread, 8, STDCALL)             \
  GATE(ntdll, NtQueryInformationThread, 20, STDCALL)  \
  GATE(ntdll, NtQueryInformationProcess, 20, STDCALL) \
  GATE(ntdll, NtSetInformationProcess, 16, STDCALL)   \
  GATE(ntdll, NtQueryPerformanceCounter, 8, STDCALL)  \
  GATE(ntdll, NtQuerySystemTime, 4, STDCALL)          \
  GATE(ntdll, NtGetTickCount, 0, STDCALL)             \
  GATE(ntdll, NtQuerySystemInformation, 16, STDCALL)  \
  GATE(ntdll, LabQueryMemory, 4, STDCALL)

/* Waits and what can be waited for. `attributes` is an OBJECT_ATTRIBUTES or 0; timeouts point to
 * 64-bit numbers of 100 ns, negative: from now.
 *   NtWaitForSingleObject(handle, alertable, &timeout)
 *   NtWaitForMultipleObjects(count, handles, any, alertable, &timeout)
 *   NtDelayExecution(alertable, &interval)   NtYieldExecution()
 *   NtCreateEvent(&handle, access, attributes, type, signalled)   type 0: manual reset
 *   NtSetEvent(event, &previous)   NtResetEvent(event, &previous)   NtClearEvent(event)
 *   NtCreateSemaphore(&handle, access, attributes, count, limit)
 *   NtReleaseSemaphore(semaphore, count, &previous)
 *   NtCreateMutant(&handle, access, attributes, owned)   NtReleaseMutant(mutex, &previous)
 *   NtDuplicateObject(from_process, handle, to_process, &new_handle, access, attributes, options)
 *   NtClose(handle)
 *   NtQueryObject(handle, class, buffer, bytes, &needed)
 *   NtSetInformationObject(handle, class, buffer, bytes) */
#define LAB_GATES_WAITS(GATE)                        \
  GATE(ntdll, NtWaitForSingleObject, 12, STDCALL)    \
  GATE(ntdll, NtWaitForMultipleObjects, 20, STDCALL) \
  GATE(ntdll, NtDelayExecution, 8, STDCALL)          \
  GATE(ntdll, NtYieldExecution, 0, STDCALL)          \
  GATE(ntdll, NtCreateEvent, 20, STDCALL)            \
  GATE(ntdll, NtSetEvent, 8, STDCALL)                \
  GATE(ntdll, NtResetEvent, 8, STDCALL)              \
  GATE(ntdll, NtClearEvent, 4, STDCALL)              \
  GATE(ntdll, NtCreateSemaphore, 20, STDCALL)        \
  GATE(ntdll, NtReleaseSemaphore, 12, STDCALL)       \
  GATE(ntdll, NtCreateMutant, 16, STDCALL)           \
  GATE(ntdll, NtReleaseMutant, 8, STDCALL)           \
  GATE(ntdll, NtDuplicateObject, 28, STDCALL)        \
  GATE(ntdll, NtClose, 4, STDCALL)                   \
  GATE(ntdll, NtQueryObject, 20, STDCALL)            \
  GATE(ntdll, NtSetInformationObject, 16, STDCALL)

/* Asynchronous procedure calls, alerts, what a thread can be told, objects with names.
 *   NtQueueApcThread(thread, routine, argument1, argument2, argument3)   NtTestAlert()
 *   NtAlertThreadByThreadId(id)   NtWaitForAlertByThreadId(address, &timeout)
 *   NtSetInformationThread(thread, class, buffer, bytes)
 *   NtSignalAndWaitForSingleObject(signal, wait, alertable, &timeout)
 *   NtOpenEvent, NtOpenMutant and NtOpenSemaphore(&handle, access, attributes) */
#define LAB_GATES_THREADS(GATE)                            \
  GATE(ntdll, NtQueueApcThread, 20, STDCALL)               \
  GATE(ntdll, NtTestAlert, 0, STDCALL)                     \
  GATE(ntdll, NtAlertThreadByThreadId, 4, STDCALL)         \
  GATE(ntdll, NtWaitForAlertByThreadId, 8, STDCALL)        \
  GATE(ntdll, NtSetInformationThread, 16, STDCALL)         \
  GATE(ntdll, NtSignalAndWaitForSingleObject, 16, STDCALL) \
  GATE(ntdll, NtOpenEvent, 12, STDCALL)                    \
  GATE(ntdll, NtOpenMutant, 12, STDCALL)                   \
  GATE(ntdll, NtOpenSemaphore, 12, STDCALL)

/* Memory. Sizes and addresses go in and out by pointer, rounded to pages.
 *   NtAllocateVirtualMemory(process, &base, zero_bits, &bytes, type, protect)
 *   NtFreeVirtualMemory(process, &base, &bytes, type)
 *   NtProtectVirtualMemory(process, &base, &bytes, protect, &old_protect)
 *   NtQueryVirtualMemory(process, address, class, buffer, bytes, &needed)
 *   NtFlushInstructionCache(process, base, bytes)
 *   NtCreateSection(&section, access, attributes, &bytes, protect, allocation, file)
 *   NtOpenSection(&section, access, attributes)
 *   NtMapViewOfSection(section, process, &base, zero_bits, commit, &offset, &bytes, inherit, type,
 *                      protect)
 *   NtUnmapViewOfSection(process, address)
 *   NtFlushVirtualMemory(process, &base, &bytes, &IO_STATUS_BLOCK) */
#define LAB_GATES_MEMORY(GATE)                      \
  GATE(ntdll, NtAllocateVirtualMemory, 24, STDCALL) \
  GATE(ntdll, NtFreeVirtualMemory, 16, STDCALL)     \
  GATE(ntdll, NtProtectVirtualMemory, 20, STDCALL)  \
  GATE(ntdll, NtQueryVirtualMemory, 24, STDCALL)    \
  GATE(ntdll, NtFlushInstructionCache, 12, STDCALL) \
  GATE(ntdll, NtCreateSection, 28, STDCALL)         \
  GATE(ntdll, NtOpenSection, 12, STDCALL)           \
  GATE(ntdll, NtMapViewOfSection, 40, STDCALL)      \
  GATE(ntdll, NtUnmapViewOfSection, 8, STDCALL)     \
  GATE(ntdll, NtFlushVirtualMemory, 16, STDCALL)

/* Files: the standard handles, and what is in the guest's one folder.
 *   NtWriteFile and NtReadFile(file, event, apc, apc_context, &IO_STATUS_BLOCK, buffer, bytes,
 *                              &offset, &key)
 *   NtCreateFile(&file, access, attributes, &IO_STATUS_BLOCK, &size, file_attributes, share,
 *                disposition, options, ea, ea_bytes)
 *   NtFlushBuffersFile(file, &IO_STATUS_BLOCK)
 *   NtQueryInformationFile, NtSetInformationFile(file, &IO_STATUS_BLOCK, buffer, bytes, class)
 *   NtQueryFullAttributesFile(attributes, FILE_NETWORK_OPEN_INFORMATION *)
 *   NtQueryVolumeInformationFile(file, IO_STATUS_BLOCK *, buffer, bytes, class)
 *   NtQueryDirectoryFile(file, event, apc, apc_context, &IO_STATUS_BLOCK, buffer, bytes, class,
 *                        single, pattern, restart)
 *   NtFsControlFile(file, event, apc, apc_context, &IO_STATUS_BLOCK, code, in, in_bytes, out,
 *                   out_bytes)
 *   LabCreatePipe(&read, &write, bytes) */
#define LAB_GATES_FILES(GATE)                            \
  GATE(ntdll, NtCreateFile, 44, STDCALL)                 \
  GATE(ntdll, NtFlushBuffersFile, 8, STDCALL)            \
  GATE(ntdll, NtQueryInformationFile, 20, STDCALL)       \
  GATE(ntdll, NtSetInformationFile, 20, STDCALL)         \
  GATE(ntdll, NtQueryFullAttributesFile, 8, STDCALL)     \
  GATE(ntdll, NtQueryDirectoryFile, 44, STDCALL)         \
  GATE(ntdll, NtQueryVolumeInformationFile, 20, STDCALL) \
  GATE(ntdll, NtFsControlFile, 40, STDCALL)              \
  GATE(ntdll, LabCreatePipe, 12, STDCALL)                \
  GATE(ntdll, NtWriteFile, 36, STDCALL)                  \
  GATE(ntdll, NtReadFile, 36, STDCALL)

/* Waitable timers, and ports where threads wait for operations that have ended.
 *   NtCreateTimer(&handle, access, attributes, type)   type 0: manual reset
 *   NtSetTimer(timer, &due, apc, apc_context, resume, period_ms, &was_signalled)
 *   NtCancelTimer(timer, &was_signalled)
 *   NtCreateIoCompletion(&handle, access, attributes, threads)
 *   NtSetIoCompletion(port, key, value, status, information)
 *   NtRemoveIoCompletion(port, &key, &value, &IO_STATUS_BLOCK, &timeout)
 *   NtRemoveIoCompletionEx(port, FILE_IO_COMPLETION_INFORMATION *, count, &removed, &timeout,
 *                          alertable)
 *   LabFillRandom(buffer, bytes)   from the process's one stream of random numbers */
#define LAB_GATES_TIMERS_AND_PORTS(GATE)           \
  GATE(ntdll, NtCreateTimer, 16, STDCALL)          \
  GATE(ntdll, NtSetTimer, 28, STDCALL)             \
  GATE(ntdll, NtCancelTimer, 8, STDCALL)           \
  GATE(ntdll, NtCreateIoCompletion, 16, STDCALL)   \
  GATE(ntdll, NtSetIoCompletion, 20, STDCALL)      \
  GATE(ntdll, NtRemoveIoCompletion, 20, STDCALL)   \
  GATE(ntdll, NtRemoveIoCompletionEx, 24, STDCALL) \
  GATE(ntdll, LabFillRandom, 8, STDCALL)

/* The loader's lower half; locks, reference counts and calls of initializers are guest code.
 * Strings are given as address and length in bytes; `needed` counts the terminating zero.
 *   LdrpQueryInitializer(index, &{module, routine})   STATUS_NO_MORE_ENTRIES at the end
 *   LdrpQueryModule(index, &base)                     the same; 0 is the program
 *   LdrpProgramEntry()                                EAX: the program's entry point
 *   LdrpQueryCommandLine(buffer, bytes, &needed)      bytes, as the lab was given them
 *   LdrpQueryModulePath(base, buffer, bytes, &needed)
 *   LdrpFindModule(name, bytes, &base)
 *   LdrpMapModule(name, bytes, &base)                 maps and binds, with what it needs
 *   LdrpUnmapModule(base)
 *   LdrpFindExport(base, name or 0, bytes, ordinal, &address) */
#define LAB_GATES_LOADER(GATE)                   \
  GATE(ntdll, LdrpQueryInitializer, 8, STDCALL)  \
  GATE(ntdll, LdrpQueryModule, 8, STDCALL)       \
  GATE(ntdll, LdrpProgramEntry, 0, STDCALL)      \
  GATE(ntdll, LdrpQueryCommandLine, 12, STDCALL) \
  GATE(ntdll, LdrpQueryModulePath, 16, STDCALL)  \
  GATE(ntdll, LdrpFindModule, 12, STDCALL)       \
  GATE(ntdll, LdrpMapModule, 12, STDCALL)        \
  GATE(ntdll, LdrpUnmapModule, 4, STDCALL)       \
  GATE(ntdll, LdrpFindExport, 20, STDCALL)

#define LAB_GATES(GATE)            \
  LAB_GATES_EXCEPTIONS(GATE)       \
  LAB_GATES_PROCESS(GATE)          \
  LAB_GATES_WAITS(GATE)            \
  LAB_GATES_THREADS(GATE)          \
  LAB_GATES_MEMORY(GATE)           \
  LAB_GATES_FILES(GATE)            \
  LAB_GATES_TIMERS_AND_PORTS(GATE) \
  LAB_GATES_LOADER(GATE)

#endif
