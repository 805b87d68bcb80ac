package io.replog.log;

/// Room on the disk of the data directory.
///
/// @param usableBytes free for this process
/// @param full whether less than the reserve is free: new messages should be refused, while what is
///   on its way can still be written
public record DiskSpace(long usableBytes, boolean full) {}
