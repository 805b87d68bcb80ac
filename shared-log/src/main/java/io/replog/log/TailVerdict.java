package io.replog.log;

/// What the end of the last segment is. `docs/log-format.md` has the table and the reasons.
enum TailVerdict {
  /// Nothing behind the last good record, and nothing is missing.
  CLEAN,
  /// A write that was never finished and never acknowledged: to be cut.
  TORN,
  /// Something that was durable is damaged or missing: never to be cut.
  CORRUPT;

  /// @param lastGoodIndex index of the last good record
  /// @param blank whether only zeros follow
  /// @param knownDurable highest index that the commit file knows to have been durable
  static TailVerdict of(long lastGoodIndex, boolean blank, long knownDurable, TailFacts facts) {
    if (Math.max(knownDurable, facts.watermark()) > lastGoodIndex) {
      return CORRUPT;
    }
    if (blank) {
      return CLEAN;
    }
    return facts.recordBehind() && !facts.unwrittenSector() ? CORRUPT : TORN;
  }
}
