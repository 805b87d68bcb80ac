package io.replog.node.log;

import io.replog.log.Corruption;
import io.replog.log.Hole;
import io.replog.log.Recovery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells people what was found when the log was opened.
public final class RecoveryLines {

  private static final Logger LOG = LoggerFactory.getLogger("replog");

  private RecoveryLines() {}

  /// @param lossAccepted whether what is damaged was given up
  public static void tell(Recovery found, boolean lossAccepted) {
    if (!found.cleanShutdown()) {
      LOG.info("recovered after an unclean end in {} ms", found.elapsed().toMillis());
    }
    if (found.tornBytes() > 0) {
      LOG.warn("cut {} bytes of an unfinished write off the end", found.tornBytes());
    }
    found.corruption().forEach(RecoveryLines::tell);
    found.holes().forEach(RecoveryLines::tell);
    if (lossAccepted) {
      LOG.warn(
          "ACCEPT_DATA_LOSS=on: the log goes on behind #{}; what was damaged, and what stood behind"
              + " it, is given up and lies in quarantine/. Take the setting back now",
          found.end().index());
    }
  }

  private static void tell(Corruption damage) {
    LOG.warn(
        "damage in {} at byte {}, #{}: {} (kept as {})",
        damage.file(),
        damage.offset(),
        damage.fromIndex(),
        damage.reason(),
        damage.keptAs());
  }

  private static void tell(Hole hole) {
    LOG.warn(
        "#{} to #{} are missing and have to be filled in by another node: {}",
        hole.firstIndex(),
        hole.lastIndex(),
        hole.reason());
  }
}
