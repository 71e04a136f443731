# kernel32's functions that are ntdll's under another name (forwarders in Windows).
        .globl  @feat.00
        .set    @feat.00, 1

        .macro  forward name, to, bytes
        .globl  _\name\()@\bytes
        .def    _\name\()@\bytes; .scl 2; .type 32; .endef
_\name\()@\bytes:
        jmpl    *__imp__\to\()@\bytes
        .endm

        .text
        forward InitializeSRWLock, RtlInitializeSRWLock, 4
        forward AcquireSRWLockExclusive, RtlAcquireSRWLockExclusive, 4
        forward AcquireSRWLockShared, RtlAcquireSRWLockShared, 4
        forward TryAcquireSRWLockExclusive, RtlTryAcquireSRWLockExclusive, 4
        forward TryAcquireSRWLockShared, RtlTryAcquireSRWLockShared, 4
        forward ReleaseSRWLockExclusive, RtlReleaseSRWLockExclusive, 4
        forward ReleaseSRWLockShared, RtlReleaseSRWLockShared, 4
        forward InitializeConditionVariable, RtlInitializeConditionVariable, 4
        forward WakeConditionVariable, RtlWakeConditionVariable, 4
        forward WakeAllConditionVariable, RtlWakeAllConditionVariable, 4
        forward InitOnceInitialize, RtlRunOnceInitialize, 4
        forward WakeByAddressSingle, RtlWakeAddressSingle, 4
        forward WakeByAddressAll, RtlWakeAddressAll, 4
        forward InitializeSListHead, RtlInitializeSListHead, 4
        forward InterlockedPushEntrySList, RtlInterlockedPushEntrySList, 8
        forward InterlockedPopEntrySList, RtlInterlockedPopEntrySList, 4
        forward InterlockedFlushSList, RtlInterlockedFlushSList, 4
        forward EncodePointer, RtlEncodePointer, 4
        forward DecodePointer, RtlDecodePointer, 4
        forward EncodeSystemPointer, RtlEncodeSystemPointer, 4
        forward DecodeSystemPointer, RtlDecodeSystemPointer, 4
        forward QueryDepthSList, RtlQueryDepthSList, 4
