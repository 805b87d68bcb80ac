package io.replog.log;

import io.replog.model.Position;
import io.replog.model.Promise;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was found at the start.
///
/// @param base the entry before the first one kept, [Position#START] when all are
/// @param end end of the usable log
/// @param commitIndex persisted commit index, a hint, never above the end
/// @param promise last promise, null when none was made
/// @param logId identity of the log as in the meta file, null when none was promised
/// @param segmentLogId identity of the log as in the segments, null when there are no entries; may
///   exist while the meta file has none: a master that was adopting
/// @param incarnation identity of the data directory; a new directory has a new one, and so has one
///   that opens with holes: entries that were acknowledged are gone
/// @param doubtful whether, since the last promise was made, this start or an earlier one has found
///   something cut off, damaged or missing, even if it is filled in by now
/// @param tornBytes length of the unfinished write that was cut off behind the end, 0 when none
/// @param corruption damage that this start has found, empty when there was none; it may have
///   healed without a hole
/// @param holes what is missing behind the end, ascending, empty when nothing is
/// @param cleanShutdown whether the log was closed in order the last time; true for a new one
/// @param firstKeyedIndex first entry that has a key, 0 when none has: whoever looks for keys need
///   not read what is before it
/// @param membershipIndex last entry up to the end that says who belongs to the cluster, 0 when
///   none does
/// @param elapsed how long the recovery took
public record Recovery(
    Position base,
    Position end,
    long commitIndex,
    @Nullable Promise promise,
    @Nullable String logId,
    @Nullable String segmentLogId,
    String incarnation,
    boolean doubtful,
    long tornBytes,
    List<Corruption> corruption,
    List<Hole> holes,
    boolean cleanShutdown,
    long firstKeyedIndex,
    long membershipIndex,
    Duration elapsed) {}
